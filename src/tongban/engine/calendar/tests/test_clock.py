"""Clocks by example: starts on days of rest, stops that last, the four units, and what is refused."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tongban.engine.calendar import (
    SHANGHAI,
    BadClock,
    BadSpan,
    Clock,
    Deadline,
    OutsideCalendar,
    Span,
    StillStopped,
    days_of,
    end_of,
    legal_day,
)
from tongban.engine.calendar.tests.facts import real_calendar

CALENDAR = real_calendar()
MONDAY = date(2025, 3, 3)


def test_a_promise_of_no_days_is_due_the_same_day_even_on_a_day_of_rest() -> None:
    sunday = date(2025, 10, 5)
    for unit in ("workday", "day", "month"):
        assert Clock(0, sunday, (), unit).due(CALENDAR).due == sunday


def test_a_stop_that_lasts_leaves_the_due_day_unknown_and_shows_the_days_so_far() -> None:
    clock = Clock(20, MONDAY, (Span(date(2025, 3, 10), None),))
    with pytest.raises(StillStopped, match="since 2025-03-10"):
        clock.due(CALENDAR)
    assert clock.due_if_known(CALENDAR) is None
    strip = days_of(clock, CALENDAR, until=date(2025, 3, 17))
    assert [mark.kind for mark in strip] == (
        ["start", *["counted"] * 4, "rest", "rest", "counted", *["excluded"] * 4, "rest", "rest", "excluded"]
    )
    assert clock.used(CALENDAR, date(2025, 3, 17)) == 5


def test_without_a_day_to_end_with_the_strip_of_a_stopped_clock_is_refused() -> None:
    with pytest.raises(StillStopped):
        days_of(Clock(20, MONDAY, (Span(MONDAY, None),)), CALENDAR)


def test_used_days_exceed_the_limit_once_it_is_past() -> None:
    assert Clock(5, MONDAY).used(CALENDAR, date(2025, 3, 12)) == 7
    assert Clock(5, MONDAY).used(CALENDAR, MONDAY) == 0


def test_the_strip_tells_holidays_by_name_and_the_make_up_day_as_counted() -> None:
    strip = {mark.day: mark for mark in days_of(Clock(5, date(2025, 9, 26)), CALENDAR)}
    assert strip[date(2025, 9, 27)].kind == "rest"
    assert strip[date(2025, 9, 28)].kind == "counted"
    assert (strip[date(2025, 10, 1)].kind, strip[date(2025, 10, 1)].festival) == ("rest", "节日")
    assert strip[date(2025, 10, 10)].kind == "due"


def test_natural_days_count_weekends_and_roll_over_the_holiday() -> None:
    strip = [mark.kind for mark in days_of(Clock(7, date(2025, 9, 26), (), "day"), CALENDAR)]
    assert strip == ["start", *["counted"] * 7, *["rest"] * 5, "due"]


def test_each_stopped_day_pushes_natural_days_and_months_by_one() -> None:
    stop = (Span(date(2025, 3, 4), date(2025, 3, 7)),)
    assert Clock(8, MONDAY, (), "day").due(CALENDAR).due == date(2025, 3, 11)
    assert Clock(8, MONDAY, stop, "day").due(CALENDAR).due == date(2025, 3, 14)
    assert Clock(1, MONDAY, (), "month").due(CALENDAR).due == date(2025, 4, 3)
    assert Clock(1, MONDAY, stop, "month").due(CALENDAR).due == date(2025, 4, 7)


def test_a_rolled_day_never_falls_into_a_stop() -> None:
    saturday, stop = date(2025, 3, 8), Span(date(2025, 3, 9), date(2025, 3, 11))
    assert Clock(5, MONDAY, (), "day").due(CALENDAR).due == date(2025, 3, 10)
    deadline = Clock(5, MONDAY, (stop,), "day").due(CALENDAR)
    assert saturday < deadline.due == date(2025, 3, 12)
    assert deadline.excluded == 2


def test_hours_run_straight_through_the_holiday() -> None:
    start = datetime(2025, 9, 30, 17, 30, tzinfo=SHANGHAI)
    deadline = Clock(24, start, (), "hour").due(CALENDAR)
    assert deadline.at == deadline.ends == datetime(2025, 10, 1, 17, 30, tzinfo=SHANGHAI)
    assert (deadline.due, deadline.provisional) == (date(2025, 10, 1), False)
    assert [mark.kind for mark in days_of(deadline.clock, CALENDAR)] == ["start", "due"]


def test_a_stop_in_days_holds_hours_from_midnight_to_midnight() -> None:
    start = datetime(2025, 3, 3, 12, tzinfo=SHANGHAI)
    clock = Clock(24, start, (Span(MONDAY, date(2025, 3, 5)),), "hour")
    deadline = clock.due(CALENDAR)
    assert deadline.at == datetime(2025, 3, 6, 12, tzinfo=SHANGHAI)
    assert deadline.excluded == 48
    assert [mark.kind for mark in days_of(clock, CALENDAR)] == ["start", "excluded", "excluded", "due"]
    assert clock.used(CALENDAR, datetime(2025, 3, 6, 6, tzinfo=SHANGHAI)) == 18
    assert Deadline.from_record(json.loads(json.dumps(deadline.as_record()))) == deadline


def test_a_day_stopped_in_part_still_counts_in_the_strip_of_hours() -> None:
    start = datetime(2025, 3, 3, 9, tzinfo=SHANGHAI)
    stop = Span(datetime(2025, 3, 4, 12, tzinfo=SHANGHAI), datetime(2025, 3, 6, 12, tzinfo=SHANGHAI))
    strip = days_of(Clock(72, start, (stop,), "hour"), CALENDAR)
    kinds = [mark.kind for mark in strip]
    assert kinds == ["start", "counted", "excluded", "counted", "counted", "due"]


def test_hours_with_a_stop_that_lasts_are_unknown() -> None:
    start = datetime(2025, 3, 3, 12, tzinfo=SHANGHAI)
    clock = Clock(24, start, (Span(start + timedelta(hours=1), None),), "hour")
    assert clock.due_if_known(CALENDAR) is None
    assert clock.used(CALENDAR, start + timedelta(hours=9)) == 1


def test_past_the_last_published_year_a_deadline_is_provisional() -> None:
    before, after = Clock(1, date(2026, 12, 30)).due(CALENDAR), Clock(2, date(2026, 12, 30)).due(CALENDAR)
    assert (before.due, before.provisional) == (date(2026, 12, 31), False)
    assert (after.due, after.provisional) == (date(2027, 1, 4), True)


def test_provisional_days_leave_out_weekends_and_festivals_only() -> None:
    assert Clock(1, date(2027, 2, 4)).due(CALENDAR).due == date(2027, 2, 9)


def test_deadlines_compare_by_the_instant_they_end() -> None:
    day = Clock(1, MONDAY).due(CALENDAR)
    hour = Clock(30, datetime(2025, 3, 3, 17, tzinfo=SHANGHAI), (), "hour").due(CALENDAR)
    assert day.due == hour.due
    assert day.ends == datetime(2025, 3, 5, tzinfo=SHANGHAI)
    assert hour < day
    assert hour <= day
    assert day > hour
    assert day >= hour


def test_a_legal_day_is_a_day_in_shanghai() -> None:
    assert legal_day(datetime(2025, 2, 1, 15, 59, tzinfo=UTC)) == date(2025, 2, 1)
    assert legal_day(datetime(2025, 2, 1, 16, 0, tzinfo=UTC)) == date(2025, 2, 2)
    assert end_of(date(2025, 2, 1)) == datetime(2025, 2, 1, 16, tzinfo=UTC)
    with pytest.raises(BadClock, match="time zone"):
        legal_day(datetime(2025, 2, 1))  # noqa: DTZ001


def test_clocks_that_cannot_be_are_refused() -> None:
    noon = datetime(2025, 3, 3, 12, tzinfo=SHANGHAI)
    with pytest.raises(BadClock, match="negative"):
        Clock(-1, MONDAY)
    with pytest.raises(BadClock, match="not in week"):
        Clock(1, MONDAY, (), "week")  # type: ignore[arg-type]
    with pytest.raises(BadClock, match="starts at an instant"):
        Clock(1, MONDAY, (), "hour")
    with pytest.raises(BadClock, match="on days"):
        Clock(1, noon)
    with pytest.raises(BadClock, match="on days"):
        Clock(1, MONDAY, (Span(noon, noon),))
    with pytest.raises(BadClock, match="time zone"):
        Clock(1, noon, (Span(noon.replace(tzinfo=None), None),), "hour")
    with pytest.raises(BadSpan, match="before it begins"):
        Span(date(2025, 3, 4), MONDAY)
    with pytest.raises(BadSpan, match="instant to instant"):
        Span(MONDAY, noon)


@pytest.mark.parametrize(
    "clock",
    [
        Clock(1, date(2024, 12, 31)),
        Clock(0, date(2024, 12, 31)),
        Clock(1, date(2024, 12, 31), (), "day"),
        Clock(700, date(2026, 1, 5)),
        Clock(10**9, date(2026, 1, 5)),
        Clock(10**9, date(2026, 1, 5), (), "day"),
        Clock(2000, date(2026, 1, 5), (), "day"),
        Clock(10**9, date(2026, 1, 5), (), "month"),
        Clock(30, date(2026, 1, 5), (Span(date(2026, 1, 6), date(9999, 12, 31)),)),
        Clock(30, date(2026, 1, 5), (Span(date(2026, 1, 6), date(9999, 12, 31)),), "day"),
    ],
)
def test_outside_the_calendar_there_is_no_answer(clock: Clock) -> None:
    with pytest.raises(OutsideCalendar, match="from 2025-01-01 to 2027-12-31"):
        clock.due(CALENDAR)


def test_hours_past_the_year_9999_are_refused() -> None:
    with pytest.raises(BadClock, match="9999"):
        Clock(10**9, datetime(2025, 3, 3, 12, tzinfo=SHANGHAI), (), "hour").due(CALENDAR)
