"""A grant is undone after others began on it: they are told, and not granted before it stands again."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tongban.cases import commands
from tongban.cases.queries import acts_for, view_of
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.joints import FOOD, TOBACCO, Joint, numbers_of, submitted
from tongban.cases.tests.test_joint import TUESDAY, WEDNESDAY, events, granted, kinds, state, taken
from tongban.cases.tests.world import an_officer
from tongban.kernel.access import Role, Viewer
from tongban.kernel.refusal import Refusal

THURSDAY = WEDNESDAY + timedelta(days=1)
TOLD = ["result-undone", "result-stands-again"]


@pytest.fixture
def leader(joint: Joint) -> Viewer:
    """The head of the body that decides on food."""
    return an_officer(joint.members[FOOD].body, Role.LEADER)


@pytest.fixture
def undone(joint: Joint, leader: Viewer) -> Callable[[str], None]:
    """Undo the last act in the case of food, as its officer asks and the head approves."""
    return partial(reversed_, joint, leader)


def reversed_(joint: Joint, leader: Viewer, number: str) -> None:
    """The last act is undone; nobody was told of it yet."""
    handler = joint.members[FOOD].handler
    asked = commands.reverse(number, seen=None, by=handler, at=WEDNESDAY, text="当时看错了图。")
    commands.approve(asked, by=leader, at=WEDNESDAY)


def swept(joint: Joint, at: Any) -> None:
    """What is due at any body of these is done."""
    for member in joint.members.values():
        commands.fire_due(at, body=member.body)


def begun(joint: Joint) -> dict[str, str]:
    """Food was granted, and tobacco, which needs it, was accepted."""
    numbers = numbers_of(submitted(joint))
    granted(joint, FOOD, numbers[FOOD])
    swept(joint, TUESDAY)
    handler = taken(joint, TOBACCO, numbers[TOBACCO], TUESDAY)
    commands.accept(numbers[TOBACCO], seen=None, by=handler, at=TUESDAY)
    return numbers


def grant(joint: Joint, like: str, number: str) -> None:
    """Granted by the officer who has it."""
    commands.grant(number, seen=None, by=joint.members[like].handler, at=THURSDAY, text="准予")


def told(number: str) -> list[str]:
    """What its story says of results it began on."""
    return [kind for kind in kinds(number) if kind in TOLD]


def test_upon_a_grant_that_is_undone_nothing_is_granted_and_refusing_stays_open(joint, undone) -> None:
    numbers = begun(joint)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    assert told(numbers[TOBACCO]) == ["result-undone"]
    assert events(numbers[TOBACCO])[-1].of == (numbers[FOOD],)
    handler = joint.members[TOBACCO].handler
    offered = {
        act.code for act in acts_for(view_of(numbers[TOBACCO], handler, at=WEDNESDAY), handler, WEDNESDAY)
    }
    assert ("grant" in offered, "refuse" in offered) == (False, True)
    with pytest.raises(Refusal, match=r"cases\.grant\.result-undone"):
        grant(joint, TOBACCO, numbers[TOBACCO])
    commands.refuse(numbers[TOBACCO], seen=None, by=handler, at=THURSDAY, text="没有食品许可")
    assert state(numbers[TOBACCO]).stage is Stage.REFUSED


def test_nothing_is_granted_in_the_moment_before_it_is_told_either(joint, undone) -> None:
    numbers = begun(joint)
    undone(numbers[FOOD])
    assert told(numbers[TOBACCO]) == []
    with pytest.raises(Refusal, match=r"cases\.grant\.result-undone"):
        grant(joint, TOBACCO, numbers[TOBACCO])


def test_once_it_stands_again_it_is_granted(joint, undone) -> None:
    numbers = begun(joint)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    grant(joint, FOOD, numbers[FOOD])
    for _ in range(2):
        commands.follow(numbers[FOOD], at=THURSDAY)
    assert told(numbers[TOBACCO]) == TOLD
    grant(joint, TOBACCO, numbers[TOBACCO])
    row = state(numbers[TOBACCO])
    assert (row.stage, row.facts.undone) == (Stage.GRANTED, ())
    assert fold(CaseState(row.head), events(numbers[TOBACCO])).facts == row.facts


def test_refused_at_last_it_is_told_once_and_never_granted(joint, undone) -> None:
    numbers = begun(joint)
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    commands.refuse(numbers[FOOD], seen=None, by=joint.members[FOOD].handler, at=THURSDAY, text="不合条件")
    swept(joint, THURSDAY)
    assert told(numbers[TOBACCO]) == ["result-undone"]
    with pytest.raises(Refusal, match=r"cases\.grant\.result-undone"):
        grant(joint, TOBACCO, numbers[TOBACCO])


def test_a_grant_that_is_revoked_is_told_alike(joint, leader) -> None:
    numbers = begun(joint)
    handler = joint.members[FOOD].handler
    asked = commands.revoke(
        numbers[FOOD], seen=None, by=handler, at=WEDNESDAY, ground="no-authority", text="超越职权"
    )
    commands.approve(asked, by=leader, at=WEDNESDAY)
    swept(joint, WEDNESDAY)
    assert told(numbers[TOBACCO]) == ["result-undone"]


def test_what_comes_back_from_its_own_decision_learns_what_happened_meanwhile(joint, undone) -> None:
    numbers = begun(joint)
    handler = joint.members[TOBACCO].handler
    commands.refuse(numbers[TOBACCO], seen=None, by=handler, at=WEDNESDAY, text="不合条件")
    undone(numbers[FOOD])
    swept(joint, WEDNESDAY)
    assert told(numbers[TOBACCO]) == []
    leader = an_officer(joint.members[TOBACCO].body, Role.LEADER)
    asked = commands.reverse(numbers[TOBACCO], seen=None, by=handler, at=THURSDAY, text="看错了。")
    commands.approve(asked, by=leader, at=THURSDAY)
    swept(joint, THURSDAY)
    assert told(numbers[TOBACCO]) == ["result-undone"]
