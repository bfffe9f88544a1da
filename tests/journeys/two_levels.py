"""A city whose item one body examines and another decides, and what its pages look like on the way."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tests.journeys.people import Account, a_person, on_duty, seal
from tests.journeys.visit import Visit
from tongban.cases import commands
from tongban.cases.queries import tasks_to_do, view_of
from tongban.cases.tests.world import JINJIANG, World, two_levels
from tongban.catalogue import api as catalogue
from tongban.engine import packs

EXAMPLE = packs.example_of(Path(settings.PACKS) / "items" / "minimum-living")


@dataclass(frozen=True, slots=True)
class TwoLevels:
    """One item, the street that examines and the district that decides, each with its officers."""

    below: World
    above: World
    resident: Account
    handler: Account
    deciding: Account

    @property
    def slug(self) -> str:
        return self.below.item


def a_city_of_two_levels() -> TwoLevels:
    """The minimum living allowance at two fresh bodies, with people who can sign in."""
    below, above = two_levels("minimum-living")
    # Pages hold the catalogue for two seconds, and a browser that is lent comes sooner.
    catalogue.forget()
    return TwoLevels(below, above, a_person(), on_duty(below.handler), on_duty(above.handler))


def visits() -> list[Visit]:
    """A case that is to be sent up, and one that was, as either body and the applicant see them."""
    city = a_city_of_two_levels()
    to_send, sent = _examined(city), _examined(city)
    now = datetime.now(UTC)
    commands.forward(sent, seen=None, by=city.handler.viewer, at=now, text="入户看过，情况属实，建议批准。")
    seal()
    city.above.take_next(at=now)
    return [
        Visit("act-forward", city.handler, f"/cases/{to_send}/acts/forward"),
        Visit("desk-case-sent-up", city.handler, f"/desk/cases/{sent}"),
        Visit("desk-case-from-below", city.deciding, f"/desk/cases/{sent}"),
        Visit("case-sent-up", city.resident, f"/cases/{sent}"),
    ]


def _examined(city: TwoLevels) -> str:
    """A case of the resident's that the street accepted, and looked into as the drawing wants."""
    now, by = datetime.now(UTC), city.handler.viewer
    application = commands.Application(city.below.item, JINJIANG, EXAMPLE, ())
    number = commands.submit(application, by=city.resident.viewer, key=None, at=now).number
    seal()
    assert city.below.take_next(at=now) == number
    commands.accept(number, seen=None, by=by, at=now)
    while tasks := tasks_to_do(view_of(number, by, at=now)):
        commands.complete_task(number, seen=None, by=by, at=now, task=tasks[0].key)
    return number
