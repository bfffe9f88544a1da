"""Tolerant acceptance on PostgreSQL: taken in with something owed, brought later, examined meanwhile."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tongban.cases import commands
from tongban.cases.models.stored import story
from tongban.cases.queries import (
    Wanted,
    acts_for,
    codes_for,
    owing_of,
    own_cases,
    papers_of,
    still_awaited,
    view_of,
)
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.flowing import waiting_in
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    MONDAY,
    World,
    a_file,
    a_resident,
    a_tolerant_world,
    kinds_of,
)
from tongban.kernel.access import Viewer
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("transactional_db")

THERE, OWED = FOOD_MATERIALS[:2], FOOD_MATERIALS[2]
FLOWS = Path(settings.PACKS) / "flows"
DRAWN = (FLOWS / "tolerant-acceptance.bpmn").read_bytes()
ORDINARY = (FLOWS / "ordinary.bpmn").read_bytes()
LAST_DAY = date(2026, 3, 16)
"""Five working days after the Monday of the tests."""


def lacking(world: World, by: Viewer | None = None, *, files: tuple[str, ...] = THERE) -> tuple[str, Viewer]:
    """A case without what may follow, in the hands of its officer, and whose it is."""
    resident = by or a_resident()
    number = world.submit(by=resident, files=files).number
    assert world.take_next() == number
    return number, resident


def accepted(world: World, *, files: tuple[str, ...] = THERE) -> tuple[str, Viewer]:
    """The same, accepted tolerantly."""
    number, resident = lacking(world, files=files)
    commands.accept_tolerantly(number, seen=None, by=world.handler, at=MONDAY)
    return number, resident


def supply(number: str, by: Viewer, *kinds: str, at: datetime = MONDAY) -> None:
    """The applicant brings a file for each of these."""
    assert by.person is not None
    materials = [(kind, a_file(by.person, at=at)) for kind in kinds]
    commands.supply_owed(number, seen=None, by=by, at=at, materials=materials)


def test_from_the_application_to_the_grant() -> None:
    world = a_tolerant_world()
    number, resident = lacking(world)
    offered = {act.code for act in acts_for(view_of(number, world.handler, at=MONDAY), world.handler, MONDAY)}
    assert "accept-tolerantly" in offered and "accept" not in offered
    commands.accept_tolerantly(number, seen=None, by=world.handler, at=MONDAY)
    view = view_of(number, resident, at=MONDAY)
    owing = owing_of(view, MONDAY)
    assert owing is not None
    assert ([one.kind for one in owing.materials], owing.until, owing.late) == ([OWED], LAST_DAY, False)
    assert "supply" in codes_for(view, resident, MONDAY)
    assert "grant" not in codes_for(view_of(number, world.handler, at=MONDAY), world.handler, MONDAY)
    supply(number, resident, OWED)
    after = view_of(number, resident, at=MONDAY)
    assert owing_of(after, MONDAY) is None
    assert [one.kind for one in after.materials][-1] == OWED
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    assert kinds_of(number)[2:] == ["accepted-tolerantly", "supplied", "granted"]
    assert fold(CaseState(after.state.head), story(after.state.head.id)[:-1]).facts == after.state.facts


def test_refused_it_changes_nothing() -> None:
    world = a_tolerant_world()
    number, resident = accepted(world)
    before = kinds_of(number)
    with pytest.raises(Refusal, match=r"cases\.grant\.owed"):
        commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    with pytest.raises(Refusal, match=r"cases\.supply\.not-owed"):
        supply(number, resident, THERE[0])
    with pytest.raises(Refusal):
        supply(number, a_resident(), OWED)
    with pytest.raises(Refusal) as refused:
        commands.supply_owed(number, seen=None, by=resident, at=MONDAY, materials=[(OWED, "no-such-handle")])
    assert refused.value.code == "cases.submit.faults"
    assert kinds_of(number) == before


def test_a_complete_application_is_accepted_as_ever() -> None:
    world = a_tolerant_world()
    number, _ = lacking(world, files=FOOD_MATERIALS)
    with pytest.raises(Refusal, match=r"cases\.accept-tolerantly\.nothing-owed"):
        commands.accept_tolerantly(number, seen=None, by=world.handler, at=MONDAY)
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    assert kinds_of(number)[-1] == "accepted"


def test_a_correction_that_brings_it_leaves_nothing_owed() -> None:
    world = a_tolerant_world()
    number, resident = lacking(world)
    fault = commands.CorrectionFault(place="图", basis="法", do="请补上。")
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    assert resident.person is not None
    files = [(OWED, a_file(resident.person))]
    commands.resubmit(number, seen=None, by=resident, at=MONDAY, answers=FOOD_ANSWERS, materials=files)
    world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    assert view_of(number, resident, at=MONDAY).state.facts.owed == ()


def test_two_are_brought_one_after_the_other() -> None:
    world = a_tolerant_world(later=2)
    number, resident = accepted(world, files=FOOD_MATERIALS[:1])
    supply(number, resident, OWED)
    assert view_of(number, resident, at=MONDAY).state.facts.owed == (FOOD_MATERIALS[1],)
    supply(number, resident, FOOD_MATERIALS[1], at=MONDAY + timedelta(days=30))
    assert view_of(number, resident, at=MONDAY).state.facts.owed == ()


def test_undone_it_is_as_before_and_once_something_was_brought_it_stays() -> None:
    world = a_tolerant_world(later=2)
    number, resident = accepted(world, files=FOOD_MATERIALS[:1])
    asked = commands.reverse(number, seen=None, by=world.handler, at=MONDAY, text="看错了")
    commands.approve(asked, by=world.leader, at=MONDAY)
    view = view_of(number, world.handler, at=MONDAY)
    assert (view.state.stage, view.state.facts.owed) == (Stage.SUBMITTED, FOOD_MATERIALS[1:])
    commands.accept_tolerantly(number, seen=None, by=world.handler, at=MONDAY)
    supply(number, resident, OWED)
    with pytest.raises(Refusal, match=r"cases\.reverse\.nothing"):
        commands.reverse(number, seen=None, by=world.handler, at=MONDAY, text="又看错了")


def test_the_paper_says_what_and_until_when() -> None:
    world = a_tolerant_world()
    number, resident = accepted(world)
    papers = papers_of(view_of(number, resident, at=MONDAY))
    assert papers[0].title == "容缺受理通知书"


def test_it_is_awaited_until_all_is_there() -> None:
    world = a_tolerant_world()
    number, resident = accepted(world)
    event = view_of(number, resident, at=MONDAY).story[-1]
    asked = still_awaited(event.id)
    assert asked is not None and asked.days == {"supply": LAST_DAY, "supply_warn": date(2026, 3, 13)}
    supply(number, resident, OWED)
    assert still_awaited(event.id) is None


def test_it_stands_among_what_the_applicant_has_to_do_until_it_is_there() -> None:
    world = a_tolerant_world()
    number, resident = accepted(world)
    wanted = Wanted("to-do")
    [row] = own_cases(resident, wanted, at=MONDAY, limit=9)
    assert (row.number, row.to_do, row.next_words) == (number, True, "等您补交材料")
    supply(number, resident, OWED)
    assert own_cases(resident, wanted, at=MONDAY, limit=9) == []
    [row] = own_cases(resident, Wanted(), at=MONDAY, limit=9)
    assert not row.to_do


def test_it_costs_as_much_as_any_act(django_assert_max_num_queries) -> None:
    world = a_tolerant_world()
    number, resident = lacking(world)
    with django_assert_max_num_queries(4):
        commands.accept_tolerantly(number, seen=None, by=world.handler, at=MONDAY)
    assert resident.person is not None
    materials = [(OWED, a_file(resident.person))]
    with django_assert_max_num_queries(4):
        commands.supply_owed(number, seen=None, by=resident, at=MONDAY, materials=materials)


def waits(number: str, world: World) -> list[str]:
    """The tasks that wait in a case."""
    view = view_of(number, world.handler, at=MONDAY)
    return [one.key for one in waiting_in(view.state, view.law)]


def test_examined_and_awaited_side_by_side_and_decided_when_both_are_done() -> None:
    world = a_tolerant_world(drawn=DRAWN, later=2)
    number, resident = accepted(world, files=FOOD_MATERIALS[:1])
    assert waits(number, world) == ["examine", "supply"]
    supply(number, resident, OWED)
    assert waits(number, world) == ["examine", "supply"]
    commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="examine", text="看过了")
    supply(number, resident, FOOD_MATERIALS[1])
    assert waits(number, world) == ["decide"]
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")


def test_what_is_complete_is_examined_and_decided() -> None:
    world = a_tolerant_world(drawn=DRAWN)
    number, _ = lacking(world, files=FOOD_MATERIALS)
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    assert waits(number, world) == ["examine"]


def test_when_the_days_are_over_it_can_be_refused_and_still_be_brought() -> None:
    world = a_tolerant_world(drawn=DRAWN)
    number, resident = accepted(world)
    commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="examine", text="看过了")
    over = MONDAY + timedelta(days=8)
    commands.fire_due(over, body=world.body)
    assert waits(number, world) == ["decide"]
    offered = codes_for(view_of(number, world.handler, at=over), world.handler, over)
    assert "refuse" in offered and "grant" not in offered
    supply(number, resident, OWED, at=over)
    commands.grant(number, seen=None, by=world.handler, at=over, text="符合条件")


def test_a_drawing_that_tells_no_tolerant_acceptance_apart_takes_it_as_one() -> None:
    world = a_tolerant_world(drawn=ORDINARY)
    number, resident = accepted(world)
    assert waits(number, world) == ["decide"]
    with pytest.raises(Refusal, match=r"cases\.grant\.owed"):
        commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    supply(number, resident, OWED)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
