"""Which cases an officer asks for: what a number on the page of figures counted, and its list shows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from tongban.cases.rules.clocks import Light
from tongban.cases.rules.life import CLOSED, Stage
from tongban.engine.calendar import Calendar, end_of, workdays_after
from tongban.kernel.ids import BodyCode, ItemCode, OfficerId

SOON: Final = 3
"""Working days within which a deadline is soon (our own): time enough to give a case to somebody else."""

OPEN: Final = sorted(set(Stage) - CLOSED)
"""The stages of open cases."""


class Where(StrEnum):
    """On which side of the turn an open case is."""

    QUEUE = "queue"
    OFFICER = "officer"
    NEITHER = "neither"


class Outcome(StrEnum):
    """What became of a case; a decision that was undone is none."""

    GRANTED = "granted"
    REFUSED = "refused"
    OTHERWISE = "ended-otherwise"


OTHERWISE: Final = (Stage.NOT_ACCEPTED, Stage.REVOKED, Stage.TERMINATED, Stage.WITHDRAWN)


class Among(StrEnum):
    """The cases that are looked through for those that are asked for: as few as hold them all."""

    OPEN = "open"
    MOVED = "moved"
    LEFT = "left"
    OVERTOOK = "overtook"
    ALL = "all"


class Sorting(StrEnum):
    """How a list is sorted."""

    PRESSING = "pressing"
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; all of it holds at once, and None is no narrowing.

    `due_by`: open, not stopped, not yet late, and due by that day. `arrived`, `accepted`, `decided`, `ended`:
    what happened on that day and was not undone. `left`: open at the end of that day. `said`: of its being
    late, as `lateness.standing` has it. `overtook`: taken ahead of earlier ones for this reason, on `since`
    or later.
    """

    open: bool = False
    stage: Stage | None = None
    where: Where | None = None
    light: Light | None = None
    outcome: Outcome | None = None
    due_by: date | None = None
    item: ItemCode | None = None
    body: BodyCode | None = None
    officer: OfficerId | None = None
    arrived: date | None = None
    accepted: date | None = None
    decided: date | None = None
    ended: date | None = None
    left: date | None = None
    said: str | None = None
    overtook: str | None = None
    since: date | None = None

    @property
    def among(self) -> Among:
        """Among which cases those asked for are to be found."""
        if self.overtook:
            return Among.OVERTOOK
        if self._days:
            return Among.MOVED
        if self.left:
            return Among.LEFT
        of_open = any(
            (self.open, self.where, self.light, self.due_by, self.officer, self.said, self.stage in OPEN)
        )
        return Among.OPEN if of_open else Among.ALL

    @property
    def sortings(self) -> tuple[Sorting, ...]:
        """The sortings that make sense, the best first: what is over presses no more."""
        if self.among is Among.OPEN:
            return (Sorting.PRESSING, Sorting.OLDEST, Sorting.NEWEST)
        return (Sorting.NEWEST, Sorting.OLDEST)

    @property
    def moved_since(self) -> datetime | None:
        """The instant since when whatever is asked for stands as it does; what stood so before is not it."""
        if self._days:
            return beginning_of(max(self._days))
        return end_of(self.left) if self.left else None

    @property
    def stages(self) -> list[Stage]:
        """The stages that are left, where all cases are looked through."""
        named = set(Stage) if self.stage is None else {self.stage}
        ended = set(OTHERWISE) if self.outcome is Outcome.OTHERWISE else set(Stage)
        return sorted(named & ended)

    @property
    def granted(self) -> bool | None:
        """The decision that is asked for, if it is one."""
        return {Outcome.GRANTED: True, Outcome.REFUSED: False}.get(self.outcome) if self.outcome else None

    @property
    def _days(self) -> list[date]:
        return [day for day in (self.arrived, self.accepted, self.decided, self.ended) if day]

    def as_record(self, today: date) -> dict[str, Any]:
        """The narrowing as `sql/narrowed.sql` reads it."""
        return {
            **{name: getattr(self, name) for name in _AS_THEY_ARE},
            "today": today,
            "is_open": self.open,
            "stages": self.stages,
            "granted": self.granted,
            "moved_since": self.moved_since,
            "overtook_since": beginning_of(self.since) if self.since else None,
            "left_on": self.left,
        }


_AS_THEY_ARE: Final = (
    *("where", "light", "due_by", "item", "body", "officer", "said"),
    *("arrived", "accepted", "decided", "ended", "overtook"),
)


def beginning_of(day: date) -> datetime:
    """The instant at which a legal day begins."""
    return end_of(day - timedelta(days=1))


def soon_by(today: date, calendar: Calendar) -> date:
    """The last day that is soon."""
    return workdays_after(calendar, today, SOON).last
