"""The calendar that is in force, year by year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tongban.engine.calendar import Calendar, SpecialDay
from tongban.kernel.calendars import calendar_in_force

AHEAD: Final = 2
"""Years shown of those for which there is no notice yet."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year: whether its notice is published, that notice, and what is unlike its weekday."""

    year: int
    published: bool
    title: str
    number: str
    workdays: int
    off: list[SpecialDay]
    makeup: list[SpecialDay]


def years() -> list[YearRow]:
    """The years of the calendar in force, and some that are not published yet, the latest first."""
    calendar = calendar_in_force()
    latest = min(calendar.last.year, calendar.last_published.year + AHEAD)
    return [_year(calendar, year) for year in range(latest, calendar.first.year - 1, -1)]


def _year(calendar: Calendar, year: int) -> YearRow:
    special = [found for day in _days(year) if (found := calendar.special(day))]
    notice = special[0].notice
    return YearRow(
        year=year,
        published=year <= calendar.last_published.year,
        title=notice.title,
        number=notice.number,
        workdays=sum(map(calendar.is_workday, _days(year))),
        off=[one for one in special if not one.works],
        makeup=[one for one in special if one.works],
    )


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
