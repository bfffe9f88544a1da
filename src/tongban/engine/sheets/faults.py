"""A fault of a spreadsheet: where, what is wrong, what to do."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """`where` names a cell (人员!C7), a sheet (人员), or nothing where the whole file is meant."""

    code: str
    where: str
    says: str
    do: str


def at(sheet: str, column: str, row: int) -> str:
    """How a cell is named: 人员!C7."""
    return f"{sheet}!{column}{row}"


def in_order(faults: Iterable[Fault], sheets: Sequence[str]) -> list[Fault]:
    """The file first, then sheet by sheet in this order, row by row, column by column."""
    return sorted(faults, key=lambda fault: _place(fault, sheets))


def _place(fault: Fault, sheets: Sequence[str]) -> tuple[int, int, str]:
    sheet, _, cell = fault.where.partition("!")
    row = int("".join(char for char in cell.partition(":")[0] if char.isdigit()) or 0)
    return sheets.index(sheet) if sheet in sheets else -1, row, cell
