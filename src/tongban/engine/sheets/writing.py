"""Sheets written plainly: a heading, rows of text; nothing that is shown is ever worked out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tongban.engine.sheets.workbooks import letters_of


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, headings and rows; `widths` in letters."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    widths: Sequence[int] = ()


def written(tables: Sequence[Table]) -> bytes:
    """A workbook with these sheets. Every cell is text, so that no code loses a digit and nothing is run."""
    # As in `workbooks`: loaded when there is something to write.
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for table in tables:
        sheet = workbook.create_sheet(table.name)
        for place, width in enumerate(table.widths, start=1):
            sheet.column_dimensions[letters_of(place)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([_headed(sheet, heading) for heading in table.headings])
        for row in table.rows:
            sheet.append([_plain(sheet, text) for text in row])
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _plain(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    # Set by hand: a text that begins with "=" would be made a formula.
    cell._value, cell.data_type = text or None, "s"
    cell.number_format = "@"
    return cell


def _headed(sheet: Any, text: str) -> Any:
    from openpyxl.styles import Font, PatternFill

    cell = _plain(sheet, text)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")
    return cell
