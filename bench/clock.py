"""What a deadline of 20 working days with two stops costs, against a walk day by day in the same run.

Not named after the package it measures: a script's folder comes first on the path, and a `calendar.py` in it
would stand before the standard library's for every benchmark beside it.
"""

import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from statistics import median
from time import perf_counter_ns

from tongban.cli.installation import packs_folder
from tongban.engine.calendar import Calendar, Clock, Span
from tongban.kernel.calendars import calendar_folder, load_calendar

ONE_DAY = timedelta(days=1)
CLOCKS = 5_000
ROUNDS = 5


def some_clocks() -> list[Clock]:
    """Starts anywhere in six years, each with two stops of up to three weeks."""
    random = Random(1)
    clocks = []
    for _ in range(CLOCKS):
        start = date(2020, 1, 1) + timedelta(days=random.randrange(2190))
        opens = [start + timedelta(days=random.randrange(25)) for _ in range(2)]
        stops = tuple(Span(day, day + timedelta(days=random.randrange(21))) for day in opens)
        clocks.append(Clock(20, start, stops))
    return clocks


def walked(clock: Clock, calendar: Calendar) -> date:
    """The same day found by walking: the floor."""
    day, left = clock.started, clock.limit
    while left:
        day += ONE_DAY
        if calendar.is_workday(day) and not any(stop.holds(day) for stop in clock.stops):
            left -= 1
    return day


def microseconds(find: Callable[[Clock, Calendar], date], clocks: list[Clock], calendar: Calendar) -> float:
    """The median over all clocks of the best of some rounds."""
    best = [float("inf")] * len(clocks)
    for _ in range(ROUNDS):
        for at, clock in enumerate(clocks):
            begun = perf_counter_ns()
            find(clock, calendar)
            best[at] = min(best[at], (perf_counter_ns() - begun) / 1000)
    return median(best)


def main() -> None:
    calendar, clocks = load_calendar(calendar_folder(packs_folder())), some_clocks()
    assert all(clock.due(calendar).due == walked(clock, calendar) for clock in clocks)
    ours = microseconds(lambda clock, calendar: clock.due(calendar).due, clocks, calendar)
    floor = microseconds(walked, clocks, calendar)
    figures = {"median_us": round(ours, 2), "floor_us": round(floor, 2), "ratio": round(ours / floor, 3)}
    print(json.dumps({"bench": "calendar.due", **figures}))


if __name__ == "__main__":
    main()
