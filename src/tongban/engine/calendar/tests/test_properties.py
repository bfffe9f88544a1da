"""What must hold of every clock, whatever the calendar."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.calendar import Calendar, Clock, Deadline, Span, Unit, days_of, united
from tongban.engine.calendar.tests.walker import stopped_days
from tongban.engine.calendar.tests.worlds import calendars, day_units, limits, several_stops, spans, starts

Stops = tuple[Span, ...]
months = st.integers(0, 6)


@given(calendars(), starts, limits, several_stops, spans(), day_units)
def test_a_stop_never_shortens(
    calendar: Calendar, start: date, limit: int, stops: Stops, another: Span, unit: Unit
) -> None:
    without = Clock(limit, start, stops, unit).due(calendar)
    assert Clock(limit, start, (*stops, another), unit).due(calendar) >= without


@given(calendars(), starts, months, several_stops, spans())
def test_a_stop_never_shortens_months(
    calendar: Calendar, start: date, limit: int, stops: Stops, another: Span
) -> None:
    without = Clock(limit, start, stops, "month").due(calendar)
    assert Clock(limit, start, (*stops, another), "month").due(calendar) >= without


@given(calendars(), starts, limits, spans(), st.integers(0, 40), day_units)
def test_splitting_a_stop_changes_nothing(
    calendar: Calendar, start: date, limit: int, stop: Span, cut: int, unit: Unit
) -> None:
    assert stop.end is not None
    middle = min(stop.start + timedelta(days=cut), stop.end)
    parts = (Span(middle, stop.end), Span(stop.start, middle))
    whole, split = Clock(limit, start, (stop,), unit), Clock(limit, start, parts, unit)
    assert split.due(calendar).due == whole.due(calendar).due
    assert split.due(calendar).excluded == whole.due(calendar).excluded


@given(calendars(), starts, st.integers(0, 30), limits, several_stops, day_units)
def test_a_later_start_is_never_due_earlier(
    calendar: Calendar, start: date, later: int, limit: int, stops: Stops, unit: Unit
) -> None:
    moved = Clock(limit, start + timedelta(days=later), stops, unit).due(calendar)
    assert moved >= Clock(limit, start, stops, unit).due(calendar)


@given(calendars(), starts, st.integers(0, 30), months)
def test_months_from_a_later_start_are_never_due_earlier(
    calendar: Calendar, start: date, later: int, limit: int
) -> None:
    moved = Clock(limit, start + timedelta(days=later), (), "month").due(calendar)
    assert moved >= Clock(limit, start, (), "month").due(calendar)


@given(calendars(), starts, limits, st.integers(0, 30), several_stops, day_units)
def test_a_longer_limit_is_never_due_earlier(
    calendar: Calendar, start: date, limit: int, more: int, stops: Stops, unit: Unit
) -> None:
    longer = Clock(limit + more, start, stops, unit).due(calendar)
    assert longer >= Clock(limit, start, stops, unit).due(calendar)


@given(calendars(), starts, limits, several_stops)
def test_a_stop_after_the_due_day_changes_nothing(
    calendar: Calendar, start: date, limit: int, stops: Stops
) -> None:
    due = Clock(limit, start, stops).due(calendar).due
    assert Clock(limit, start, (*stops, Span(due, None))).due(calendar).due == due


@given(calendars(), starts, limits, several_stops, day_units)
def test_the_strip_counts_what_the_deadline_says(
    calendar: Calendar, start: date, limit: int, stops: Stops, unit: Unit
) -> None:
    clock = Clock(limit, start, stops, unit)
    deadline, strip = clock.due(calendar), days_of(clock, calendar)
    kinds = [mark.kind for mark in strip]
    assert [mark.day for mark in strip] == [
        start + timedelta(days=passed) for passed in range((deadline.due - start).days + 1)
    ]
    assert kinds[-1] == "due"
    assert kinds.count("excluded") == deadline.excluded
    if unit == "workday" and limit:
        assert kinds.count("counted") == limit - 1
        assert clock.used(calendar, deadline.due) == limit


@given(calendars(), starts, limits, several_stops, day_units)
def test_a_stored_deadline_is_computed_again_the_same(
    calendar: Calendar, start: date, limit: int, stops: Stops, unit: Unit
) -> None:
    deadline = Clock(limit, start, stops, unit, "licensing.decide_within").due(calendar)
    stored = Deadline.from_record(deadline.as_record())
    assert stored == deadline
    assert stored.clock.due(calendar) == deadline


@given(st.lists(spans(), max_size=8))
def test_united_stops_hold_the_same_days_and_lie_apart(stops: list[Span]) -> None:
    joined = united(stops)
    assert stopped_days(joined) == stopped_days(stops)
    for earlier, later in pairwise(joined):
        assert earlier.end is not None
        assert earlier.end < later.start
