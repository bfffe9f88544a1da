"""A fault of a decision table: at which cell, what is wrong, what to do."""

from typing import NamedTuple


class CellFault(NamedTuple):
    """`row` and `column` count from 1 as a spreadsheet does; `says` is plain Chinese."""

    row: int
    column: int
    code: str
    says: str

    @property
    def cell(self) -> str:
        """How a spreadsheet names the place: C3; a row as a whole where there is no column."""
        return f"{chr(ord('A') + self.column - 1)}{self.row}" if self.column else f"{self.row}:{self.row}"
