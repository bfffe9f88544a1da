"""Calendar: working days as versioned data, and the clocks of the law that count them.

Owns: which day is worked, the four units of legal time, stops, deadlines, the strip of days a page draws.
Says: "due", "used", "days of", "legal day".
Asks: nobody; the days arrive as values, and no function here knows what day it is today.
"""

from tongban.engine.calendar.clock import Clock, Deadline
from tongban.engine.calendar.counting import (
    Unit,
    corresponding_day,
    days_after,
    hours_after,
    months_after,
    workdays_after,
)
from tongban.engine.calendar.days import Calendar, Notice, SpecialDay
from tongban.engine.calendar.errors import (
    BadCalendar,
    BadClock,
    BadSpan,
    CalendarError,
    OutsideCalendar,
    StillStopped,
)
from tongban.engine.calendar.instants import SHANGHAI, end_of, legal_day
from tongban.engine.calendar.spans import Span, united
from tongban.engine.calendar.strip import DayKind, DayMark, days_of

__all__ = [
    "SHANGHAI",
    "BadCalendar",
    "BadClock",
    "BadSpan",
    "Calendar",
    "CalendarError",
    "Clock",
    "DayKind",
    "DayMark",
    "Deadline",
    "Notice",
    "OutsideCalendar",
    "Span",
    "SpecialDay",
    "StillStopped",
    "Unit",
    "corresponding_day",
    "days_after",
    "days_of",
    "end_of",
    "hours_after",
    "legal_day",
    "months_after",
    "united",
    "workdays_after",
]
