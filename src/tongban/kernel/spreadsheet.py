"""Tables as a spreadsheet (XLSX). What looks like a formula stays the text it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tongban.engine.calendar import SHANGHAI

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST: Final = 60
_RECKONED: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be taken for a formula."""

Value = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of its own: its name (31 letters at most), the heads of its columns, its rows."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]


def written(tables: Iterable[Table]) -> bytes:
    """The tables as one file, a sheet each, in their order."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name)
        rows = [list(row) for row in table.rows]
        for place, width in enumerate(_widths(table.heads, rows), 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, head, bold=True) for head in table.heads])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    """What a sheet takes: most values as they are, for a cell of one's own costs five times as much."""
    if isinstance(value, datetime):
        # Spreadsheets know no zones: what is written is the clock on the wall here.
        return value.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not bold and not text.startswith(_RECKONED):
        return text
    cell = WriteOnlyCell(sheet, text)
    if text.startswith(_RECKONED):
        # Said to be text, and quoted, it is never reckoned with.
        cell.data_type = "s"
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    """As wide as the widest of the first rows; a Chinese character takes the room of two letters."""
    looked_at = [list(heads), *rows[:200]]
    return [min(_WIDEST, 3 + max(_width(row[place]) for row in looked_at)) for place in range(len(heads))]


def _width(value: Value) -> int:
    if isinstance(value, datetime):
        return 18
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in str("" if value is None else value))


def download(content: bytes, plain: str, told: str) -> HttpResponse:
    """A file as an answer that a browser saves, under a plain name and under one in Chinese."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    names = f"filename={plain}; filename*=UTF-8''{quote(told)}"
    response.headers["Content-Disposition"] = f"attachment; {names}"
    response.headers["Cache-Control"] = "no-store"
    return response
