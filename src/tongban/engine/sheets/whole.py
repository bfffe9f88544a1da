"""A sheet read whole, cell by cell as text, where the file's own first row says what its columns are."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tongban.engine.sheets.container import fault_of_file
from tongban.engine.sheets.faults import Fault, at
from tongban.engine.sheets.reading import EXPLAINED, MOST_COLUMNS, MOST_ROWS
from tongban.engine.sheets.workbooks import letters_of, opened


@dataclass(frozen=True, slots=True)
class Whole:
    """The text of every cell, from the first row on; what cannot be taken is empty and a fault."""

    rows: list[list[str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_whole(content: bytes, name: str) -> Whole:
    """The sheet of this name; nothing is raised, whatever comes. Days are ISO text, true and false small."""
    if fault := fault_of_file(content):
        return Whole(faults=[fault])
    try:
        workbook = opened(content)
        sheets = {sheet.strip(): sheet for sheet in workbook.sheetnames}
        if name not in sheets:
            says = f"没有工作表“{name}”。"
            do = f"请把表格放在名叫“{name}”的工作表里；说明写在“{EXPLAINED}”里。"
            return Whole(faults=[Fault("sheets.sheet.none", "", says, do)])
        return _cells(workbook[sheets[name]], name)
    except Exception:  # The library fails in as many ways as there are broken files.
        says, do = "文件的内容损坏，读不出来。", "请用表格软件打开，另存一份，再上传。"
        return Whole(faults=[Fault("sheets.file.damaged", "", says, do)])


def _cells(sheet: Any, name: str) -> Whole:
    # What the file says of its own size is not believed.
    sheet.reset_dimensions()
    whole = Whole()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            says, do = f"超出了 {MOST_ROWS} 行、{MOST_COLUMNS} 列。", "请删去表格下面、右边的空行空列。"
            whole.faults.append(Fault("sheets.sheet.too-long", at(name, "A", number), says, do))
            break
        whole.rows.append([])
        for place, cell in enumerate(cells, start=1):
            text = _text(cell)
            if text is None:
                says, do = "这一格不是写下来的内容。", "请把这一列设为“文本”格式，重新填写。"
                where = at(name, letters_of(place), number)
                whole.faults.append(Fault("sheets.cell.not-text", where, says, do))
            whole.rows[-1].append(text or "")
    while whole.rows and not any(whole.rows[-1]):
        whole.rows.pop()
    return whole


def _text(cell: Any) -> str | None:
    """What a cell says; None for a formula, an error, a time of day."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        return None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip() if isinstance(value, str | int) else None
