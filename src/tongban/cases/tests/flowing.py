"""Worlds whose cases follow a drawing, for tests: what waits there, and doing it."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from tongban.cases import commands
from tongban.cases.queries import acts_for, view_of
from tongban.cases.rules.flowing import waiting_in
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.world import (
    MONDAY,
    World,
    a_world,
    drawn_itself,
    offices_of,
    pack_of,
    publish_pack,
)
from tongban.catalogue import api as catalogue

FLOWS = Path(settings.PACKS) / "flows"
ON_SITE = (FLOWS / "on-site-check.bpmn").read_bytes()


def with_a_flow(drawn: bytes = ON_SITE) -> World:
    """A world whose item is handled along this drawing."""
    return a_world(drawn=drawn)


def republished(world: World, drawn: bytes, **files: str) -> int:
    """The item of the world published again with another drawing, and other `files`; its version."""
    item, texts = pack_of("food-operation-licence")
    publish_pack(world.item, drawn_itself(item | offices_of(item, world.body)), texts | files, drawn)
    # What is published is held for a while.
    catalogue.forget()
    return catalogue.versions_of(world.item)[-1]


def waits(number: str, by: World) -> list[str]:
    """The tasks that wait in a case."""
    view = view_of(number, by.handler, at=MONDAY)
    return [one.key for one in waiting_in(view.state, view.law)]


def state_of(number: str, world: World) -> CaseState:
    """A case as it stands."""
    return view_of(number, world.handler, at=MONDAY).state


def done(world: World, number: str, task: str, outcome: str = "", *, at: datetime = MONDAY) -> None:
    """The handler completes a task."""
    commands.complete_task(
        number, seen=None, by=world.handler, at=at, task=task, outcome=outcome, text="看过了"
    )


def offered(world: World, number: str) -> set[str]:
    """The acts that the handler is offered."""
    return {act.code for act in acts_for(view_of(number, world.handler, at=MONDAY), world.handler, MONDAY)}


def waiting_names(number: str, world: World) -> list[str]:
    """What the tasks that wait are called."""
    view = view_of(number, world.handler, at=MONDAY)
    return [one.node.name for one in waiting_in(view.state, view.law)]
