"""Spreadsheets from outside, read within bounds; and sheets written so that they can be read back.

Owns: what a workbook must be, what a cell may hold, where a fault stands (人员!C7) and what to do about it.
Says: `read(content, shapes)`, `read_whole(content, name)`, `written(tables)`.
Asks: nobody.
"""

from tongban.engine.sheets.container import MOST_BYTES
from tongban.engine.sheets.faults import Fault, at, in_order
from tongban.engine.sheets.reading import (
    EXAMPLE,
    EXPLAINED,
    MOST_FAULTS,
    MOST_ROWS,
    NOTE,
    Book,
    Column,
    Row,
    Shape,
    read,
)
from tongban.engine.sheets.whole import Whole, read_whole
from tongban.engine.sheets.writing import Table, written

__all__ = [
    "EXAMPLE",
    "EXPLAINED",
    "MOST_BYTES",
    "MOST_FAULTS",
    "MOST_ROWS",
    "NOTE",
    "Book",
    "Column",
    "Fault",
    "Row",
    "Shape",
    "Table",
    "Whole",
    "at",
    "in_order",
    "read",
    "read_whole",
    "written",
]
