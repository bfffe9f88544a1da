"""Everybody here is invented, and yet as people are: with codes that check, of every age, with rare names."""

from datetime import date

from tongban.demo.people import ENTERPRISES, HOW_MANY, NAMED, enterprises, residents
from tongban.demo.staff import HANDLER, LEADER, absences, staff_of
from tongban.demo.staff import HOW_MANY as OFFICERS
from tongban.engine.codes import check_credit_code, check_resident_id
from tongban.kernel.ids import BodyCode, RegionCode

PEOPLE = residents(1)
OFFICES = [(BodyCode(f"11510104MB900{nth:04d}X"), RegionCode("510104")) for nth in range(30)]


def test_two_hundred_people_have_numbers_that_check_and_belong_to_one_each() -> None:
    assert len(PEOPLE) == HOW_MANY == 200
    assert [check_resident_id(one.id_number).birth for one in PEOPLE] == [one.born for one in PEOPLE]
    assert len({one.id_number for one in PEOPLE}) == len({one.sign_in for one in PEOPLE}) == 200
    assert PEOPLE[: len(NAMED)] == NAMED


def test_there_are_old_ones_among_them_and_names_that_printing_must_know() -> None:
    assert sum(one.born < date(1945, 1, 1) for one in PEOPLE) >= 10
    assert any("·" in one.name for one in PEOPLE)
    assert any(ord(char) > 0xFFFF for one in PEOPLE for char in one.name)


def test_sixty_enterprises_have_codes_that_check_and_an_agent_of_working_age() -> None:
    ours = enterprises(1, PEOPLE)
    assert len(ours) == ENTERPRISES == 60
    assert [check_credit_code(one.code) for one in ours] == [one.code for one in ours]
    assert len({one.code for one in ours}) == len({one.name for one in ours}) == 60
    assert all(one.name.endswith("（演示）") and one.agent in PEOPLE for one in ours)


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert residents(1) == PEOPLE
    assert residents(2)[: len(NAMED)] == NAMED
    assert residents(2) != PEOPLE


def test_sixty_four_officers_sit_at_the_offices_each_with_a_handler_and_a_leader() -> None:
    staff = staff_of(OFFICES, 1)
    assert len(staff) == OFFICERS == 64
    for body, _ in OFFICES:
        assert {HANDLER, LEADER} <= {one.post for one in staff if one.body == body}
    assert len({one.pace for one in staff}) > 1, "some are quicker than others"
    away = [absences(one, 1, date(2026, 5, 1), date(2026, 10, 31)) for one in staff]
    assert any(away)
    assert not all(away)
