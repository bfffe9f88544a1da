"""Calendars, clocks and stops as hypothesis draws them."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from tongban.engine.calendar import Calendar, Span, SpecialDay
from tongban.engine.calendar.tests.facts import NOTICE

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=passed) for passed in range((LAST - FIRST).days + 1)]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Five years with any days off and any weekends worked; the last two are not published."""
    chosen = Random(draw(st.integers(0, 2**32))).sample(DAYS, draw(st.integers(0, 200)))
    special = [SpecialDay(day, day.weekday() > 4, "节日", NOTICE) for day in chosen]
    return Calendar(FIRST, date(2026, 12, 31), LAST, special)


starts = st.dates(date(2024, 1, 1), date(2026, 6, 30))
limits = st.integers(0, 60)
day_units = st.sampled_from(("workday", "day"))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.dates(date(2023, 12, 1), date(2026, 12, 31)))
    return Span(start, start + timedelta(days=draw(st.integers(0, 40))))


several_stops = st.lists(spans(), max_size=4).map(tuple)
