"""Regions, bodies, posts and people from a spreadsheet: every fault by its cell, and all or nothing."""

from datetime import date
from uuid import uuid4

import pytest

from tongban.administration import commands
from tongban.administration.models import Proposal
from tongban.administration.queries import filled_in
from tongban.administration.tests.faulty import (
    BODIES,
    FOUND_AT,
    PEOPLE,
    POSTS,
    REGIONS,
    Known,
    a_workbook,
    everything_wrong,
)
from tongban.administration.tests.world import (
    CITY,
    DISTRICT,
    ELSEWHERE,
    NOW,
    TODAY,
    a_body,
    a_code,
    a_number,
    someone,
    two_admins,
)
from tongban.directory import api as directory
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db
WHY = "年度机构人员核对"


@pytest.fixture
def admins() -> tuple[Viewer, Viewer]:
    return two_admins()


def imported(content: bytes, by: Viewer) -> commands.Imported:
    return commands.import_sheets(content, WHY, by=by, at=NOW)


def everything() -> tuple[object, ...]:
    return (
        directory.regions(),
        directory.bodies(),
        directory.posts(),
        directory.people(),
        directory.tenures(),
    )


def posts_at(body: BodyCode) -> None:
    for title, role in (("科员", Role.HANDLER), ("主任", Role.LEADER)):
        directory.ensure_post(body=body, title=title, roles=[role])


def without_number(body: BodyCode, name: str) -> OfficerId:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name=name)
    post = next(one.id for one in directory.posts() if one.body == body and one.title == "科员")
    directory.appoint(officer, post, since=date(2020, 1, 1))
    return officer


def test_a_file_with_forty_kinds_of_fault_is_refused_with_each_named_by_its_cell_and_nothing_imported(admins):
    ours, away, closed = a_body(), a_body(ELSEWHERE), a_body()
    posts_at(ours)
    for _ in range(2):
        without_number(ours, "王芳")
    directory.close_body(closed, on=TODAY)
    stranger = someone(away, Role.HANDLER, region=ELSEWHERE)
    number = next(one.number for one in directory.people() if one.id == stranger.officer.id)
    content = everything_wrong(Known(ours, a_code(), closed, away, number))
    before = everything()
    found = imported(content, admins[0])
    assert len(FOUND_AT) >= 30
    missed = set(FOUND_AT.items()) - {(fault.code, fault.where) for fault in found.faults}
    assert not missed, found.faults
    assert all(fault.says and fault.do for fault in found.faults)
    assert found.proposal is None
    assert everything() == before
    assert not Proposal.objects.filter(by=admins[0].officer.id).exists()


def a_good_sheet(body: BodyCode, new: BodyCode, numbers: tuple[str, str]) -> bytes:
    return a_workbook(
        说明=[["怎么填"]],
        区划=[REGIONS, ["510104022", "书院街街道", 510104, None], ["510199", "样例区", "510100", "样例"]],
        单位=[BODIES, [new, "书院街便民服务中心", "510104022", "事业单位"]],
        职务=[POSTS, [new, "办事员", "窗口、经办"], [body, "科员", "经办"]],
        人员=[
            PEOPLE,
            [numbers[0], "张伟", new, "办事员", "2026-03-01", None],
            [numbers[1], "李娜", body, "科员", "2026/3/9", "2026年9月1日"],
        ],
    )


def test_a_good_file_is_seen_agreed_to_and_imported_whole_and_the_same_again_asks_for_nothing(admins):
    body, new, numbers = a_body(), a_code("510104"), (a_number(), a_number())
    posts_at(body)
    content = a_good_sheet(body, new, numbers)
    before = everything()
    found = imported(content, admins[0])
    assert found.faults == []
    assert found.same == 1, "the post that stands so already"
    assert everything() == before, "seen beforehand, nothing is imported"
    assert commands.confirm(found.proposal, by=admins[0], at=NOW) is None, "a second person must agree"
    commands.agree(found.proposal, by=admins[1], at=NOW)
    assert [one.name for one in directory.officers_at(new, TODAY)] == ["张伟"]
    assert directory.officers_at(new, TODAY)[0].titles == ("办事员",)
    assert [one.name for one in directory.officers_at(body, TODAY)] == ["李娜"]
    assert directory.officers_at(body, date(2026, 9, 1)) == []
    assert directory.body(new).region == "510104022"
    assert "510199" not in {one.code for one in directory.regions()}, "an example is passed over"
    again = imported(content, admins[0])
    assert (again.faults, again.proposal) == ([], None)
    assert again.same == 6


