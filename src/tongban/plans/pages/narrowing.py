"""What a list of measures is narrowed to: in the address, and in words that can be taken away one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from tongban.kernel.ids import BodyCode
from tongban.kernel.lights import COLOURS, LIGHT_NAMES
from tongban.kernel.refusal import Refusal
from tongban.plans.queries import STAGE_NAMES, Figures, Line, Narrowing, PlanView

LONGEST: Final = 60

COUNTED: Final[Mapping[str, str]] = {
    "all": "全部举措",
    **{str(stage): words for stage, words in STAGE_NAMES.items()},
    "to-do": "还没办完",
    **LIGHT_NAMES,
    "week": "本周到期",
    "silent": "太久没有报告",
    "postponed": "延过期",
    "to-answer": "等监督答复",
    "done-late": "完成但晚了",
}
"""What each number is called."""

OF_PLANS: Final = (
    *("all", "not-begun", "under-way", "stuck", "declared", "confirmed"),
    *("red", "yellow", "week", "silent", "postponed", "to-answer", "done-late", "dropped"),
)
OF_BODIES: Final = ("all", "to-do", "confirmed", "red", "yellow", "week", "silent", "postponed")
_LIT: Final = {"red": "red", "yellow": "yellow", "silent": "yellow", "done-late": "yellow"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, what it counts, and the address of its list; nought has none."""

    words: str
    number: int
    address: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter in words, and the address without it."""

    words: str
    without: str


def cells(figures: Figures, marks: tuple[str, ...], narrowed: Narrowing) -> list[Cell]:
    """The numbers of these marks, each with the address of its list, narrowed like what it stands beside."""
    found = []
    for mark in marks:
        number = figures[mark]
        address = f"?{address_of(replace(narrowed, mark=mark))}" if number else ""
        colour = COLOURS[_LIT[mark]][0] if number and mark in _LIT else ""
        found.append(Cell(COUNTED[mark], number, address, colour))
    return found


def narrowing_in(address: Mapping[str, str]) -> Narrowing:
    """What an address asks for; refused where it asks for something that is not there."""
    mark, lead, job = (address.get(name, "")[:LONGEST] for name in ("mark", "lead", "job"))
    if mark and mark not in COUNTED:
        raise Refusal(
            "plans.narrowing.unknown",
            says="地址里有一个筛选条件看不懂。",
            do="请回到方案的页面，从数字点进来。",
            status=422,
        )
    return Narrowing(mark, BodyCode(lead) if lead else None, job)


def address_of(narrowing: Narrowing) -> str:
    """The narrowing as a query string."""
    given = {"mark": narrowing.mark, "lead": narrowing.lead or "", "job": narrowing.job}
    return urlencode({name: value for name, value in given.items() if value})


def filters_of(narrowing: Narrowing, view: PlanView) -> list[Filter]:
    """Every filter in words, with the address without it."""
    found = []
    if narrowing.mark:
        found.append(Filter(COUNTED[narrowing.mark], address_of(replace(narrowing, mark=""))))
    if narrowing.lead:
        name = next((one.lead for one in view.lines if one.state.lead == narrowing.lead), narrowing.lead)
        found.append(Filter(f"{name}牵头", address_of(replace(narrowing, lead=None))))
    if narrowing.job:
        job = next((one for one in view.jobs if one.code == narrowing.job), None)
        words = f"{job.group} {job.code}" if job else narrowing.job
        found.append(Filter(words, address_of(replace(narrowing, job=""))))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """A measure in a list: the colours of its light, and how it presses in words."""

    line: Line
    edge: str
    tag: str
    words: str


def rows_of(lines: list[Line], today: date) -> list[Row]:
    """Measures as rows of a list."""
    return [_row(one, today) for one in lines]


def _row(line: Line, today: date) -> Row:
    light = line.standing.light
    edge, tag = COLOURS[light] if light else ("rest", "")
    return Row(line, edge, tag, pressed(line, today))


def pressed(line: Line, today: date) -> str:
    """How a measure presses: late by so many working days, due on a day; over, and how late that was."""
    standing = line.standing
    what = "年度报告" if standing.yearly else ""
    if standing.light is None:
        return f"晚了 {standing.late} 个工作日完成" if standing.late else line.stage
    if standing.late:
        return f"{what}超期 {standing.late} 个工作日"
    due = standing.due
    assert due is not None, "what has a light has a last day"
    if due == today:
        return f"{what}今天到期"
    if due.year != today.year:
        return f"{what}{due.isoformat()} 到期"
    return f"{what}{due.month} 月 {due.day} 日到期"
