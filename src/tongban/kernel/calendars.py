"""The calendar of the packs folder: published years by their notices, later years by the law of festivals."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml
from django.conf import settings

from tongban.engine.calendar import BadCalendar, Calendar, Notice, SpecialDay

# The safe loader of libyaml where it is built in: ten times as fast.
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CalendarFileError(Exception):
    """A file of the calendar cannot be understood; the text names the file and what is wrong."""


def calendar_folder(packs: Path) -> Path:
    """Where a packs folder keeps its calendar."""
    return packs / "calendar"


Years = Mapping[int, str]
"""Years of the calendar by their number, each as the text of its file."""


class _Published:
    years: Years = {}


@cache
def calendar_in_force() -> Calendar:
    """The calendar of the packs folder, and of the years that were put in force beside it."""
    return load_calendar(calendar_folder(settings.PACKS), _Published.years)


def take_years(years: Years) -> None:
    """Have these years go before those of the packs folder, in this process, from now on."""
    if years != _Published.years:
        _Published.years = dict(years)
        calendar_in_force.cache_clear()


def calendar_with(year: int, text: str) -> Calendar:
    """The calendar as it would be with this year; CalendarFileError where it cannot be."""
    return load_calendar(calendar_folder(settings.PACKS), {**_Published.years, year: text})


def load_calendar(folder: Path, years: Years = MappingProxyType({})) -> Calendar:
    """The calendar of a folder with `<year>.yaml` for every published year and `festivals.yaml` for later
    ones; `years` go before the files of the same name.

    CalendarFileError if a year is missing, a day stands in the wrong year or cites no notice, or a file is
    not as the others are.
    """
    files = {int(file.stem): file for file in folder.glob("[0-9]*.yaml")}
    published = sorted({*files, *years})
    if not published:
        raise CalendarFileError(f"{folder}: no year of the calendar is here")
    texts = {year: _parsed(text, str(year)) for year, text in years.items()}
    contents = {year: texts[year] if year in texts else _content(files[year]) for year in published}
    days = [day for year in published for day in _days_of_year(folder / f"{year}.yaml", year, contents[year])]
    festivals = _festivals(folder / "festivals.yaml", after=published[-1])
    later = sorted({festival.day.year for festival in festivals})
    _check_no_gap(folder, [*published, *later])
    first, last_published = date(published[0], 1, 1), date(published[-1], 12, 31)
    last = date([*published, *later][-1], 12, 31)
    try:
        return Calendar(first, last_published, last, [*days, *festivals])
    except BadCalendar as wrong:
        raise CalendarFileError(f"{folder}: {wrong}") from wrong


def _days_of_year(file: Path, year: int, content: Any) -> list[SpecialDay]:
    with _understanding(file):
        notices = {key: Notice(**notice) for key, notice in content["notices"].items()}
        days = [
            SpecialDay(entry["day"], works, entry["festival"], notices[entry["notice"]])
            for kind, works in (("days_off", False), ("makeup_workdays", True))
            for entry in content[kind]
        ]
        strays = [str(day.day) for day in days if day.day.year != year or content["year"] != year]
    if strays:
        raise CalendarFileError(f"{file}: not days of {year}: {', '.join(strays)}")
    return days


def _festivals(file: Path, *, after: int) -> list[SpecialDay]:
    content = _content(file)
    with _understanding(file):
        regulation = content["regulation"]
        title = f"{regulation['title']} {regulation['article']}"
        law = Notice(title, regulation["number"], regulation["issued"], regulation["checked"])
        return [
            SpecialDay(entry["day"], False, entry["festival"], law, entry["checked"])
            for year, entries in content["years"].items()
            if year > after
            for entry in entries
        ]


def _check_no_gap(folder: Path, years: list[int]) -> None:
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        raise CalendarFileError(f"{folder}: between {years[0]} and {years[-1]} nothing is said of {missing}")


def _content(file: Path) -> Any:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise _unreadable(file, wrong) from wrong
    return _parsed(text, file)


def _parsed(text: str, told: object) -> Any:
    try:
        return yaml.load(text, LOADER)
    except yaml.YAMLError as wrong:
        raise _unreadable(told, wrong) from wrong


def _unreadable(told: object, wrong: Exception) -> CalendarFileError:
    return CalendarFileError(f"{told}: cannot be read: {' '.join(str(wrong).split())}")


@contextmanager
def _understanding(file: Path) -> Iterator[None]:
    """A file that is not as it should be becomes one plain sentence."""
    try:
        yield
    except (KeyError, TypeError, AttributeError) as wrong:
        raise CalendarFileError(f"{file}: is not as a file of the calendar should be: {wrong!r}") from wrong
