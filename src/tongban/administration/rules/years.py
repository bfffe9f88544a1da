"""A year of the calendar from its holiday notice: judged line by line, and what it would change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import yaml

from tongban.engine.calendar import Calendar
from tongban.kernel.changes import Line

MOST_DAYS: Final = 60
"""More days off or made up than any notice has ever named."""

_ONE: Final = r"(\d{4}-\d{1,2}-\d{1,2})"
_LINE: Final = re.compile(rf"{_ONE}(?:\s*(?:至|到|~|—|-)\s*{_ONE})?\s+(\S{{1,20}})")
_WEEK: Final = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class YearAsked:
    """A notice as it was typed: a day or a span a line, with its festival (2027-02-05至2027-02-11 春节)."""

    year: int
    title: str
    number: str
    issued: date
    off: str
    makeup: str


@dataclass(frozen=True, slots=True)
class YearJudged:
    """The file of the year, or every fault by the question and line it stands in."""

    text: str = ""
    faults: list[dict[str, Any]] = field(default_factory=list)


def judge_year(asked: YearAsked, calendar: Calendar) -> YearJudged:
    """Whether this can be the year after the last published one, or that one corrected.

    A make-up day falls on a weekend; no festival that the law names may be missing.
    """
    faults = [*_year_faults(asked, calendar)]
    off = _days(asked.off, "off", asked.year, faults)
    makeup = _days(asked.makeup, "makeup", asked.year, faults)
    for day in sorted(set(off) & set(makeup)):
        faults.append(_fault("makeup", f"{day} 又放假又上班。", "请核对通知，只留一处。"))
    for day in sorted(makeup):
        if day.weekday() < 5:
            says = f"{day} 是周{_WEEK[day.weekday()]}，本来就上班。"
            faults.append(_fault("makeup", says, "调休上班的日子应在周六或周日，请核对通知。"))
    if not faults:
        for day, festival in _of_law(asked.year, calendar):
            if day not in off:
                says = f"{day} 是{festival}，没有列在放假的日子里。"
                faults.append(_fault("off", says, "法定节日当天必须放假，请对照通知补上。"))
    return YearJudged(faults=faults) if faults else YearJudged(_written(asked, off, makeup))


def changes_of_year(year: int, before: Calendar, after: Calendar) -> list[Line]:
    """Every day of a year that becomes a day off or a working day."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=nth) for nth in range((date(year, 12, 31) - first).days + 1)]
    lines = []
    for day in days:
        was, is_now = (calendar.is_workday(day) for calendar in (before, after))
        if was != is_now:
            special = after.special(day)
            words = f"{special.festival}，" if special else ""
            what = f"{day}（周{_WEEK[day.weekday()]}）"
            lines.append(Line("改为上班" if is_now else "改为放假", what, _kind(was), words + _kind(is_now)))
    return lines


def _kind(works: bool) -> str:
    return "上班" if works else "放假"


def _year_faults(asked: YearAsked, calendar: Calendar) -> Iterator[dict[str, Any]]:
    last = calendar.last_published.year
    if asked.year not in (last, last + 1):
        says = f"现在不能公布 {asked.year} 年。"
        yield _fault("year", says, f"已经公布到 {last} 年：请填 {last + 1}，或者更正 {last} 年。")
    elif not calendar.first.year <= asked.year <= calendar.last.year:
        yield _fault("year", f"法定节日表里没有 {asked.year} 年。", "请先在 festivals.yaml 里补上这一年。")
    if not asked.year - 2 <= asked.issued.year <= asked.year:
        yield _fault("issued", f"印发日期 {asked.issued} 和年份对不上。", "请核对通知的印发日期。")


def _days(typed: str, name: str, year: int, faults: list[dict[str, Any]]) -> dict[date, str]:
    found: dict[date, str] = {}
    for nth, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        span = _span(line.strip())
        if span is None:
            do = "请一行写一天或一段，后面空一格写节日，例如：2027-02-05至2027-02-11 春节。"
            faults.append(_fault(name, f"第 {nth} 行看不懂：{line.strip()[:30]}", do))
            continue
        first, last, festival = span
        for day in (first + timedelta(days=more) for more in range((last - first).days + 1)):
            if day.year != year:
                faults.append(_fault(name, f"第 {nth} 行的 {day} 不在 {year} 年。", "请核对年份。"))
            elif day in found:
                faults.append(_fault(name, f"第 {nth} 行的 {day} 前面已经有了。", "请只留一次。"))
            else:
                found[day] = festival
    if len(found) > MOST_DAYS:
        faults.append(_fault(name, f"一共 {len(found)} 天，太多了。", "请核对起止日期。"))
    return found


def _span(line: str) -> tuple[date, date, str] | None:
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    try:
        first, last = (_day(found[part] or found[1]) for part in (1, 2))
    except ValueError:
        return None
    return (first, last, found[3]) if 0 <= (last - first).days <= MOST_DAYS else None


def _day(text: str) -> date:
    year, month, day = map(int, text.split("-"))
    return date(year, month, day)


def _of_law(year: int, calendar: Calendar) -> Iterator[tuple[date, str]]:
    """The festivals of a year that is not published; of one that is, the notice has them already."""
    day = date(year, 1, 1)
    while day.year == year and year > calendar.last_published.year:
        if festival := calendar.holiday(day):
            yield day, festival
        day += timedelta(days=1)


def _written(asked: YearAsked, off: Mapping[date, str], makeup: Mapping[date, str]) -> str:
    """The file of the year, as the packs folder has it."""
    key = str(asked.year)
    notice = {"title": asked.title, "number": asked.number, "issued": asked.issued, "checked": True}
    told = {
        "year": asked.year,
        "notices": {key: notice},
        "days_off": [{"day": day, "festival": off[day], "notice": key} for day in sorted(off)],
        "makeup_workdays": [{"day": day, "festival": makeup[day], "notice": key} for day in sorted(makeup)],
    }
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False))


def _fault(name: str, says: str, do: str) -> dict[str, Any]:
    return {"name": name, "says": says, "do": do}
