"""A case as a line of a list: the colours of its light, and the light in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongban.cases import api as cases
from tongban.kernel.lights import COLOURS


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list: its row, the colours of its light, and the light in words."""

    row: cases.CaseRow
    edge: str
    tag: str
    words: str


def lines_of(rows: Sequence[cases.CaseRow], today: date) -> list[Line]:
    return [_line(row, today) for row in rows]


def _line(row: cases.CaseRow, today: date) -> Line:
    if row.stage == "special-procedure":
        return Line(row, "rest", "", "不计时")
    if row.due is None or row.light is None:
        return Line(row, "rest", "", row.stage_name)
    edge, tag = COLOURS[row.light]
    return Line(row, edge, tag, _until(row.due, today))


def _until(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return f"超期 {-left} 天"
    return "今天到期" if left == 0 else f"{due.month} 月 {due.day} 日到期"
