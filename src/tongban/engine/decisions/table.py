"""Decision tables: rows of conditions and what they come to, read from a file or from what was published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import orjson

from tongban.engine.decisions.cells import (
    Cell,
    CellError,
    Output,
    cell_of,
    condition_of,
    output_of,
    value_of,
)
from tongban.engine.decisions.columns import Column, Heading, Policy, heading_of
from tongban.engine.decisions.faults import CellFault
from tongban.engine.decisions.grid import Grid, grid_from, grid_of
from tongban.engine.expressions import Expression, ExpressionError, Type, checked, given_for

SHEET: Final = "规则"
"""The sheet of a workbook that holds the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its number as printed, what it asks, what it comes to, why, and by which law.

    `when` is what it asks as an expression: the one thing that is worked out.
    """

    number: int
    cells: tuple[Cell, ...]
    outputs: Mapping[str, Output]
    reason: str
    law: str
    when: Expression


@dataclass(frozen=True, slots=True)
class Table:
    """A table without fault in any cell. `digest` is its version: one wherever its cells say the same."""

    policy: Policy
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]
    grid: tuple[tuple[str, ...], ...]
    digest: str

    @property
    def types(self) -> dict[str, Type]:
        """The types of the facts it asks, by name."""
        return {column.name: column.type for column in self.inputs}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a table comes to: the numbers of the rows that hit, and what each says; none where none hits."""

    rows: tuple[int, ...]
    outputs: tuple[Mapping[str, Output], ...]

    @property
    def row(self) -> int | None:
        """The number of the row, where the table picks one and one hits."""
        return self.rows[0] if len(self.rows) == 1 else None


def read(content: bytes, *, sheet: str = SHEET) -> tuple[Table | None, Grid, list[CellFault]]:
    """The table in a CSV file or a workbook, its grid, every fault of its cells; no table where there is one.

    Whether its rows leave a gap, overlap or can never hit, `check` says.
    """
    grid = grid_of(content, sheet=sheet)
    table, faults = (None, list(grid.faults)) if grid.faults else _table(grid)
    return table, grid, faults


def table_of(rows: Sequence[Sequence[str]]) -> Table:
    """The table of a grid that was read and published before; ValueError where it is none."""
    table, faults = _table(grid_from(tuple(map(tuple, rows))))
    if table is None:
        raise ValueError("; ".join(f"{fault.cell} {fault.code}" for fault in faults))
    return table


def decide(table: Table, facts: Mapping[str, Any]) -> Decided:
    """What the table comes to over these facts, nested as its names are: `{"fund": {"state": "paying"}}`.

    A few microseconds a row. ExpressionFailed where the facts are not of the types of its columns.
    """
    hits: list[Row] = []
    given = given_for(facts, table.types.items())
    for row in table.rows:
        if row.when.over(given):
            hits.append(row)
            if table.policy is Policy.FIRST:
                break
    # Two cannot hit a unique table that was checked; where it was not, nothing is picked.
    if table.policy is Policy.UNIQUE and len(hits) > 1:
        return Decided((), ())
    return Decided(tuple(row.number for row in hits), tuple(row.outputs for row in hits))


def _table(grid: Grid) -> tuple[Table | None, list[CellFault]]:
    heading, faults = heading_of(grid.rows[0])
    if heading is None:
        return None, faults
    rows: list[Row] = []
    for number, cells in enumerate(grid.rows[1:], start=1):
        row, wrong = _row(heading, number, cells)
        faults += wrong
        rows += [row] if row else []
    if len(grid.rows) == 1:
        faults.append(CellFault(1, 0, "TABLE-WITHOUT-ROWS", "表里一条规则也没有。请在列名下面写，一行一条。"))
    if faults:
        return None, faults
    text = orjson.dumps(grid.rows)
    digest = sha256(text).hexdigest()
    return Table(heading.policy, heading.inputs, heading.outputs, tuple(rows), grid.rows, digest), []


def _row(heading: Heading, number: int, cells: Sequence[str]) -> tuple[Row | None, list[CellFault]]:
    line = number + 1
    faults: list[CellFault] = []
    if cells[0] != str(number):
        says = f"第一列是规则的行号，从 1 起依次写；这里应是 {number}。"
        faults.append(CellFault(line, 1, "ROW-NUMBER", says))
    asked: list[Cell] = []
    outputs: dict[str, Output] = {}
    for column in (*heading.inputs, *heading.outputs):
        text = cells[column.place - 1]
        try:
            if column in heading.inputs:
                asked.append(cell_of(text, column))
            else:
                outputs[column.name] = output_of(_told(text, column))
        except CellError as error:
            faults.append(CellFault(line, column.place, error.code, error.says))
    reason = cells[heading.reason - 1]
    if not reason:
        says = "没有写理由。请用一句白话说明这一条，群众会看到。"
        faults.append(CellFault(line, heading.reason, "REASON-MISSING", says))
    if faults:
        return None, faults
    conditions = filter(None, map(condition_of, asked, heading.inputs))
    when = " and ".join(conditions) or "true"
    try:
        expression = checked(when, {column.name: column.type for column in heading.inputs})
    except ExpressionError as error:
        return None, [CellFault(line, 0, "ROW-UNREADABLE", error.faults[0].says)]
    law = cells[heading.law - 1] if heading.law else ""
    return Row(number, tuple(asked), outputs, reason, law, expression), []


def _told(text: str, column: Column) -> Any:
    if not text:
        raise CellError("CELL-EMPTY", f"没有写“{column.name}”是什么。请写一个值。")
    return value_of(text, column)
