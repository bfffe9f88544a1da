"""A table's file as rows of text: CSV in UTF-8, or one sheet of a workbook."""

import csv
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from tongban.engine.decisions.faults import CellFault
from tongban.engine.sheets import read_whole

MOST_BYTES: Final = 1_000_000
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 26
_WORKBOOK: Final = b"PK"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Grid:
    """Every row as long as the first, each cell without blanks around it; and the line each row begins on."""

    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[int, ...] = ()
    faults: tuple[CellFault, ...] = ()

    def line(self, row: int) -> int:
        """The line of a row, both from 1."""
        return self.lines[row - 1] if 0 < row <= len(self.lines) else 1


@dataclass(slots=True)
class _Draft:
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def grid_of(content: bytes, *, sheet: str) -> Grid:
    """The rows of a CSV file, or of this sheet of a workbook. Nothing is raised, whatever comes."""
    if len(content) > MOST_BYTES:
        return _unreadable("FILE-TOO-LARGE", "文件超过 1 MB。请拆分或删去无关内容。")
    draft = _of_workbook(content, sheet) if content.startswith(_WORKBOOK) else _of_csv(content)
    while draft.rows and not any(draft.rows[-1]):
        draft.rows.pop()
    if not draft.rows and not draft.faults:
        return _unreadable("TABLE-EMPTY", "表是空的。第一行写列名，下面一行一条规则。")
    if len(draft.rows) > MOST_ROWS or max(map(len, draft.rows), default=0) > MOST_COLUMNS:
        says = f"表超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，没有人看得懂。请拆成几张。"
        return _unreadable("TABLE-TOO-LARGE", says)
    return _even(draft)


def grid_from(rows: tuple[tuple[str, ...], ...]) -> Grid:
    """The grid of rows that were read before."""
    return Grid(rows, tuple(range(1, len(rows) + 1)))


def _even(draft: _Draft) -> Grid:
    """Short rows filled up; a row longer than the first is a fault."""
    width = len(draft.rows[0]) if draft.rows else 0
    for number, row in enumerate(draft.rows, start=1):
        if any(row[width:]):
            says = "这一行比第一行多出几格。内容里有逗号的，请用英文双引号括起来。"
            draft.faults.append(CellFault(number, width + 1, "ROW-TOO-LONG", says))
        row[:] = (row + [""] * width)[:width]
    return Grid(tuple(map(tuple, draft.rows)), tuple(draft.lines), tuple(draft.faults))


def _unreadable(code: str, says: str) -> Grid:
    return Grid(faults=(CellFault(1, 0, code, says),))


def _of_csv(content: bytes) -> _Draft:
    draft = _Draft()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        says = "文件不是 UTF-8 编码。请另存为“CSV UTF-8”。"
        draft.faults.append(CellFault(1, 0, "NOT-UTF8", says))
        return draft
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            draft.rows.append([cell.strip() for cell in row])
            draft.lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        says = "引号没有配成对。内容里有英文双引号的，写成两个。"
        draft.faults.append(CellFault(len(draft.rows) + 1, 0, "CSV-SYNTAX", says))
    return draft


def _of_workbook(content: bytes, sheet: str) -> _Draft:
    whole = read_whole(content, sheet)
    lines = list(range(1, len(whole.rows) + 1))
    faults = [
        CellFault(*_place(one.where), "SHEET-UNREADABLE", f"{one.says}{one.do}") for one in whole.faults
    ]
    return _Draft(whole.rows, lines, faults)


def _place(where: str) -> tuple[int, int]:
    """Row and column of 规则!C7; the file as a whole where no cell is named."""
    cell = where.partition("!")[2]
    letters = cell.rstrip("0123456789")
    if not cell or len(letters) != 1:
        return 1, 0
    return int(cell[1:] or 1), _LETTERS.index(letters) + 1
