"""By when a measure is to be done, as plans say it: a day, a month, a quarter, a year, or for good (长期)."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

YEARS: Final = range(2000, 2100)
STANDING_CODE: Final = "standing"


class Unit(StrEnum):
    """How exactly a plan says it."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    STANDING = "standing"  # 长期: never over; a report is due every year


@dataclass(frozen=True, slots=True)
class Term:
    """A term by its code: `2026-06-30`, `2026-06`, `2026-Q2`, `2026` or `standing`. `last`: its last day."""

    code: str
    unit: Unit
    last: date | None


STANDING: Final = Term(STANDING_CODE, Unit.STANDING, None)


def term_of(code: str) -> Term:
    """The term of a code; ValueError for what is none."""
    if code == STANDING_CODE:
        return STANDING
    for unit, form, last in _CODES:
        if found := form.fullmatch(code):
            day = last(*map(int, found.groups()))
            if day.year in YEARS:
                return Term(code, unit, day)
    raise ValueError(code)


def term_on(day: date) -> Term:
    """The term that ends on this very day."""
    return Term(day.isoformat(), Unit.DAY, day)


def later(one: Term, other: Term) -> bool:
    """Whether `one` ends after `other`; what is for good ends after everything else."""
    if one.last is None or other.last is None:
        return one.last is None and other.last is not None
    return one.last > other.last


def written(term: Term) -> str:
    """As a spreadsheet says it and `term_in` reads it: 2026年6月30日, 2026年6月底, 2026年第2季度, 长期."""
    day = term.last
    if day is None:
        return "长期"
    match term.unit:
        case Unit.DAY:
            return f"{day.year}年{day.month}月{day.day}日"
        case Unit.MONTH:
            return f"{day.year}年{day.month}月底"
        case Unit.QUARTER:
            return f"{day.year}年第{day.month // 3}季度"
        case _:
            return f"{day.year}年底"


def term_in(typed: str) -> Term | None:
    """The term that somebody wrote, in any way in which plans write it; None where it is none."""
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    text = re.sub(r"(?:前|以前|之前|完成)+$", "", text)
    if re.fullmatch(r"长期(?:坚持|推进|任务)?|持续(?:推进)?", text):
        return STANDING
    for form, code in _SPELLED:
        if found := form.fullmatch(text):
            try:
                return term_of(code(found))
            except ValueError:
                return None
    return None


def _end_of_month(year: int, month: int) -> date:
    first = date(year, month, 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


_CODES: Final[tuple[tuple[Unit, re.Pattern[str], Callable[..., date]], ...]] = (
    (Unit.DAY, re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII), date),
    (Unit.MONTH, re.compile(r"(\d{4})-(\d\d)", re.ASCII), lambda year, month: _end_of_month(year, month)),
    (
        Unit.QUARTER,
        re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
        lambda year, quarter: _end_of_month(year, 3 * quarter),
    ),
    (Unit.YEAR, re.compile(r"(\d{4})", re.ASCII), lambda year: date(year, 12, 31)),
)
_DIGIT: Final = {"一": 1, "二": 2, "三": 3, "四": 4}

Spelled = Callable[[re.Match[str]], str]
_SPELLED: Final[tuple[tuple[re.Pattern[str], Spelled], ...]] = (
    (
        re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII),
        lambda found: f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}",
    ),
    (
        re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:底|末|份)?", re.ASCII),
        lambda found: f"{found[1]}-{int(found[2]):02d}",
    ),
    (
        re.compile(r"(\d{4})年?第?([1-4一二三四])季度(?:底|末|内)?", re.ASCII),
        lambda found: f"{found[1]}-Q{_DIGIT.get(found[2], found[2])}",
    ),
    (
        re.compile(r"(\d{4})年上半年", re.ASCII),
        lambda found: f"{found[1]}-Q2",
    ),
    (re.compile(r"(\d{4})年?(?:底|末|内|年底|下半年)?", re.ASCII), lambda found: found[1]),
)
