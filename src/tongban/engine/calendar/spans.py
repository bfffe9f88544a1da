"""A stop of a clock: the days it takes out, and how several become one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tongban.engine.calendar.errors import BadSpan
from tongban.engine.calendar.instants import aware, end_of


@dataclass(frozen=True, slots=True)
class Span:
    """The days in (start, end]: the day a stop begins still counts, the day it ends does not.

    The statute gives no formula; half-open follows Civil Code Art. 201, by which the first day is not
    counted. `end` is None while the stop lasts. Both may be aware datetimes, for a clock that counts hours.
    BadSpan if it ends before it begins.
    """

    start: date
    end: date | None

    def __post_init__(self) -> None:
        if self.end is None:
            return
        if isinstance(self.start, datetime) != isinstance(self.end, datetime):
            raise BadSpan(f"a stop is from day to day or from instant to instant: {self.start}..{self.end}")
        if self.end < self.start:
            raise BadSpan(f"a stop cannot end before it begins: {self.start}..{self.end}")

    def holds(self, day: date) -> bool:
        """Whether the stop takes this day out."""
        return self.start < day and (self.end is None or day <= self.end)

    def in_instants(self) -> "Span":
        """The same stop for a clock of hours; a stop in days runs from 24:00 to 24:00 of its ends."""
        return Span(instant(self.start), None if self.end is None else instant(self.end))


def united(stops: Iterable[Span]) -> tuple[Span, ...]:
    """The same stopped time as separate spans in order: overlapping and touching stops become one.

    All in days or all in instants. A stop that still lasts swallows every later one.
    """
    apart: list[Span] = []
    for stop in sorted(stops, key=lambda stop: stop.start):
        last = apart[-1] if apart else None
        if last is None or (last.end is not None and last.end < stop.start):
            apart.append(stop)
        elif last.end is not None and (stop.end is None or stop.end > last.end):
            apart[-1] = Span(last.start, stop.end)
    return tuple(apart)


def instant(moment: date) -> datetime:
    """An end of a stop as an instant, in UTC, so that adding hours is never wall-clock arithmetic."""
    at = aware(moment) if isinstance(moment, datetime) else end_of(moment)
    return at.astimezone(UTC)
