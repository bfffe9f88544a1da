"""A clock that walks day by day with nothing but sets of dates: slow, and plain enough to be believed."""

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tongban.engine.calendar import Span

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


def stopped_days(stops: Iterable[Span]) -> set[date]:
    """Every single day in (start, end] of any stop."""
    days = set()
    for stop in stops:
        assert stop.end is not None
        day = stop.start
        while day < stop.end:
            day += ONE_DAY
            days.add(day)
    return days


def walk_workdays(workdays: set[date], start: date, limit: int, stopped: set[date]) -> tuple[date, int]:
    day, left, excluded = start, limit, 0
    while left:
        day += ONE_DAY
        if day in workdays and day in stopped:
            excluded += 1
        elif day in workdays:
            left -= 1
    return day, excluded


def walk_days(workdays: set[date], start: date, limit: int, stopped: set[date]) -> tuple[date, int]:
    day, left, excluded = start, limit, 0
    while left:
        day += ONE_DAY
        if day in stopped:
            excluded += 1
        else:
            left -= 1
    while limit and (day not in workdays or day in stopped):
        if day in workdays:
            excluded += 1
        day += ONE_DAY
    return day, excluded


def walk_months(workdays: set[date], start: date, limit: int, stopped: set[date]) -> tuple[date, int]:
    year, month = start.year, start.month
    for _ in range(limit):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return walk_days(workdays, start, (last - start).days, stopped)


def walk_hours(start: datetime, limit: int, stops: Iterable[Span]) -> datetime:
    """Minute by minute; the ends of the stops are instants on full minutes."""
    at, left = start, limit * 60
    stops = [*stops]
    while left:
        if not any(stop.start <= at and stop.end is not None and at < stop.end for stop in stops):
            left -= 1
        at += ONE_MINUTE
    return at
