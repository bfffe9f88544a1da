"""Opinions asked at once (并联征求意见): each answer completes its own task; nobody answers for another."""

from datetime import timedelta
from functools import partial, reduce
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from tongban.cases import commands
from tongban.cases.events import CaseFlowMoved
from tongban.cases.models.stored import story
from tongban.cases.queries import acts_for, codes_for, view_of
from tongban.cases.rules.consulting import can_answer
from tongban.cases.rules.evolve import evolve
from tongban.cases.rules.flowing import waiting_in
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.world import (
    JINJIANG,
    MONDAY,
    World,
    a_credit_code,
    a_world,
    an_officer,
    version_of,
)
from tongban.directory import api as directory
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("transactional_db")

DRAWN = (Path(settings.PACKS) / "flows" / "joint-opinions.bpmn").read_bytes()


def asking() -> tuple[World, Viewer, Viewer]:
    """A world whose cases ask the police and the fire brigade, and an officer of either."""
    police, brigade = a_credit_code(), a_credit_code()
    world = a_world(drawn=DRAWN, asks={"traffic": police, "fire": brigade})
    officers = an_officer(police, Role.HANDLER), an_officer(brigade, Role.HANDLER)
    # Which bodies somebody serves is held for a while.
    directory.forget()
    return world, *officers


def waits(number: str, world: World) -> set[str]:
    view = view_of(number, world.handler, at=MONDAY)
    return {one.key for one in waiting_in(view.state, view.law)}


def offered(number: str, world: World) -> dict[str, str]:
    acts = acts_for(view_of(number, world.handler, at=MONDAY), world.handler, MONDAY)
    return {act.name: act.code for act in acts}


def ask(world: World, number: str, task: str) -> int:
    """Ask for the opinion of a task; the place of the question in the story."""
    commands.ask_in_flow(number, seen=None, by=world.handler, at=MONDAY, task=task, text="影响设施吗？")
    return version_of(number)


def test_both_are_asked_at_once_and_each_answer_ends_its_own_step() -> None:
    world, police, brigade = asking()
    number = world.accepted()
    assert waits(number, world) == {"examine", "traffic", "fire"}
    assert {"征求公安交管意见", "征求消防意见"} <= offered(number, world).keys()
    of_police, of_brigade = ask(world, number, "traffic"), ask(world, number, "fire")
    assert not {"征求公安交管意见", "征求消防意见"} & offered(number, world).keys()
    commands.answer_consultation(number, of_brigade, by=brigade, at=MONDAY, text="不影响。")
    assert waits(number, world) == {"examine", "traffic"}
    commands.decline_consultation(number, of_police, by=police, at=MONDAY, text="不归我们管。")
    commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="examine")
    assert waits(number, world) == {"decide"}
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    case = view_of(number, world.handler, at=MONDAY).state.head.id
    moves = [event.done for event in story(case) if isinstance(event, CaseFlowMoved)]
    assert moves == [None, "intake", "fire", "traffic", "examine", "decide"]


def test_nobody_says_for_another_that_they_have_answered() -> None:
    world, police, brigade = asking()
    number = world.accepted()
    for act in (
        lambda: commands.complete_task(
            number, seen=None, by=world.handler, at=MONDAY, task="fire", text="他们没有意见。"
        ),
        lambda: ask(world, number, "examine"),
        lambda: commands.ask_in_flow(
            number, seen=None, by=world.colleague, at=MONDAY, task="fire", text="影响吗？"
        ),
    ):
        with pytest.raises(Refusal):
            act()
    question = ask(world, number, "fire")
    with pytest.raises(Refusal) as twice:
        ask(world, number, "fire")
    assert twice.value.code == "cases.flow.not-asking"
    with pytest.raises(Refusal):
        commands.answer_consultation(number, question, by=police, at=MONDAY, text="我替他们答。")
    assert waits(number, world) == {"examine", "traffic", "fire"}
    commands.answer_consultation(number, question, by=brigade, at=MONDAY, text="不影响。")
    assert waits(number, world) == {"examine", "traffic"}


def test_the_case_goes_on_when_an_answer_does_not_come_in_its_days() -> None:
    world, police, _ = asking()
    number = world.accepted()
    late = ask(world, number, "traffic")
    commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="examine")
    assert waits(number, world) == {"traffic", "fire"}
    commands.fire_due(MONDAY + timedelta(days=8), body=world.body)
    assert waits(number, world) == {"decide"}
    # What comes after all is read, and moves nothing.
    commands.answer_consultation(number, late, by=police, at=MONDAY + timedelta(days=8), text="不影响。")
    assert waits(number, world) == {"decide"}


def served_by_nobody() -> tuple[World, str]:
    """A world one of whose asked bodies has nobody who could answer, and a case that waits for that."""
    police, brigade = a_credit_code(), a_credit_code()
    world = a_world(drawn=DRAWN, asks={"traffic": police, "fire": brigade})
    an_officer(police, Role.HANDLER), an_officer(brigade, Role.WINDOW)
    directory.forget()
    return world, world.accepted()


def test_where_nobody_could_answer_whoever_has_the_case_ends_the_step_with_a_reason() -> None:
    world, number = served_by_nobody()
    with pytest.raises(Refusal, match=r"^cases\.flow\.nobody-to-ask"):
        ask(world, number, "fire")
    end = partial(commands.complete_task, number, seen=None, by=world.handler, at=MONDAY)
    with pytest.raises(Refusal, match=r"^cases\.flow\.why-unasked"):
        end(task="fire", text="  ")
    with pytest.raises(Refusal, match=r"^cases\.flow\.not-open"):
        end(task="traffic", text="不想问。")
    view = view_of(number, world.handler, at=MONDAY)
    assert {"ask-opinion", "complete-task"} <= set(codes_for(view, world.handler, MONDAY))
    [act] = [one for one in acts_for(view, world.handler, MONDAY) if one.name == "征求消防意见"]
    assert [(one.label, one.required) for one in act.asks] == [("为什么没有征求意见", True)]
    end(task="fire", text="消防那边现在没有能答复的人。")
    assert waits(number, world) == {"examine", "traffic"}


def test_a_body_is_no_other_that_answers_itself() -> None:
    body, other = BodyCode(a_credit_code()), BodyCode(a_credit_code())
    serving = [Officer(OfficerId(uuid4()), body, JINJIANG, frozenset({Role.LEADER}))]
    assert can_answer(body, other, serving)
    assert not can_answer(body, body, serving)


def test_what_the_flow_left_behind_is_no_question_that_waits() -> None:
    world, *_ = asking()
    number, late = world.accepted(), MONDAY + timedelta(days=8)
    ask(world, number, "traffic")
    commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="examine")
    commands.fire_due(late, body=world.body)
    state = view_of(number, world.handler, at=late).state
    assert [(one.task, one.over) for one in state.awaited] == [("traffic", True)]
    assert reduce(evolve, story(state.head.id), CaseState(state.head)).awaited == state.awaited


def test_a_question_of_ones_own_completes_no_step() -> None:
    world, police, _ = asking()
    number = world.accepted()
    assert police.officer is not None
    commands.consult(
        number, seen=None, by=world.handler, at=MONDAY, whom=police.officer.body, days=2, text="还有呢？"
    )
    commands.answer_consultation(number, version_of(number), by=police, at=MONDAY, text="没有了。")
    assert waits(number, world) == {"examine", "traffic", "fire"}
