"""A joint service at a window: begun for who stands there, handed in once for all of it, one receipt."""

from typing import Any

import pytest

from tongban.cases import api as cases
from tongban.cases import commands as own
from tongban.cases.commands import Typed, Writer
from tongban.cases.events import CaseSubmitted
from tongban.cases.models.stored import story
from tongban.cases.queries import draft_of, joint_of
from tongban.cases.tests.joints import ADVERT, FOOD, TOBACCO, Joint, a_joint, answers_to, applied, numbers_of
from tongban.cases.tests.joints import submitted as submitted_online
from tongban.cases.tests.world import JINJIANG, MONDAY, PDF, a_resident, an_officer
from tongban.catalogue import api as catalogue
from tongban.counters import commands, queries
from tongban.counters.queries import ReceptionRow
from tongban.counters.tests.test_serving import at_window, handed_in, in_another_county, themselves
from tongban.counters.tests.world import beginning, received
from tongban.engine.forms import Kind
from tongban.kernel.access import Role, Viewer
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run


@pytest.fixture(scope="module")
def made() -> dict[str, Joint]:
    """Published once: nothing that a test does changes what is published."""
    return {}


@pytest.fixture
def joint(made: dict[str, Joint], transactional_db: None) -> Joint:
    if "joint" not in made:
        made["joint"] = a_joint()
        # Lists of what is published are held for a while.
        catalogue.forget()
    return made["joint"]


@pytest.fixture
def clerk(joint: Joint) -> Viewer:
    """An officer of the first item's body who does nothing but receive."""
    return an_officer(joint.members[FOOD].body, Role.WINDOW)


@pytest.fixture
def found(registers, clerk) -> ReceptionRow:
    """Who stands there."""
    return received(registers, clerk)


def filled_in(joint: Joint, clerk: Viewer, found: ReceptionRow) -> Any:
    """A draft of all of it with nothing left to do, filled in by the officer."""
    draft = cases.begin_for(joint.slug, beginning(JINJIANG, found), found.served, by=clerk, at=MONDAY)
    answers, by = answers_to(joint, wide=True), at_window(clerk)
    fields = [each for _, each, _ in joint.published.form.asked]
    own.save(draft, Typed("all", fields, answers, 1), by=by, at=MONDAY)
    for kind, _handle in applied(joint, a_resident(), wide=True).materials:
        assert own.attach(draft, kind, [(f"{kind}.pdf", PDF)], by=by, at=MONDAY) == []
    return draft


def submitted(number: str) -> list[CaseSubmitted]:
    rows = run(
        "select c.id from cases_case c join cases_joint j on j.id = c.joint where j.number = $1::text"
        " order by c.id",
        (number,),
    )
    return [story(case)[0] for (case,) in rows]  # type: ignore[misc]


def test_it_is_found_at_the_window_of_every_body_that_has_a_part_in_it(joint, clerk) -> None:
    for like in (FOOD, TOBACCO, ADVERT):
        window = an_officer(joint.members[like].body, Role.WINDOW)
        [first] = [one for one in queries.receivable(window) if one.slug == joint.slug]
        assert (first.region, first.ours, first.together) == (JINJIANG, True, 3)
    elsewhere = in_another_county(clerk)
    assert [one for one in queries.receivable(elsewhere, "一起办") if one.slug == joint.slug] == []


def test_only_a_window_that_receives_for_every_office_begins_it(joint, clerk, found) -> None:
    by = in_another_county(clerk)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        cases.begin_for(joint.slug, beginning(JINJIANG, found), found.served, by=by, at=MONDAY)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        cases.begin_for(joint.slug, beginning("510105", found), found.served, by=clerk, at=MONDAY)


def test_handed_in_once_every_case_says_that_a_window_received_it(joint, clerk, found) -> None:
    draft = filled_in(joint, clerk, found)
    [shown] = cases.drafts_at_window(found.person, clerk, at=MONDAY)
    assert (shown.joint, shown.submitted) == (True, None)
    number = handed_in(draft, clerk)
    assert handed_in(draft, clerk) == number
    [shown] = cases.drafts_at_window(found.person, clerk, at=MONDAY)
    assert (shown.joint, shown.submitted) == (True, number)
    events = submitted(number)
    assert [one.channel for one in events] == ["window"] * 3
    assert {(one.received.officer, one.received.confirmed) for one in events if one.received} == {
        (clerk.officer.id, "read")
    }
    assert joint_of(number, themselves(found), at=MONDAY).number == number


def test_not_confirmed_nothing_is_opened(joint, clerk, found) -> None:
    draft = filled_in(joint, clerk, found)
    with pytest.raises(Refusal, match=r"cases\.draft\.not-confirmed"):
        handed_in(draft, clerk, confirmed="")
    assert run("select 1 from cases_joint where applicant = $1::bytea", (found.person,)) == []


def test_what_was_typed_again_is_counted_once_however_many_cases(joint, registers, clerk) -> None:
    found = received(registers, clerk, "陈春梅")
    draft = filled_in(joint, clerk, found)
    text = next(each for _, each, _ in joint.published.form.asked if each.kind is Kind.TEXT)
    typed = Typed("all", [text], {text.name: "陈春梅"}, 99)
    own.save(draft, typed, by=at_window(clerk), at=MONDAY)
    again = [one.received.typed_again for one in submitted(handed_in(draft, clerk)) if one.received]
    assert again[0] >= 1
    assert again[1:] == [0, 0]


def test_the_person_reads_that_the_window_saw_each_case_of_it(joint, clerk, found) -> None:
    number = handed_in(filled_in(joint, clerk, found), clerk)
    numbers = {one.number for one in joint_of(number, themselves(found), at=MONDAY).members}
    looks = cases.looks_of(themselves(found))
    assert {one.number for one in looks if one.look.purpose == "在窗口替您办"} >= numbers
    cases.look_for_joint(number, [found.person], clerk, at=MONDAY)
    told = [one.number for one in cases.looks_of(themselves(found)) if one.look.what == "收件凭证"]
    assert sorted(told) == sorted(numbers)


def test_the_one_receipt_is_printed_for_who_stands_there_and_nobody_else(joint, clerk, found) -> None:
    number = handed_in(filled_in(joint, clerk, found), clerk)
    printed = cases.joint_receipt_for(number, [found.person], clerk, at=MONDAY)
    assert printed.content.startswith(b"%PDF")
    other = submitted_online(joint)
    for one, people in ((number, []), (other.number, [found.person])):
        with pytest.raises(Refusal, match=r"cases\.unknown"):
            cases.joint_receipt_for(one, people, clerk, at=MONDAY)
        with pytest.raises(Refusal, match=r"cases\.unknown"):
            cases.look_for_joint(one, people, clerk, at=MONDAY)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        cases.look_for_joint(number, [found.person], in_another_county(clerk), at=MONDAY)
    assert len(numbers_of(other)) == 2


def test_taken_home_it_is_filled_in_there(joint, clerk, found) -> None:
    draft = cases.begin_for(joint.slug, beginning(JINJIANG, found), found.served, by=clerk, at=MONDAY)
    commands.leave(found.id, by=clerk)
    with pytest.raises(Refusal, match=r"cases\.draft\.unknown"):
        draft_of(draft, at_window(clerk))
    assert draft_of(draft, Writer(themselves(found))).id == draft
