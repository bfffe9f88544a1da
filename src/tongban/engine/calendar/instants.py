"""A legal day is a day in Asia/Shanghai, whatever zone an instant was written in."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tongban.engine.calendar.errors import BadClock

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def legal_day(at: datetime) -> date:
    """The day in Asia/Shanghai on which the instant `at` falls; BadClock if it says no zone."""
    return aware(at).astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """The instant at which a legal day is over: 24:00 (Civil Code Art. 203), which is 0:00 of the next."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(days=1)


def aware(at: datetime) -> datetime:
    """The same instant; BadClock if it does not say its zone."""
    if at.utcoffset() is None:
        raise BadClock(f"an instant must say its time zone: {at.isoformat()}")
    return at
