"""A draft at a window: the person's own, in one officer's hands for the day, handed in as any other."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tongban.cases import api as cases
from tongban.cases import commands as own
from tongban.cases.commands import Beginning, Writer
from tongban.cases.events import CaseSubmitted
from tongban.cases.queries import SIGNED_PAPER, draft_of, materials_of, view_of
from tongban.cases.tests.drafting import a_photo, typed
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    PDF,
    a_resident,
    an_officer,
    seal_all,
)
from tongban.counters import commands
from tongban.counters.tests.world import a_number, beginning, received
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, RegionCode
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

MIDNIGHT = MONDAY.replace(hour=16)


def at_window(clerk: Viewer, at=MONDAY) -> Writer:
    return Writer(clerk, now=at)


def begun(world, clerk, found):
    return cases.begin_for(world.item, beginning(JINJIANG, found), found.served, by=clerk, at=MONDAY)


def filled_in(world, clerk, found, answers=FOOD_ANSWERS):
    """A draft with nothing left to do, filled in by the officer."""
    draft, by = begun(world, clerk, found), at_window(clerk)
    own.save(draft, typed(world, answers), by=by, at=MONDAY)
    for kind in FOOD_MATERIALS:
        assert own.attach(draft, kind, [(f"{kind}.pdf", PDF)], by=by, at=MONDAY) == []
    return draft


def handed_in(draft, clerk, confirmed="read") -> str:
    by = at_window(clerk)
    return own.hand_in(draft, seen=draft_of(draft, by).version, by=by, at=MONDAY, confirmed=confirmed)


def themselves(found) -> Viewer:
    """The person at their own account."""
    return Viewer(account=AccountId(uuid4()), person=found.person, shown_as=found.shown_as)


def in_another_county(clerk: Viewer) -> Viewer:
    assert clerk.officer is not None
    elsewhere = replace(clerk.officer, body=BodyCode("11510105000000002B"), region=RegionCode("510105"))
    return replace(clerk, officer=elsewhere)


def test_what_is_begun_at_a_window_is_the_persons_prefilled_and_open_to_the_two_alone(
    world, clerk, registers
) -> None:
    boss = registers.know("林建国", a_number())
    code = registers.found("成都小面馆有限公司", "林建国", boss)
    found = received(registers, clerk, "林建国", boss, code)
    draft = begun(world, clerk, found)
    for by in (at_window(clerk), Writer(themselves(found))):
        answers = draft_of(draft, by).filled.answers
        assert (answers["enterprise_name"], answers["uscc"]) == ("成都小面馆有限公司", code)
    assert [one.id for one in cases.drafts(themselves(found), at=MONDAY)] == [draft]
    others = [an_officer(world.body, role) for role in Role]
    for viewer in (*others, world.handler, a_resident()):
        with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
            draft_of(draft, Writer(viewer, now=MONDAY))


def test_no_draft_comes_into_an_officers_hands_without_a_record_that_its_owner_reads(
    world, clerk, registers
) -> None:
    found = received(registers, clerk)
    begun(world, clerk, found)
    seen = [(one.look.purpose, one.look.what) for one in cases.looks_of(themselves(found))]
    assert seen == [("在窗口替您办", "您在窗口填的申请"), ("在窗口替您办", "您的姓名和号码")]


def test_at_midnight_the_draft_is_its_owners_alone_and_a_colleague_may_take_it_up_the_day_after(
    world, clerk, registers
) -> None:
    found, colleague = received(registers, clerk), an_officer(world.body, Role.WINDOW)
    draft = begun(world, clerk, found)
    with pytest.raises(Refusal, match=r"cases\.draft\.at-another-window"):
        cases.take_up(draft, found.served, by=colleague, at=MONDAY)
    for late in (MIDNIGHT, MIDNIGHT + timedelta(hours=9)):
        with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
            draft_of(draft, at_window(clerk, late))
    assert draft_of(draft, Writer(themselves(found))).id == draft
    cases.take_up(draft, found.served, by=colleague, at=MIDNIGHT)
    assert draft_of(draft, at_window(colleague, MIDNIGHT)).whose.person == found.person
    with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
        draft_of(draft, at_window(clerk, MIDNIGHT))


def test_what_the_person_takes_home_is_closed_to_every_window(world, clerk, registers) -> None:
    found = received(registers, clerk)
    draft = begun(world, clerk, found)
    own.save(draft, typed(world, {"area": "87"}), by=at_window(clerk), at=MONDAY)
    cases.give_back(draft, found.person, by=clerk, at=MONDAY)
    with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
        own.save(draft, typed(world, {"area": "1"}, seen=9), by=at_window(clerk), at=MONDAY)
    with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
        cases.take_up(draft, found.served, by=clerk, at=MONDAY)
    assert cases.drafts_at_window(found.person, clerk, at=MONDAY) == []
    assert draft_of(draft, Writer(themselves(found))).filled.answers["area"] == "87"


def test_whoever_leaves_takes_every_draft_along(world, clerk, registers) -> None:
    found = received(registers, clerk)
    drafts = [begun(world, clerk, found) for _ in range(2)]
    for _ in range(2):
        commands.leave(found.id, by=clerk)
    for draft in drafts:
        with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
            draft_of(draft, at_window(clerk))
    assert {one.id for one in cases.drafts(themselves(found), at=MONDAY)} == set(drafts)


def test_what_was_begun_at_home_no_window_opens(world, clerk, registers) -> None:
    found = received(registers, clerk)
    draft = own.begin(world.item, Beginning(JINJIANG), by=Writer(themselves(found)), at=MONDAY)
    assert cases.drafts_at_window(found.person, clerk, at=MONDAY) == []
    with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
        cases.take_up(draft, found.served, by=clerk, at=MONDAY)


def test_nobodys_draft_is_taken_up_in_anothers_name(world, clerk, registers) -> None:
    found, other = received(registers, clerk), received(registers, clerk)
    draft = begun(world, clerk, found)
    for deed in (
        lambda: cases.take_up(draft, other.served, by=clerk, at=MONDAY),
        lambda: cases.give_back(draft, other.person, by=clerk, at=MONDAY),
    ):
        with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
            deed()


def test_a_window_begins_for_the_offices_of_its_region_and_for_no_other(world, clerk, registers) -> None:
    of_the_region = an_officer(world.leader.officer.body, Role.WINDOW, region="510100")
    found = received(registers, of_the_region)
    assert begun(world, of_the_region, found)
    abroad = in_another_county(clerk)
    there = received(registers, abroad)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        begun(world, abroad, there)


def test_nothing_is_handed_in_before_somebody_says_how_the_person_confirmed(world, clerk, registers) -> None:
    found = received(registers, clerk)
    draft = filled_in(world, clerk, found)
    for confirmed, code in (("", "not-confirmed"), ("yes", "not-confirmed"), ("signed", "no-signed-paper")):
        with pytest.raises(Refusal, match=rf"cases\.draft\.{code}"):
            handed_in(draft, clerk, confirmed)
    assert draft_of(draft, at_window(clerk)).submitted is None


def test_what_is_handed_in_at_a_window_is_an_ordinary_case_that_says_so(world, clerk, registers) -> None:
    found = received(registers, clerk)
    number = handed_in(filled_in(world, clerk, found), clerk)
    submitted = view_of(number, themselves(found), at=MONDAY).story[0]
    assert isinstance(submitted.event, CaseSubmitted)
    assert submitted.event.channel == "window"
    told = submitted.event.received
    assert told is not None
    assert (told.officer, told.body, told.known, told.confirmed) == (
        clerk.officer.id,
        clerk.officer.body,
        "register",
        "read",
    )
    assert submitted.detail == "在窗口填写，本人当面看过、同意。 姓名和号码已和人口信息核对。"
    looks = [one.look for one in cases.looks_of(themselves(found)) if one.number == number]
    assert [(one.purpose, one.what) for one in looks] == [("在窗口替您办", "填报内容和材料清单")]


def test_the_signed_page_goes_in_with_the_case(world, clerk, registers) -> None:
    found = received(registers, clerk)
    draft = filled_in(world, clerk, found)
    assert own.attach(draft, SIGNED_PAPER, [("签.jpg", a_photo())], by=at_window(clerk), at=MONDAY) == []
    number = handed_in(draft, clerk, "signed")
    names = [one.material for one in materials_of(view_of(number, themselves(found), at=MONDAY))]
    assert names.count("本人签字的核对单") == 1


def test_online_nobody_hands_in_a_signed_page(world) -> None:
    by = Writer(a_resident())
    draft = own.begin(world.item, Beginning(JINJIANG), by=by, at=MONDAY)
    with pytest.raises(Refusal, match=r"cases\.draft\.material-unknown"):
        own.attach(draft, SIGNED_PAPER, [("签.jpg", a_photo())], by=by, at=MONDAY)


def test_while_the_register_is_away_the_case_says_that_the_card_alone_was_seen(
    world, clerk, registers
) -> None:
    registers.away = True
    found = received(registers, clerk)
    number = handed_in(filled_in(world, clerk, found), clerk)
    detail = view_of(number, themselves(found), at=MONDAY).story[0].detail
    assert "当时人口信息没有答复，窗口只看了身份证。" in detail


def test_pressed_twice_and_after_a_lost_line_it_is_one_case(world, clerk, registers, at_once) -> None:
    found = received(registers, clerk)
    draft = filled_in(world, clerk, found)
    before = run("select sealed, wrapped from cases_draft where id = $1::uuid", (draft,))[0]
    numbers = set(at_once(*(lambda: handed_in(draft, clerk) for _ in range(4))))
    assert len(numbers) == 1
    run(
        "update cases_draft set submitted = null, sealed = $2::bytea, wrapped = $3::bytea"
        " where id = $1::uuid",
        (draft, *before),
    )
    assert {handed_in(draft, clerk)} == numbers
    assert run("select count(*) from cases_case where applicant = $1::bytea", (found.person,)) == [(1,)]


def test_who_came_to_the_window_waits_behind_who_came_before_and_no_officer_takes_them_ahead(
    world, clerk, registers
) -> None:
    both = an_officer(world.body, Role.WINDOW, Role.HANDLER)
    found = received(registers, both)
    draft = filled_in(world, both, found)
    first = world.submit().number
    at_the_window = handed_in(draft, both)
    seal_all()
    last = world.submit().number
    assert [world.take_next(by=both) for _ in range(3)] == [first, at_the_window, last]


def test_the_officer_who_received_it_reads_nothing_of_the_case_afterwards(world, clerk, registers) -> None:
    found = received(registers, clerk)
    draft = filled_in(world, clerk, found)
    number = handed_in(draft, clerk)
    view = cases.look_at(number, clerk, at=MONDAY)
    assert view.answers is None and view.materials == [] and cases.papers_of(view) == []
    assert draft_of(draft, at_window(clerk)).filled.answers == {}


def test_a_case_is_printed_for_whose_it_is_while_they_stand_there_on_record(world, clerk, registers) -> None:
    found, other = received(registers, clerk), received(registers, clerk)
    number = handed_in(filled_in(world, clerk, found), clerk)
    view = cases.look_for(number, [other.person, found.person], clerk, at=MONDAY, what="receipt")
    assert cases.paper_of(view, 1).content.startswith(b"%PDF")
    assert cases.looks_of(themselves(found))[0].look.what == "收件凭证"
    with pytest.raises(Refusal, match=r"cases\.unknown"):
        cases.look_for(number, [other.person], clerk, at=MONDAY, what="receipt")
    for viewer in (world.handler, in_another_county(clerk)):
        with pytest.raises(Refusal, match=r"access\.not-allowed"):
            cases.look_for(number, [found.person], viewer, at=MONDAY, what="receipt")


def test_what_was_typed_though_it_was_known_is_counted_and_nothing_else_of_it_is_kept(
    world, clerk, registers
) -> None:
    number = registers.know("陈春梅", a_number())
    found = received(registers, clerk, "陈春梅", number)
    again = FOOD_ANSWERS | {"manager": "陈 春梅"}
    case = handed_in(filled_in(world, clerk, found, again), clerk)
    event = view_of(case, themselves(found), at=MONDAY).story[0].event
    assert isinstance(event, CaseSubmitted) and event.received is not None
    assert event.received.typed_again == 1
    [(body,)] = run(
        "select e.body from cases_event e join cases_case c on c.id = e.case_id where c.number = $1::text",
        (case,),
    )
    assert "陈" not in body and number not in body


@pytest.mark.parametrize("length", [1, 3])
def test_leaders_are_told_what_was_typed_again_by_one_statement(
    length, world, clerk, registers, django_assert_num_queries
) -> None:
    for _ in range(length):
        found = received(registers, clerk, "陈春梅", registers.know("陈春梅", a_number()))
        handed_in(filled_in(world, clerk, found, FOOD_ANSWERS | {"manager": "陈春梅"}), clerk)
    with django_assert_num_queries(1):
        [row] = cases.typed_again(world.leader, since=MONDAY - timedelta(days=1))
    assert (row.item, row.body, row.received, row.again) == (world.item, world.body, length, length)
    assert cases.typed_again(world.leader, since=MONDAY + timedelta(days=1)) == []
    assert cases.typed_again(clerk, since=MONDAY) == []


@pytest.mark.parametrize("length", [1, 4])
def test_a_windows_drafts_cost_one_statement(
    length, world, clerk, registers, django_assert_num_queries
) -> None:
    found = received(registers, clerk)
    for _ in range(length):
        begun(world, clerk, found)
    with django_assert_num_queries(1):
        rows = cases.drafts_at_window(found.person, clerk, at=MONDAY)
    assert len(rows) == length and all(one.mine for one in rows)


def test_an_enterprises_application_is_its_own_filed_by_who_stood_there(world, clerk, registers) -> None:
    boss = registers.know("林建国", a_number())
    code = registers.found("成都小面馆有限公司", "林建国", boss)
    found = received(registers, clerk, "林建国", boss, code)
    number = handed_in(filled_in(world, clerk, found), clerk)
    enterprise = ring().person_key("enterprise", code)
    viewer = replace(themselves(found), mandates=frozenset({enterprise}))
    head = view_of(number, viewer, at=MONDAY).state.head
    assert (head.applicant, head.filed_by) == (enterprise, found.person)
    assert cases.looks_of(viewer)[0].number == number
