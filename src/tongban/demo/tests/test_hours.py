"""Office hours and the order of deeds."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tongban.demo.clockwork import Clockwork
from tongban.demo.hours import Hours
from tongban.engine.calendar import SHANGHAI
from tongban.kernel.calendars import calendar_in_force

CALENDAR = calendar_in_force()
HOURS = Hours(CALENDAR)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(instants, st.integers(0, 90))
def test_an_office_opens_on_a_working_day_with_as_much_of_it_left_as_is_needed(
    at: datetime, need: int
) -> None:
    opened = HOURS.opens(at, timedelta(minutes=need))
    here = opened.astimezone(SHANGHAI)
    assert opened >= at
    assert CALENDAR.is_workday(here.date())
    assert 9 <= here.hour < 12 or 13 <= here.hour < 17
    assert here + timedelta(minutes=need) <= here.replace(hour=17, minute=0, second=0, microsecond=0)


def test_an_open_office_is_open_now_and_a_closed_one_after_the_holiday() -> None:
    friday = datetime(2026, 9, 30, 15, 20, tzinfo=SHANGHAI)
    assert HOURS.opens(friday) == friday
    evening = HOURS.opens(friday.replace(hour=18)).astimezone(SHANGHAI)
    assert (evening.date(), evening.hour) == (date(2026, 10, 8), 9), "after the National Day"


@given(instants, st.integers(0, 20), st.floats(0, 1))
def test_later_is_so_many_working_days_later(at: datetime, workdays: int, share: float) -> None:
    later = HOURS.later(at, workdays, share)
    assert later >= at
    if workdays:
        assert (
            CALENDAR.workdays_between(at.astimezone(SHANGHAI).date(), later.astimezone(SHANGHAI).date())
            == workdays
        )


def test_deeds_are_done_in_the_order_of_their_time_and_of_their_putting() -> None:
    begun, done = datetime(2026, 3, 9, tzinfo=UTC), []
    clock = Clockwork()
    clock.put(begun + timedelta(hours=2), lambda at: done.append("later"))
    clock.put(begun, lambda at: done.append("first"))
    clock.put(begun, lambda at: clock.put(at, lambda at: done.append("what came of it")))
    clock.put(begun + timedelta(days=1), lambda at: done.append("too late"))
    assert list(clock.run(begun + timedelta(hours=3))) == [begun, begun, begun, begun + timedelta(hours=2)]
    assert done == ["first", "what came of it", "later"]
    assert clock.take(begun + timedelta(hours=4)) is None
