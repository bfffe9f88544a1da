"""The calendar of `packs/calendar` is whole, says its sources, and a broken file is told by name."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from tongban.engine.calendar import Calendar, Clock
from tongban.kernel.calendars import (
    CalendarFileError,
    calendar_folder,
    calendar_in_force,
    load_calendar,
)

# Counted apart from our files, with two public calendars that agree.
WORKDAYS = {2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
DAYS_OFF_OF_2026 = """
01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02
10-05 10-06 10-07
"""
MAKEUP_WORKDAYS_OF_2026 = "01-04 02-14 02-28 05-09 09-20 10-10"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the calendar's files, to be broken."""
    return Path(shutil.copytree(calendar_folder(settings.PACKS), tmp_path / "calendar"))


def test_the_calendar_in_force_is_that_of_the_packs_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "2019.yaml").unlink()
    monkeypatch.setattr(settings, "PACKS", folder.parent)
    calendar_in_force.cache_clear()
    try:
        assert calendar_in_force().first == date(2020, 1, 1)
    finally:
        calendar_in_force.cache_clear()


def notice_number(calendar: Calendar, day: str) -> str:
    special = calendar.special(date.fromisoformat(day))
    assert special is not None
    return special.notice.number


def test_every_published_year_has_its_working_days() -> None:
    calendar = calendar_in_force()
    counted = {
        year: calendar.workdays_between(date(year, 1, 1), date(year, 12, 31))
        + calendar.is_workday(date(year, 1, 1))
        for year in WORKDAYS
    }
    assert counted == WORKDAYS
    assert calendar.first == date(2019, 1, 1)
    assert calendar.last_published >= date(2026, 12, 31)


def test_2026_is_worked_as_published() -> None:
    calendar = calendar_in_force()
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    off = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not calendar.is_workday(day)]
    made_up = [f"{day:%m-%d}" for day in days if day.weekday() > 4 and calendar.is_workday(day)]
    assert off == DAYS_OFF_OF_2026.split()
    assert made_up == MAKEUP_WORKDAYS_OF_2026.split()


def test_a_day_cites_the_notice_that_decided_it() -> None:
    calendar = calendar_in_force()
    assert notice_number(calendar, "2019-02-04") == "国办发明电〔2018〕15号"
    assert notice_number(calendar, "2019-05-02") == "国办发明电〔2019〕3号"
    assert notice_number(calendar, "2020-01-30") == "国办发明电〔2019〕16号"
    assert notice_number(calendar, "2020-01-31") == "国办发明电〔2020〕1号"
    assert notice_number(calendar, "2022-12-31") == "国办发明电〔2022〕16号"
    assert notice_number(calendar, "2027-10-01") == "国务院令第795号"


def test_years_without_a_notice_know_the_festivals_of_the_law_and_no_exchanged_days() -> None:
    calendar = calendar_in_force()
    for year in range(calendar.last_published.year + 1, calendar.last.year + 1):
        days = [
            date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
        ]
        off = [calendar.holiday(day) or "" for day in days if calendar.holiday(day)]
        assert sum(len(names.split("、")) for names in off) == 13, year  # Article 2: 1+4+1+2+1+1+3
        assert not any(calendar.is_workday(day) for day in days if day.weekday() > 4)
    assert Clock(5, date(2029, 12, 28)).due(calendar).provisional


def test_a_newly_published_year_takes_the_place_of_its_festivals(folder: Path) -> None:
    notice = "{title: 通知, number: '', issued: 2026-11-05, checked: false}"
    (folder / "2027.yaml").write_text(
        f"""year: 2027
notices: {{n: {notice}}}
days_off: [{{day: 2027-01-01, festival: 元旦, notice: n}}]
makeup_workdays: [{{day: 2027-01-09, festival: 元旦, notice: n}}]
""",
        encoding="utf-8",
    )
    before, after = calendar_in_force(), load_calendar(folder)
    assert before.version != after.version
    assert (after.last_published, after.last) == (date(2027, 12, 31), before.last)
    assert after.is_workday(date(2027, 1, 9))
    assert after.special(date(2027, 2, 8)) is None
    clock = Clock(5, date(2027, 1, 4))
    assert (clock.due(before).due, clock.due(before).provisional) == (date(2027, 1, 11), True)
    assert (clock.due(after).due, clock.due(after).provisional) == (date(2027, 1, 9), False)


def test_a_missing_year_is_told(folder: Path) -> None:
    (folder / "2022.yaml").unlink()
    with pytest.raises(CalendarFileError, match=r"nothing is said of \[2022\]"):
        load_calendar(folder)


def test_an_unpublished_year_without_festivals_is_told(folder: Path) -> None:
    (folder / "2026.yaml").unlink()
    with pytest.raises(CalendarFileError, match=r"nothing is said of \[2026\]"):
        load_calendar(folder)


def test_a_folder_without_a_year_is_told(tmp_path: Path) -> None:
    with pytest.raises(CalendarFileError, match="no year"):
        load_calendar(tmp_path)


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("year: 2023", "year: 2024", "not days of 2023"),
        ("{day: 2023-01-02,", "{day: 2024-01-02,", "not days of 2023: 2024-01-02"),
        ('notice: "2024"', 'notice: "elsewhere"', "elsewhere"),
        ("festival: 元旦", "name: 元旦", "festival"),
        ("days_off:", "off:", "days_off"),
        ("    number: 国办发明电〔2022〕16号\n", "", "number"),
        ("{day: 2023-01-02,", "{day: 2023-01-01,", "2023-01-01 is given twice"),
        ("{day: 2023-01-28,", "{day: 2023-01-30,", "cannot be a make-up working day"),
        ("{day: 2023-01-02,", "{day: not a day,", "2023.yaml"),
        ("year: 2023", "year: [2023", "2023.yaml: cannot be read"),
    ],
)
def test_a_broken_file_is_told(folder: Path, was: str, becomes: str, complaint: str) -> None:
    file = folder / "2023.yaml"
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(CalendarFileError, match=complaint):
        load_calendar(folder)
