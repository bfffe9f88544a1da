"""Pages of a case that follows a drawing, as officer and applicant see it."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tests.journeys.people import City, a_city, seal
from tests.journeys.visit import Visit
from tongban.cases import commands
from tongban.cases.tests.tables import a_world_with_a_table
from tongban.cases.tests.world import a_world

VISITED = "两人以上现场核查"
"""The first step after acceptance of the drawing that is followed here."""


def a_drawn_city() -> City:
    """A city whose item is handled along the shipped drawing of a check on site."""
    drawn = (Path(settings.PACKS) / "flows" / "on-site-check.bpmn").read_bytes()
    return a_city(a_world(drawn=drawn))


def accepted(city: City) -> str:
    """A case of the resident's that waits for the check on site."""
    now = datetime.now(UTC)
    number = city.world.submit(by=city.resident.viewer, at=now).number
    seal()
    assert city.world.take_next(at=now) == number
    commands.accept(number, seen=None, by=city.handler.viewer, at=now)
    return number


def a_city_with_a_table() -> City:
    """A city whose item is looked at on the spot where a published table says so."""
    return a_city(a_world_with_a_table())


def flowing() -> list[Visit]:
    """A case on its way: the desk, the step on a page of its own, the applicant; and one that a table led."""
    city, led = a_drawn_city(), a_city_with_a_table()
    number, other = accepted(city), accepted(led)
    return [
        Visit("rule-of-a-flow", None, f"/items/{led.slug}/rule"),
        Visit("guide-with-a-table", None, f"/items/{led.slug}"),
        Visit("desk-case-told-on-the-way", led.handler, f"/desk/cases/{other}"),
        Visit("case-told-on-the-way", led.resident, f"/cases/{other}"),
        Visit("desk-case-drawn", city.handler, f"/desk/cases/{number}"),
        Visit("act-task-faults", city.handler, f"/cases/{number}/acts/task-1", VISITED),
        Visit("case-drawn", city.resident, f"/cases/{number}"),
    ]
