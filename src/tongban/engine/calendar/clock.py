"""A legal clock: a limit that runs from a start unless a stop holds it, and the deadline that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, get_args

from tongban.engine.calendar.counting import (
    Unit,
    days_after,
    hours_after,
    months_after,
    workdays_after,
)
from tongban.engine.calendar.days import Calendar
from tongban.engine.calendar.errors import BadClock, StillStopped
from tongban.engine.calendar.instants import aware, end_of, legal_day
from tongban.engine.calendar.spans import Span, instant, united

UNITS: Final = get_args(Unit)


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise or a period of the law. It runs, or it is stopped.

    `started` is day 0: a date, or for hours an aware datetime. `stops` may overlap. `rule` names the figure
    the limit came from, so that a deadline can say why. BadClock for a negative limit or a start that does
    not fit the unit.
    """

    limit: int
    started: date
    stops: tuple[Span, ...] = ()
    unit: Unit = "workday"
    rule: str = ""

    def __post_init__(self) -> None:
        if self.limit < 0:
            raise BadClock(f"a limit cannot be negative: {self.limit}")
        if self.unit not in UNITS:
            raise BadClock(f"a clock counts in {', '.join(UNITS)}, not in {self.unit}")
        if self.unit == "hour":
            _check_instants(self.started, self.stops)
        elif isinstance(self.started, datetime) or any(
            isinstance(stop.start, datetime) for stop in self.stops
        ):
            raise BadClock(f"a clock of {self.unit}s starts and stops on days, not at instants")

    def due(self, calendar: Calendar) -> "Deadline":
        """When the time is over; provisional past the last published notice.

        Days in (stop.start, stop.end] do not count; overlapping stops are united. A stop that begins after
        the time ran out changes nothing. StillStopped while a stop lasts; OutsideCalendar past the calendar.
        """
        if isinstance(self.started, datetime):
            at, held_up = hours_after(self.started, self.limit, self.stops)
            return Deadline(legal_day(at), False, held_up.total_seconds() / 3600, self, calendar.version, at)
        counted = _AFTER[self.unit](calendar, self.started, self.limit, united(self.stops))
        provisional = calendar.is_provisional(counted.last)
        return Deadline(counted.last, provisional, counted.excluded, self, calendar.version)

    def due_if_known(self, calendar: Calendar) -> "Deadline | None":
        """The same, or None while a stop lasts."""
        try:
            return self.due(calendar)
        except StillStopped:
            return None

    def used(self, calendar: Calendar, until: date) -> float:
        """How much of the limit has run by the end of the day `until` (for hours: by that instant), stops
        taken out.

        In working days, natural days (also for months) or hours. Past the deadline it exceeds the limit.
        """
        if isinstance(self.started, datetime):
            return _hours_used(self.started, until, self.stops)
        if until <= self.started:
            return 0
        count = calendar.workdays_between if self.unit == "workday" else _days_between
        return count(self.started, until) - sum(
            count(max(stop.start, self.started), min(stop.end or until, until))
            for stop in united(self.stops)
            if stop.start < until
        )

    def as_record(self) -> dict[str, Any]:
        """Plain JSON values from which `from_record` makes the same clock again."""
        return {
            "rule": self.rule,
            "limit": self.limit,
            "unit": self.unit,
            "started": self.started.isoformat(),
            "stops": [[stop.start.isoformat(), stop.end and stop.end.isoformat()] for stop in self.stops],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Clock":
        """The clock that `as_record` wrote down."""
        stops = tuple(Span(_moment(start), end and _moment(end)) for start, end in record["stops"])
        return cls(record["limit"], _moment(record["started"]), stops, record["unit"], record["rule"])


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a clock, with all that is needed to compute it again: rule, inputs and calendar
    version.

    `excluded`: what stops took out: working days, natural days (also for months) or hours. `at`: the instant,
    for a clock of hours only. No legal effect may fire on a provisional deadline. Deadlines compare by when
    they end.
    """

    due: date
    provisional: bool
    excluded: float
    clock: Clock
    calendar: str
    at: datetime | None = None

    @property
    def ends(self) -> datetime:
        """The instant from which it is too late: 24:00 of the last day (Civil Code Art. 203), or `at`."""
        return self.at or end_of(self.due)

    def as_record(self) -> dict[str, Any]:
        """Plain JSON values, to be stored beside the act that set the deadline."""
        return {
            "due": (self.at or self.due).isoformat(),
            "provisional": self.provisional,
            "excluded": self.excluded,
            "calendar": self.calendar,
            "clock": self.clock.as_record(),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Deadline":
        """The deadline that `as_record` wrote down, as it was then; `clock.due` computes it anew."""
        due = _moment(record["due"])
        day, at = (legal_day(due), due) if isinstance(due, datetime) else (due, None)
        clock = Clock.from_record(record["clock"])
        return cls(day, record["provisional"], record["excluded"], clock, record["calendar"], at)

    def __lt__(self, other: "Deadline") -> bool:
        return self.ends < other.ends

    def __le__(self, other: "Deadline") -> bool:
        return self.ends <= other.ends

    def __gt__(self, other: "Deadline") -> bool:
        return self.ends > other.ends

    def __ge__(self, other: "Deadline") -> bool:
        return self.ends >= other.ends


_AFTER: Final = {"workday": workdays_after, "day": days_after, "month": months_after}


def _check_instants(started: date, stops: tuple[Span, ...]) -> None:
    if not isinstance(started, datetime):
        raise BadClock(f"a clock of hours starts at an instant, not on a day: {started}")
    aware(started)
    for stop in stops:
        stop.in_instants()


def _days_between(after: date, until: date) -> int:
    return max(0, (until - after).days)


def _hours_used(started: datetime, until: date, stops: tuple[Span, ...]) -> float:
    end = instant(until)
    stopped = 0.0
    for stop in united(stop.in_instants() for stop in stops):
        since, till = max(instant(stop.start), started), min(instant(stop.end) if stop.end else end, end)
        stopped += max(0.0, (till - since).total_seconds())
    return max(0.0, ((end - started).total_seconds() - stopped) / 3600)


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
