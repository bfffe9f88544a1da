"""What is asked: the calls that wait for an officer, and how one's own stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from tongban.hotline import rules
from tongban.hotline.models import Call, CallBack, found_by
from tongban.hotline.rules import Stage
from tongban.kernel.access import Deed, Viewer, reach
from tongban.kernel.ids import BodyCode
from tongban.kernel.sql import load, run

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call to make, without the number: that is opened one at a time and recorded."""

    id: UUID
    about_name: str
    hours: str
    asked_at: datetime
    due: date
    tries: int


@dataclass(frozen=True, slots=True)
class Happened:
    """An officer of a body opened the number, or called it (`outcome`)."""

    at: datetime
    body: BodyCode
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one's own request stands, with everyone who opened the number."""

    stage: Stage
    about_name: str
    asked_at: datetime
    due: date
    tries: int
    calls: tuple[Happened, ...]

    @property
    def tries_left(self) -> int:
        """How often will be tried still."""
        return max(rules.MOST_TRIES - self.tries, 0)


def calls_waiting(viewer: Viewer) -> list[WaitingCall]:
    """The calls that this officer may make, the most pressing first; at most 100. One statement."""
    within = reach(viewer, Deed.ANSWER_CALL)
    if within.body is None and within.region is None:
        return []
    rows = run(load("tongban.hotline", "waiting"), (within.body, within.region, MOST))
    return [WaitingCall(*row) for row in rows]


def standing_of(phone: str, word: str) -> Standing | None:
    """How the request of this number and code word stands; None where they do not belong together.

    Two statements, one where there is none.
    """
    row = CallBack.objects.filter(found_by=found_by(phone, word)).first()
    if row is None:
        return None
    calls = Call.objects.filter(call_back=row).order_by("id").values_list("at", "body", "outcome")
    happened = tuple(Happened(at, BodyCode(body), outcome) for at, body, outcome in calls)
    return Standing(Stage(row.stage), row.about_name, row.asked_at, row.due, row.tries, happened)
