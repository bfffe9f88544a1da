"""A fault of a spreadsheet: where, what is wrong, what to do."""

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
