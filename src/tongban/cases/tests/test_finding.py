"""Finding a case at the desk, and seeing who else has it open."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tongban.cases import commands
from tongban.cases.queries import find, looks_at, others_of, view_of
from tongban.cases.tests.world import MONDAY, a_resident, a_world
from tongban.directory import api as directory
from tongban.kernel.access import Viewer
from tongban.kernel.ids import AccountId
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal

ID = "510104198806152343"


def whose_number_is(number):
    """A resident who is found by this number."""
    return Viewer(account=AccountId(uuid4()), person=ring().person_key("person", number), shown_as="王*丽")


def found(viewer, wanted):
    return [row.number for row in find(viewer, wanted, at=MONDAY).rows]


def test_a_number_is_found_however_it_was_read(world):
    number = world.submit().number
    for wanted in (
        number,
        number.replace("-", ""),
        f"办件编号：{number}。",
        f"https://city.example/cases/{number}",
    ):
        assert found(world.handler, wanted) == [number]


def test_a_person_is_found_by_number_and_sees_who_looked(world, django_assert_num_queries):
    resident = whose_number_is(ID)
    mine, other = world.submit(by=resident).number, world.submit().number
    with django_assert_num_queries(2):
        assert mine in found(world.handler, f" {ID[:6]} {ID[6:]}")
    assert other not in found(world.handler, ID)
    [look, *_] = looks_at(view_of(mine, resident, at=MONDAY))
    assert look.what == "用您的证件号码查找，看到有这件事"


def test_what_another_office_has_is_not_found(world, django_assert_num_queries):
    number = world.submit(by=whose_number_is(ID)).number
    elsewhere = a_world().handler
    assert found(elsewhere, number) == []
    with django_assert_num_queries(1):
        assert number not in found(elsewhere, ID)


@pytest.mark.parametrize("wanted", ["王秀丽", "510104", "510104198806152344", "'; drop table", "1" * 299])
def test_what_is_no_number_is_refused_with_what_to_do(world, wanted):
    with pytest.raises(Refusal, match=r"cases\.find\.unreadable") as refused:
        find(world.handler, wanted, at=MONDAY)
    assert "办件编号" in refused.value.do


def test_residents_find_nobody(world):
    with pytest.raises(Refusal, match="access"):
        find(a_resident(), ID, at=MONDAY)


def test_the_story_with_this_office_is_told_to_who_may_read_the_case(world):
    resident = a_resident()
    first, second = (world.submit(by=resident).number for _ in range(2))
    a_world().submit(by=resident)
    world.submit()
    assert world.take_next() == first
    assert [row.number for row in others_of(view_of(first, world.handler, at=MONDAY), at=MONDAY)] == [second]
    assert others_of(view_of(first, world.colleague, at=MONDAY), at=MONDAY) == []
    assert others_of(view_of(first, resident, at=MONDAY), at=MONDAY) == []


def test_two_people_on_one_case_see_each_other_for_a_while(world, django_assert_num_queries):
    world.submit()
    case = view_of(world.take_next(), world.handler, at=MONDAY).state.head.id
    handler, leader = world.handler.officer, world.leader.officer
    for one in (handler, leader):
        directory.officer(one.id, MONDAY.date())  # A running process has met its officers.
    assert commands.be_present(case, by=handler, at=MONDAY) == []
    with django_assert_num_queries(1):
        others = commands.be_present(case, by=leader, at=MONDAY + timedelta(seconds=30))
    assert [(one.name, one.at) for one in others] == [("测试人员", MONDAY)]
    later = MONDAY + timedelta(minutes=1)
    assert [one.at for one in commands.be_present(case, by=handler, at=later)] == [
        MONDAY + timedelta(seconds=30)
    ]
    assert commands.be_present(case, by=handler, at=MONDAY + timedelta(minutes=3)) == []
