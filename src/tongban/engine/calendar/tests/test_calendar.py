"""The calendar itself: its days, its counts, its version, and what it refuses to be made of."""

from datetime import date

import pytest

from tongban.engine.calendar import BadCalendar, Calendar, OutsideCalendar, SpecialDay
from tongban.engine.calendar.tests.facts import DAYS_OFF, MAKEUP_WORKDAYS, NOTICE, real_calendar

CALENDAR = real_calendar()


def off(day: str) -> SpecialDay:
    return SpecialDay(date.fromisoformat(day), False, "节日", NOTICE)


@pytest.mark.parametrize("year", [2025, 2026])
def test_2025_and_2026_have_248_working_days(year: int) -> None:
    assert CALENDAR.workdays_between(date(year, 1, 1), date(year, 12, 31)) == 248


def test_days_off_are_not_worked_and_make_up_days_are() -> None:
    assert not any(CALENDAR.is_workday(date.fromisoformat(day)) for day in DAYS_OFF.split())
    assert all(CALENDAR.is_workday(date.fromisoformat(day)) for day in MAKEUP_WORKDAYS.split())


def test_a_special_day_keeps_its_source_and_a_day_off_its_name() -> None:
    makeup = CALENDAR.special(date(2025, 9, 28))
    assert makeup is not None
    assert (makeup.works, makeup.notice) == (True, NOTICE)
    assert CALENDAR.holiday(date(2025, 9, 28)) is None
    assert CALENDAR.holiday(date(2025, 10, 1)) == "节日"
    assert CALENDAR.special(date(2025, 9, 29)) is None


def test_working_days_between_leave_the_first_day_out_and_take_the_last_in() -> None:
    assert CALENDAR.workdays_between(date(2025, 9, 26), date(2025, 9, 28)) == 1
    assert CALENDAR.workdays_between(date(2025, 9, 28), date(2025, 9, 26)) == 0


def test_the_first_working_day_from_a_working_day_is_that_day() -> None:
    assert CALENDAR.first_workday_from(date(2025, 9, 30)) == date(2025, 9, 30)
    assert CALENDAR.first_workday_from(date(2025, 10, 1)) == date(2025, 10, 9)


def test_a_calendar_may_begin_with_a_day_of_rest() -> None:
    calendar = Calendar(date(2025, 3, 1), date(2025, 3, 9), date(2025, 3, 9), ())
    assert not calendar.is_workday(date(2025, 3, 1))
    assert calendar.first_workday_from(date(2025, 3, 1)) == date(2025, 3, 3)
    with pytest.raises(OutsideCalendar):
        calendar.first_workday_from(date(2025, 3, 8))


def test_a_calendar_may_hold_no_working_day_at_all() -> None:
    calendar = Calendar(date(2025, 3, 1), date(2025, 3, 2), date(2025, 3, 2), ())
    assert not calendar.is_workday(date(2025, 3, 1))


def test_the_version_changes_with_the_working_days_and_with_nothing_else() -> None:
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    one = Calendar(first, last, last, [off("2025-03-04")])
    renamed = Calendar(first, last, last, [SpecialDay(date(2025, 3, 4), False, "另一名称", NOTICE)])
    other = Calendar(first, last, last, [off("2025-03-05")])
    assert one.version == renamed.version != other.version
    assert one.version.startswith("2025.")


def test_days_that_make_no_calendar_are_refused() -> None:
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    with pytest.raises(BadCalendar, match="twice"):
        Calendar(first, last, last, [off("2025-03-04"), off("2025-03-04")])
    with pytest.raises(BadCalendar, match="outside"):
        Calendar(first, last, last, [off("2026-03-04")])
    with pytest.raises(BadCalendar, match="no weekend"):
        Calendar(first, last, last, [SpecialDay(date(2025, 3, 4), True, "节日", NOTICE)])
    with pytest.raises(BadCalendar, match="forward"):
        Calendar(last, first, last, [])
