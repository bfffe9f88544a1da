"""A refusal undone: what had ended for want of that result waits again, once, never against the applicant."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tongban.cases import commands
from tongban.cases.commands import following
from tongban.cases.events import CaseAwaitsAgain
from tongban.cases.models.stored import state_of, story
from tongban.cases.queries import joint_of
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.joints import ADVERT, FOOD, TOBACCO, Joint, a_joint, applied, numbers_of, submitted
from tongban.cases.tests.world import MONDAY, a_resident, an_officer
from tongban.kernel.access import Role, Viewer
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
THURSDAY = MONDAY + timedelta(days=3)


def state(number: str) -> CaseState:
    return state_of(run(load("tongban.cases", "case_for_update"), (number,))[0])


def kinds(number: str) -> list[str]:
    return [event.kind for event in story(state(number).head.id)]


def stages(numbers: dict[str, str]) -> list[Stage]:
    return [state(number).stage for number in numbers.values()]


def swept(joint: Joint, at: Any) -> None:
    """What is due at any body of these is done."""
    for member in joint.members.values():
        commands.fire_due(at, body=member.body)


def refuse(joint: Joint, number: str) -> None:
    """Taken by the officer of the first item, who took all before it as they came, and refused."""
    ledger.seal(TUESDAY)
    food = joint.members[FOOD]
    while (found := commands.take_next(food.queue, by=food.handler, at=TUESDAY)) is not None:
        if found.number == number:
            break
    commands.accept(number, seen=None, by=food.handler, at=TUESDAY)
    commands.refuse(number, seen=None, by=food.handler, at=TUESDAY, text="不合条件")
    swept(joint, TUESDAY)


def undo(joint: Joint, leader: Viewer, number: str) -> None:
    """The refusal is undone, as its officer asks and the head approves."""
    handler = joint.members[FOOD].handler
    asked = commands.reverse(number, seen=None, by=handler, at=WEDNESDAY, text="当时看错了图。")
    commands.approve(asked, by=leader, at=WEDNESDAY)


def refused(joint: Joint, by: Viewer) -> dict[str, str]:
    """Three cases of which the first was refused, and the others ended for that; by what each is like."""
    numbers = numbers_of(submitted(joint, by, wide=True))
    refuse(joint, numbers[FOOD])
    assert stages(numbers)[1:] == [Stage.TERMINATED] * 2
    return numbers


@pytest.fixture
def leader(joint: Joint) -> Viewer:
    """The head of the body that decides on food."""
    return an_officer(joint.members[FOOD].body, Role.LEADER)


@pytest.fixture
def undone(joint: Joint, leader: Viewer) -> Callable[[str], None]:
    """Undo the refusal of a case of these."""
    return partial(undo, joint, leader)


def test_what_ended_for_a_refusal_waits_again_all_the_way_and_goes_on_with_the_result(joint, undone) -> None:
    by = a_resident()
    numbers = refused(joint, by)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    assert stages(numbers) == [Stage.ACCEPTED, Stage.AWAITING_RESULT, Stage.AWAITING_RESULT]
    for like, ended_for in ((TOBACCO, FOOD), (ADVERT, TOBACCO)):
        again = story(state(numbers[like]).head.id)[-1]
        assert isinstance(again, CaseAwaitsAgain)
        assert again.of == numbers[ended_for]
        one = state(numbers[like])
        assert (one.turn.waits, one.facts.deadlines, one.facts.received_on) == (False, {}, None)
    commands.grant(numbers[FOOD], seen=None, by=joint.members[FOOD].handler, at=THURSDAY, text="准予")
    swept(joint, THURSDAY)
    assert kinds(numbers[TOBACCO])[-2:] == ["awaits-again", "result-arrived"]
    assert stages(numbers)[1:] == [Stage.SUBMITTED, Stage.AWAITING_RESULT]


def test_granted_before_anybody_followed_it_comes_back_and_begins(joint, undone) -> None:
    numbers = refused(joint, a_resident())
    undone(numbers[FOOD])
    commands.grant(numbers[FOOD], seen=None, by=joint.members[FOOD].handler, at=THURSDAY, text="准予")
    swept(joint, THURSDAY)
    assert kinds(numbers[TOBACCO])[-2:] == ["awaits-again", "result-arrived"]


def test_told_twice_it_comes_back_once_and_a_second_refusal_ends_it_again(joint, undone) -> None:
    numbers = refused(joint, a_resident())
    undone(numbers[FOOD])
    for _ in range(2):
        commands.follow(numbers[FOOD], at=WEDNESDAY)
    swept(joint, WEDNESDAY)
    assert kinds(numbers[TOBACCO]).count("awaits-again") == 1
    commands.refuse(
        numbers[FOOD], seen=None, by=joint.members[FOOD].handler, at=THURSDAY, text="还是不合条件"
    )
    swept(joint, THURSDAY)
    assert stages(numbers)[1:] == [Stage.TERMINATED] * 2
    assert kinds(numbers[TOBACCO]) == ["submitted", "terminated", "awaits-again", "terminated"]


def test_a_crash_between_two_of_them_is_found_again(joint, undone) -> None:
    numbers = refused(joint, a_resident())
    undone(numbers[FOOD])
    # Stopped right after the first came back: what waits for it in turn was not told.
    assert following._back(numbers[TOBACCO], WEDNESDAY)
    assert stages(numbers)[1:] == [Stage.AWAITING_RESULT, Stage.TERMINATED]
    swept(joint, WEDNESDAY)
    assert stages(numbers)[1:] == [Stage.AWAITING_RESULT] * 2
    left = "select from cases_timer t join cases_case c on c.id = t.case_id where c.number = any($1::text[])"
    assert run(f"{left} and t.kind = 'follow'", (list(numbers.values()),)) == []


def test_what_is_taken_back_in_the_meantime_stays_so_and_what_waited_for_it_ended(joint, undone) -> None:
    by = a_resident()
    numbers = refused(joint, by)
    undone(numbers[FOOD])
    commands.withdraw(numbers[FOOD], seen=None, by=by, at=WEDNESDAY)
    swept(joint, THURSDAY)
    assert stages(numbers) == [Stage.WITHDRAWN, Stage.TERMINATED, Stage.TERMINATED]


def test_who_took_all_the_rest_back_before_is_not_given_it_again(transactional_db) -> None:
    by = a_resident()
    apart = a_joint(promise=20, advert={"after": []})
    leader = an_officer(apart.members[FOOD].body, Role.LEADER)
    numbers = numbers_of(submitted(apart, by, wide=True))
    refuse(apart, numbers[FOOD])
    assert stages(numbers)[1:] == [Stage.TERMINATED, Stage.SUBMITTED]
    assert commands.withdraw_joint(state(numbers[FOOD]).facts.joint or "", by=by, at=TUESDAY) == 1
    undo(apart, leader, numbers[FOOD])
    swept(apart, WEDNESDAY)
    assert stages(numbers) == [Stage.ACCEPTED, Stage.TERMINATED, Stage.WITHDRAWN]


def test_who_applied_for_it_anew_has_no_second_case_of_it(joint, undone) -> None:
    by = a_resident()
    numbers = refused(joint, by)
    commands.submit_joint(applied(joint, by), by=by, key=None, at=WEDNESDAY)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    # Of the advertisement there is no other; but its own way leads over the tobacco.
    assert stages(numbers)[1:] == [Stage.TERMINATED] * 2


def test_what_was_applied_for_anew_in_vain_keeps_nothing_from_coming_back(joint, undone) -> None:
    by = a_resident()
    numbers = refused(joint, by)
    again = commands.submit_joint(applied(joint, by), by=by, key=None, at=WEDNESDAY)
    commands.withdraw(numbers_of(again)[TOBACCO], seen=None, by=by, at=WEDNESDAY)
    undone(numbers[FOOD])
    swept(joint, THURSDAY)
    assert stages(numbers)[1:] == [Stage.AWAITING_RESULT] * 2


def test_what_another_ended_by_itself_stays_ended(joint, undone) -> None:
    by = a_resident()
    numbers = refused(joint, by)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    commands.withdraw(numbers[ADVERT], seen=None, by=by, at=WEDNESDAY)
    commands.follow(numbers[FOOD], at=THURSDAY)
    assert stages(numbers)[1:] == [Stage.AWAITING_RESULT, Stage.WITHDRAWN]


def test_erased_content_does_not_come_back(joint, undone) -> None:
    numbers = refused(joint, a_resident())
    commands.erase_content(numbers[TOBACCO], at=WEDNESDAY)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    assert state(numbers[TOBACCO]).stage is Stage.TERMINATED


def test_no_officer_undoes_the_ending_itself(joint) -> None:
    numbers = refused(joint, a_resident())
    with pytest.raises(Refusal, match=r"cases\.reverse\.nothing"):
        commands.reverse(
            numbers[TOBACCO], seen=None, by=joint.members[TOBACCO].handler, at=WEDNESDAY, text="想接着办。"
        )


def test_the_row_is_the_fold_of_its_events_and_the_page_counts_nothing_as_stopped(joint, undone) -> None:
    by = a_resident()
    numbers = refused(joint, by)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    for number in numbers.values():
        row = state(number)
        folded = fold(CaseState(row.head), story(row.head.id))
        assert (folded.facts, folded.turn.waits) == (row.facts, row.turn.waits)
    view = joint_of(state(numbers[FOOD]).facts.joint or "", by, at=WEDNESDAY)
    assert (view.stopped, view.over) == (0, False)
    assert [one.waits_for != () for one in view.members] == [False, True, True]
