"""Sheets written plainly: a heading, rows of text; nothing that is shown is ever worked out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, headings and rows; `widths` in letters."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    widths: Sequence[int] = ()


_HEADING: Final = Font(bold=True)
_SHADE: Final = PatternFill("solid", fgColor="E8EEF4")


def written(tables: Sequence[Table]) -> bytes:
    """A workbook with these sheets. Every cell is text, so that no code loses a digit and nothing is run."""
    workbook = Workbook(write_only=True)
    for table in tables:
        sheet = workbook.create_sheet(table.name)
        for place, width in enumerate(table.widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([_headed(sheet, heading) for heading in table.headings])
        for row in table.rows:
            sheet.append([_plain(sheet, text) for text in row])
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _plain(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    # Set by hand: a text that begins with "=" would be made a formula.
    cell._value, cell.data_type = text or None, "s"
    cell.number_format = "@"
    return cell


def _headed(sheet: Any, text: str) -> Any:
    cell = _plain(sheet, text)
    cell.font, cell.fill = _HEADING, _SHADE
    return cell
