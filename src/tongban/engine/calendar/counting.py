"""The four units of legal time, each a plain function of a start, a limit and the stops.

The three that count days take stops that are `united`. All raise OutsideCalendar past the calendar, and
StillStopped where a stop that still lasts began before the time ran out. A stop that begins later changes
nothing. A limit of 0 means the same day.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from tongban.engine.calendar.days import Calendar
from tongban.engine.calendar.errors import BadClock, OutsideCalendar, StillStopped
from tongban.engine.calendar.instants import SHANGHAI
from tongban.engine.calendar.spans import Span, instant, united

Unit = Literal["workday", "day", "month", "hour"]


class Counted(NamedTuple):
    """The last day, and how many days the stops took out on the way (working days, or natural days)."""

    last: date
    excluded: int


def workdays_after(calendar: Calendar, start: date, limit: int, stops: Sequence[Span] = ()) -> Counted:
    """The `limit`-th working day after `start` (行政许可法 Art. 82; Civil Code Art. 201: the start is day 0).

    Working days inside a stop do not count; its weekends and holidays never did.
    """
    place = calendar.place(start) + limit
    if limit == 0:
        return Counted(start, 0)
    excluded = 0
    for stop in stops:
        since = max(stop.start, start)
        if calendar.place(since) >= place + excluded:
            break
        if stop.end is None:
            raise StillStopped(stop.start)
        excluded += calendar.workdays_between(since, stop.end)
    return Counted(calendar.workday_at(place + excluded), excluded)


def days_after(calendar: Calendar, start: date, limit: int, stops: Sequence[Span] = ()) -> Counted:
    """The `limit`-th natural day after `start`; if that is a day of rest, the first working day after it.

    Civil Code Arts. 201 and 203. Each day inside a stop pushes the end by one. The day it rolls to is one on
    which the clock runs.
    """
    calendar.place(start)
    if limit == 0:
        return Counted(start, 0)
    try:
        last, excluded = pushed(start, limit, stops)
    except OverflowError:
        raise OutsideCalendar(calendar.first, calendar.last) from None
    due = _first_open_day(calendar, last, stops)
    waited = sum(
        calendar.workdays_between(max(stop.start, last), min(stop.end, due))
        for stop in stops
        if stop.end is not None and stop.start < due
    )
    return Counted(due, excluded + waited)


def months_after(calendar: Calendar, start: date, limit: int, stops: Sequence[Span] = ()) -> Counted:
    """The corresponding day `limit` months later (Civil Code Art. 202), pushed and rolled as days are."""
    return days_after(calendar, start, natural_days(calendar, start, limit), stops)


def hours_after(start: datetime, limit: int, stops: Sequence[Span] = ()) -> tuple[datetime, timedelta]:
    """The instant `limit` hours after `start`, in Asia/Shanghai, and how long stops held it up on the way.

    Hours run straight through nights, weekends and holidays (Civil Code Art. 201). A stop in days takes out
    the time from 24:00 of its first day to 24:00 of its last. BadClock if the end is past the year 9999.
    """
    held_up = timedelta()
    try:
        end = instant(start) + timedelta(hours=limit)
        for stop in united(stop.in_instants() for stop in stops):
            since = max(instant(stop.start), start)
            if since >= end:
                break
            if stop.end is None:
                raise StillStopped(instant(stop.start).astimezone(SHANGHAI))
            stopped = max(instant(stop.end) - since, timedelta())
            held_up += stopped
            end += stopped
        return end.astimezone(SHANGHAI), held_up
    except OverflowError:
        raise BadClock("the hours lead past the year 9999") from None


def corresponding_day(start: date, months: int) -> date:
    """The same day of the month `months` later; the month's end where there is none (Civil Code Art. 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def natural_days(calendar: Calendar, start: date, months: int) -> int:
    """How many natural days `months` are, counted from `start`."""
    if months > (calendar.last.year - start.year + 1) * 12:
        raise OutsideCalendar(calendar.first, calendar.last)
    return (corresponding_day(start, months) - start).days


def pushed(start: date, limit: int, stops: Sequence[Span]) -> Counted:
    """The `limit`-th natural day after `start` that no stop holds, be it worked or not."""
    last = start + timedelta(days=limit)
    excluded = 0
    for stop in stops:
        since = max(stop.start, start)
        if since >= last:
            break
        if stop.end is None:
            raise StillStopped(stop.start)
        if stop.end > since:
            excluded += (stop.end - since).days
            last += stop.end - since
    return Counted(last, excluded)


def _first_open_day(calendar: Calendar, day: date, stops: Sequence[Span]) -> date:
    """The first working day from `day` on that no stop holds."""
    while True:
        day = calendar.first_workday_from(day)
        stop = next((stop for stop in stops if stop.holds(day)), None)
        if stop is None:
            return day
        if stop.end is None:
            raise StillStopped(stop.start)
        day = stop.end + timedelta(days=1)
