"""The clock agrees with a walk day by day, on more than 100,000 random cases."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from tongban.engine.calendar import Calendar, Clock, Span, SpecialDay, Unit
from tongban.engine.calendar.tests.facts import NOTICE, published_days
from tongban.engine.calendar.tests.walker import (
    stopped_days,
    walk_days,
    walk_hours,
    walk_months,
    walk_workdays,
)

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)
ALL_DAYS = [FIRST + timedelta(days=passed) for passed in range((LAST - FIRST).days + 1)]
Walk = Callable[[set[date], date, int, set[date]], tuple[date, int]]


def random_calendar(random: Random) -> tuple[Calendar, set[date]]:
    """2025 and 2026 as published, later years at random; and its working days, found without it."""
    later = [
        SpecialDay(day, day.weekday() > 4, "节日", NOTICE)
        for day in random.sample(ALL_DAYS, 120)
        if day.year > 2026
    ]
    special = published_days() + later
    works = {entry.day: entry.works for entry in special}
    workdays = {day for day in ALL_DAYS if works.get(day, day.weekday() < 5)}
    return Calendar(FIRST, date(2026, 12, 31), LAST, special), workdays


def random_start(random: Random) -> date:
    """Any day; one in four within a week of a year's end."""
    if random.random() < 0.25:
        return date(random.choice((2025, 2026)), 12, 31) + timedelta(days=random.randint(-7, 7))
    return ALL_DAYS[random.randrange(730)]


def random_stops(random: Random, start: date) -> tuple[Span, ...]:
    stops = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        opens = start + timedelta(days=random.randint(-15, 60))
        stops.append(Span(opens, opens + timedelta(days=random.choice((0, 1, 2, 5, 9, 30)))))
    return tuple(stops)


@pytest.mark.parametrize(
    ("unit", "walk", "most", "cases"),
    [
        ("workday", walk_workdays, 60, 60_000),
        ("day", walk_days, 90, 30_000),
        ("month", walk_months, 6, 12_000),
    ],
)
def test_due_day_and_excluded_days_are_those_of_the_walk(
    unit: Unit, walk: Walk, most: int, cases: int
) -> None:
    random = Random(unit)
    worlds = [random_calendar(random) for _ in range(20)]
    for _ in range(cases):
        calendar, workdays = random.choice(worlds)
        start, limit = random_start(random), random.randint(0, most)
        stops = random_stops(random, start)
        deadline = Clock(limit, start, stops, unit).due(calendar)
        due, excluded = walk(workdays, start, limit, stopped_days(stops))
        assert deadline.due == due, (start, limit, stops)
        assert deadline.excluded == excluded, (start, limit, stops)
        assert deadline.provisional == (deadline.due > date(2026, 12, 31))


def test_hours_are_those_of_a_walk_by_minutes() -> None:
    random = Random("hour")
    calendar, _ = random_calendar(random)
    for _ in range(400):
        start = datetime(2025, 12, 30, tzinfo=UTC) + timedelta(minutes=random.randrange(5000))
        stops = tuple(
            Span(
                opens := start + timedelta(minutes=random.randint(-500, 3000)),
                opens + timedelta(minutes=length),
            )
            for length in random.sample((0, 1, 30, 200, 900), random.randint(0, 3))
        )
        limit = random.randint(0, 48)
        assert Clock(limit, start, stops, "hour").due(calendar).at == walk_hours(start, limit, stops)
