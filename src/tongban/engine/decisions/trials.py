"""A table's own tests: inputs with what it must come to, kept beside it and shown with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tongban.engine.decisions.cells import CellError, Output, output_of, value_of
from tongban.engine.decisions.columns import Column
from tongban.engine.decisions.faults import CellFault
from tongban.engine.decisions.grid import Grid, grid_from, grid_of
from tongban.engine.decisions.table import Table, decide
from tongban.engine.expressions import ExpressionFailed

SHEET: Final = "测试"
"""The sheet of a workbook that holds the tests."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One test: in words, the facts it takes, the row that must hit, and whether that is what happens."""

    name: str
    facts: Mapping[str, Any]
    given: tuple[str, ...]
    """The facts as written, in the order of the table's inputs."""
    rows: tuple[int, ...]
    came_to: tuple[int, ...]
    outputs: tuple[Mapping[str, Output], ...]

    @property
    def passes(self) -> bool:
        return self.rows == self.came_to


def trials_of(
    content: bytes, table: Table, *, sheet: str = SHEET
) -> tuple[list[Trial], Grid, list[CellFault]]:
    """The tests in a CSV file or a workbook, its grid, and every fault: cells, failed tests, untested rows.

    The first row names the columns: `test` (what it shows, in words), every fact of the table, `row` (the
    number of the row that must hit; several as `1 | 3`).
    """
    grid = grid_of(content, sheet=sheet)
    if grid.faults:
        return [], grid, list(grid.faults)
    trials, faults = _trials(grid, table)
    if not faults:
        faults = [*_failed(trials, table), *_untested(trials, table)]
    return trials, grid, faults


def trials_from(rows: Sequence[Sequence[str]], table: Table) -> list[Trial]:
    """The tests of a grid that was read and published before, run again."""
    return _trials(grid_from(tuple(map(tuple, rows))), table)[0]


def _trials(grid: Grid, table: Table) -> tuple[list[Trial], list[CellFault]]:
    heading = grid.rows[0]
    wanted = ["test", *(column.name for column in table.inputs), "row"]
    faults = [
        CellFault(1, place, "TEST-COLUMN-UNKNOWN", f"测试里没有“{cell[:40]}”这一列，或者写了两次。")
        for place, cell in enumerate(heading, start=1)
        if cell not in wanted or cell in heading[: place - 1]
    ]
    faults += [
        CellFault(1, 0, "TEST-COLUMN-MISSING", f"测试缺少“{name}”一列。要有：{'、'.join(wanted)}。")
        for name in wanted
        if name not in heading
    ]
    trials: list[Trial] = []
    for line, cells in [] if faults else list(enumerate(grid.rows[1:], start=2)):
        trial, wrong = _trial(dict(zip(heading, cells, strict=True)), heading, line, table)
        faults += wrong
        trials += [trial] if trial else []
    return trials, faults


def _trial(
    cells: Mapping[str, str], heading: Sequence[str], line: int, table: Table
) -> tuple[Trial | None, list[CellFault]]:
    faults: list[CellFault] = []
    facts: dict[str, Any] = {}
    for column in table.inputs:
        try:
            _put(facts, column.name, _fact(cells[column.name], column))
        except CellError as error:
            faults.append(CellFault(line, heading.index(column.name) + 1, error.code, error.says))
    rows = _rows(cells["row"])
    if rows is None or any(number > len(table.rows) for number in rows):
        says = f"这里写应当轮到表里的第几条，1 到 {len(table.rows)}；几条写 1 | 3。"
        faults.append(CellFault(line, heading.index("row") + 1, "TEST-ROW", says))
    if not cells["test"]:
        says = "请用一句白话说明这个测试是什么情况，群众会看到。"
        faults.append(CellFault(line, heading.index("test") + 1, "TEST-NAME-MISSING", says))
    if faults or rows is None:
        return None, faults
    try:
        decided = decide(table, facts)
    except ExpressionFailed:
        return None, [CellFault(line, 0, "CELL-TYPE", "这一行的值算不出来。请核对每一格的类型。")]
    given = tuple(cells[column.name] for column in table.inputs)
    return Trial(cells["test"], facts, given, rows, decided.rows, decided.outputs), []


def _fact(text: str, column: Column) -> Output | None:
    if text in ("", "null"):
        if not column.type.maybe:
            raise CellError("CELL-EMPTY", f"“{column.name}”一定有值。请写一个。")
        return None
    return output_of(value_of(text, column))


def _put(facts: dict[str, Any], name: str, value: Any) -> None:
    *above, last = name.split(".")
    for part in above:
        facts = facts.setdefault(part, {})
    facts[last] = value


def _rows(text: str) -> tuple[int, ...] | None:
    numbers = [one.strip() for one in text.split("|")]
    if not all(one.isascii() and one.isdigit() and int(one) for one in numbers):
        return None
    return tuple(map(int, numbers))


def _failed(trials: Sequence[Trial], table: Table) -> list[CellFault]:
    return [
        CellFault(line, 0, "TEST-FAILS", f"“{trial.name}”应当轮到{_said(trial.rows)}，{_came(trial)}。")
        for line, trial in enumerate(trials, start=2)
        if not trial.passes
    ]


def _came(trial: Trial) -> str:
    return f"现在轮到{_said(trial.came_to)}"


def _said(rows: Sequence[int]) -> str:
    return "、".join(f"第 {number} 条" for number in rows) or "哪一条也不是"


def _untested(trials: Sequence[Trial], table: Table) -> list[CellFault]:
    tested = {number for trial in trials for number in trial.came_to}
    return [
        CellFault(1, 0, "ROW-UNTESTED", f"第 {row.number} 条没有一个测试轮到。请补上。")
        for row in table.rows
        if row.number not in tested
    ]