def test_what_stands_here_can_be_taken_out_and_brought_back_without_a_change(admins):
    body = a_body()
    posts_at(body)
    someone(body, Role.HANDLER, region=DISTRICT)
    back = imported(filled_in(admins[0]), admins[0])
    assert (back.faults, back.proposal) == ([], None)


def test_who_has_no_number_gets_one_by_name_and_body_and_is_no_second_person(admins):
    body, number = a_body(), a_number()
    posts_at(body)
    officer = without_number(body, "王芳")
    people = [PEOPLE, [number, "王芳", body, "科员", "2020-01-01", None]]
    found = imported(a_workbook(人员=people), admins[0])
    commands.confirm(found.proposal, by=admins[0], at=NOW)
    commands.agree(found.proposal, by=admins[1], at=NOW)
    assert [one.id for one in directory.people() if one.number == number] == [officer]


def test_who_moves_leaves_one_body_before_the_other_takes_them(admins):
    one, other, number = a_body(), a_body(), a_number()
    for body in (one, other):
        posts_at(body)
    first = a_workbook(人员=[PEOPLE, [number, "李娜", one, "科员", "2025-01-01", None]])
    done = imported(first, admins[0]).proposal
    commands.confirm(done, by=admins[0], at=NOW)
    commands.agree(done, by=admins[1], at=NOW)
    new = [number, "李娜", other, "科员", "2026-03-09", None]
    refused = imported(a_workbook(人员=[PEOPLE, new]), admins[0])
    assert [fault.code for fault in refused.faults] == ["administration.import.person.two-bodies"]
    moved = a_workbook(人员=[PEOPLE, new, [number, "李娜", one, "科员", "2025-01-01", "2026-03-09"]])
    proposal = imported(moved, admins[0]).proposal
    commands.confirm(proposal, by=admins[0], at=NOW)
    commands.agree(proposal, by=admins[1], at=NOW)
    assert [row.name for row in directory.officers_at(other, TODAY)] == ["李娜"]
    assert directory.officers_at(one, TODAY) == []


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2020-01-02", None, "person.since"),
        ("2020-01-01", "2019-01-01", "person.until"),
    ],
)
def test_a_tenure_on_record_is_not_rewritten(since, until, code, admins):
    body, number = a_body(), a_number()
    posts_at(body)
    officer = without_number(body, "王芳")
    directory.ensure_officer(officer, name="王芳", number=number)
    found = imported(a_workbook(人员=[PEOPLE, [number, "王芳", body, "科员", since, until]]), admins[0])
    assert [fault.code for fault in found.faults] == [f"administration.import.{code}"]


def test_an_end_on_record_is_not_rewritten(admins):
    body, number = a_body(), a_number()
    posts_at(body)
    officer = without_number(body, "王芳")
    directory.ensure_officer(officer, name="王芳", number=number)
    post = next(one.id for one in directory.posts() if one.body == body and one.title == "科员")
    directory.relieve(officer, post, on=date(2025, 1, 1))
    row = [number, "王芳", body, "科员", "2020-01-01", "2024-01-01"]
    found = imported(a_workbook(人员=[PEOPLE, row]), admins[0])
    assert [fault.code for fault in found.faults] == ["administration.import.person.ended"]


def test_a_body_that_nobody_knows_is_named(admins):
    found = imported(a_workbook(职务=[POSTS, [a_code(), "科员", "经办"]]), admins[0])
    assert [(fault.code, fault.where) for fault in found.faults] == [
        ("administration.import.body.unknown", "职务!A2")
    ]


def test_only_an_administrator_imports_and_says_why(admins):
    handler = someone(a_body(), Role.HANDLER, region=DISTRICT)
    with pytest.raises(Refusal, match="access.not-allowed"):
        imported(a_workbook(区划=[REGIONS]), handler)
    with pytest.raises(Refusal, match="administration.reason"):
        commands.import_sheets(b"", "", by=admins[0], at=NOW)


def test_what_a_sheet_does_not_name_stays(admins):
    body = a_body()
    posts_at(body)
    someone(body, Role.HANDLER, region=DISTRICT)
    found = imported(a_workbook(区划=[REGIONS, ["510106", "金牛区", CITY, None]]), admins[0])
    before = directory.tenures(), directory.posts(), directory.bodies()
    commands.confirm(found.proposal, by=admins[0], at=NOW)
    commands.agree(found.proposal, by=admins[1], at=NOW)
    assert (directory.tenures(), directory.posts(), directory.bodies()) == before
    assert "金牛区" in {one.name for one in directory.regions()}
