"""The days of a clock, one by one, as a page draws them: from the same counting that gives the deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tongban.engine.calendar.clock import Clock
from tongban.engine.calendar.counting import natural_days
from tongban.engine.calendar.days import Calendar
from tongban.engine.calendar.instants import end_of, legal_day
from tongban.engine.calendar.spans import Span, united

DayKind = Literal["start", "counted", "excluded", "rest", "due"]


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of the strip.

    `start` is day 0, `counted` uses up the limit, `excluded` is stopped by law, `rest` is a weekend or a day
    off, `due` is the last. `festival` names the days off of a festival, on whatever kind.
    """

    day: date
    kind: DayKind
    festival: str | None


def days_of(clock: Clock, calendar: Calendar, until: date | None = None) -> list[DayMark]:
    """Every day from the start to the due day, both included.

    While a stop lasts the due day is unknown and the strip ends with `until`, unmarked; StillStopped without
    it. A stopped weekend of a working-day clock is `rest`: as many days are `excluded` as the deadline says.
    Natural days count weekends; only those between the last day reached and the working day it rolls to are
    `rest`.
    """
    deadline = clock.due(calendar) if until is None else clock.due_if_known(calendar)
    started = legal_day(clock.started) if isinstance(clock.started, datetime) else clock.started
    last = deadline.due if deadline else max(until or started, started)
    kinds = [*_kinds(clock, calendar, started, last)]
    if deadline:
        kinds[-1] = "due"
    days = (started + timedelta(days=passed) for passed in range(len(kinds)))
    return [DayMark(day, kind, calendar.holiday(day)) for day, kind in zip(days, kinds, strict=True)]


def _kinds(clock: Clock, calendar: Calendar, started: date, last: date) -> list[DayKind]:
    kinds: list[DayKind] = ["start"]
    days = [started + timedelta(days=passed) for passed in range(1, (last - started).days + 1)]
    if clock.unit == "hour":
        stops = united(stop.in_instants() for stop in clock.stops)
        return kinds + ["excluded" if _wholly_stopped(day, stops) else "counted" for day in days]
    stops = united(clock.stops)
    if clock.unit == "workday":
        return kinds + [_kind_of_workday(day, calendar, stops) for day in days]
    left = clock.limit if clock.unit == "day" else natural_days(calendar, started, clock.limit)
    for day in days:
        if left > 0 and not _stopped(day, stops):
            kinds.append("counted")
            left -= 1
        elif left > 0:
            kinds.append("excluded")
        else:
            kinds.append(_kind_of_workday(day, calendar, stops))
    return kinds


def _kind_of_workday(day: date, calendar: Calendar, stops: Sequence[Span]) -> DayKind:
    if not calendar.is_workday(day):
        return "rest"
    return "excluded" if _stopped(day, stops) else "counted"


def _stopped(day: date, stops: Sequence[Span]) -> bool:
    return any(stop.holds(day) for stop in stops)


def _wholly_stopped(day: date, stops: Sequence[Span]) -> bool:
    begins, ends = end_of(day - timedelta(days=1)), end_of(day)
    return any(stop.start <= begins and (stop.end is None or ends <= stop.end) for stop in stops)
