"""Pages of a case in which something may follow, as officer, applicant and window see it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from tests.journeys.people import City, a_city, seal
from tests.journeys.visit import Visit
from tests.journeys.windows import at_a_window
from tongban.cases import commands
from tongban.cases.tests.world import FOOD_MATERIALS, a_tolerant_world
from tongban.identity import api as identity
from tongban.kernel.access import Viewer

FOLLOWS = FOOD_MATERIALS[-1]
"""The kind of material that may follow here."""

DRAWN = Path(settings.PACKS) / "flows" / "tolerant-acceptance.bpmn"


def a_tolerant_city() -> City:
    """A city whose item lets a material follow and is handled along the shipped drawing for that."""
    return a_city(a_tolerant_world(drawn=DRAWN.read_bytes()))


def lacking(city: City, whose: Viewer, at: datetime | None = None) -> str:
    """A case without what may follow, in the handler's hands."""
    now = at or datetime.now(UTC)
    number = city.world.submit(by=whose, at=now, files=FOOD_MATERIALS[:-1]).number
    seal()
    assert city.world.take_next(at=now) == number
    return number


def owing(city: City, whose: Viewer, at: datetime | None = None) -> str:
    """The same, accepted tolerantly."""
    now = at or datetime.now(UTC)
    number = lacking(city, whose, now)
    commands.accept_tolerantly(number, seen=None, by=city.handler.viewer, at=now)
    return number


@dataclass(frozen=True, slots=True)
class Tolerated:
    """Cases of one resident: what may follow is not there, is owed, and is owed for too long."""

    city: City
    lacking: str
    owing: str
    late: str


def tolerated() -> Tolerated:
    """One case in each state."""
    city, long_ago = a_tolerant_city(), datetime.now(UTC) - timedelta(days=20)
    who = city.resident.viewer
    return Tolerated(city, lacking(city, who), owing(city, who), owing(city, who, long_ago))


def tolerance() -> list[Visit]:
    """A case in which something may follow, in each state, for both sides."""
    found = tolerated()
    who, handler = found.city.resident, found.city.handler
    return [
        Visit("case-owing", who, f"/cases/{found.owing}"),
        Visit("case-owing-late", who, f"/cases/{found.late}"),
        Visit("clock-owing", who, f"/cases/{found.owing}/clock"),
        Visit("supply", who, f"/cases/{found.owing}/supply"),
        Visit("supply-faults", who, f"/cases/{found.owing}/supply", "提交材料"),
        Visit("desk-case-lacking", handler, f"/desk/cases/{found.lacking}"),
        Visit("desk-case-owing", handler, f"/desk/cases/{found.owing}"),
        Visit("desk-case-owing-late", handler, f"/desk/cases/{found.late}"),
        Visit("act-terminate-late", handler, f"/cases/{found.late}/acts/terminate"),
        *_at_a_window(),
    ]


def _at_a_window() -> list[Visit]:
    """Whoever stands at a window brings it there."""
    city = a_city(a_tolerant_world())
    stands = at_a_window(city)
    number = owing(city, identity.served(stands.found.person, stands.clerk.viewer, datetime.now(UTC)))
    return [
        Visit("window-case-owing", stands.clerk, f"/desk/window/cases/{number}"),
        Visit("window-supply", stands.clerk, f"/cases/{number}/supply"),
        Visit("window-supply-faults", stands.clerk, f"/cases/{number}/supply", "提交材料"),
    ]
