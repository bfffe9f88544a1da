"""A workbook read into rows of text and days; what cannot be taken as it stands is a fault at its cell."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from tongban.engine.sheets.container import fault_of_file, parts_of
from tongban.engine.sheets.faults import Fault, at
from tongban.engine.sheets.workbooks import letters_of, opened

NOTE: Final = "备注"
"""A column that every sheet may have, for words of one's own."""
EXAMPLE: Final = "样例"
"""A row whose note begins so is passed over."""
EXPLAINED: Final = "说明"
"""The sheet with instructions, passed over too."""
MOST_ROWS: Final = 3_000
MOST_COLUMNS: Final = 40
MOST_FAULTS: Final = 500

_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z0-9:]{1,24})[\"']")
_HIDDEN: Final = re.compile(rb"<(?:\w+:)?row\s[^>]*hidden=[\"'](?:1|true)[\"'][^>]*>")
_PLACE: Final = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""What a number format shows as it stands, and what it says of language and colour."""
_EMPTY: Final = "sheets.cell.empty"
_EXACT: Final = 10**15
"""Above it a spreadsheet has rounded what was typed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading. `day`: it holds dates; `longest`: letters.

    `dated`: it holds words in which a date may stand, and a spreadsheet has made a date of what was typed:
    2026年6月30日, or 2026年6月 where the cell shows no day.
    """

    heading: str
    required: bool = True
    longest: int = 60
    day: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A sheet by its name, and its columns in the order of the template."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read; what is empty or faulty is not among its values."""

    sheet: str
    number: int
    values: Mapping[str, str | date]
    letters: Mapping[str, str]

    def text(self, heading: str) -> str:
        """What the cell says; empty where it says nothing that can be taken."""
        value = self.values.get(heading, "")
        return value if isinstance(value, str) else ""

    def day(self, heading: str) -> date | None:
        """The day in the cell."""
        value = self.values.get(heading)
        return value if isinstance(value, date) else None

    def place(self, heading: str) -> str:
        """How the cell is named."""
        return at(self.sheet, self.letters.get(heading, "A"), self.number)

    def has(self, *headings: str) -> bool:
        """Whether all of these hold something."""
        return all(heading in self.values for heading in headings)


@dataclass(frozen=True, slots=True)
class Book:
    """What was read, by sheet, and every fault met on the way, in the order of sheets and cells."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Trouble(Exception):
    """A cell cannot be taken as it stands."""

    def __init__(self, code: str, says: str, do: str) -> None:
        super().__init__(code)
        self.code, self.says, self.do = code, says, do


def read(content: bytes, shapes: Sequence[Shape]) -> Book:
    """The rows of the sheets of these shapes, with every fault at once; nothing is raised, whatever comes.

    A sheet that is not there has no rows. Formulas are not worked out, links are not followed.
    """
    if fault := fault_of_file(content):
        return Book(faults=[fault])
    try:
        return _read(content, {shape.name: shape for shape in shapes})
    except Exception:  # The library fails in as many ways as there are broken files.
        says, do = "文件的内容损坏，读不出来。", "请用表格软件打开，另存一份，再上传。"
        return Book(faults=[Fault("sheets.file.damaged", "", says, do)])


def _read(content: bytes, shapes: Mapping[str, Shape]) -> Book:
    workbook = opened(content)
    parts, book = parts_of(content), Book()
    for name in workbook.sheetnames:
        sheet = workbook[name]
        if name.strip() == EXPLAINED:
            continue
        if name not in shapes:
            says = f"不认识工作表“{name[:40]}”。"
            do = f"请只留这几张表：{'、'.join(shapes)}；说明写在“{EXPLAINED}”里。"
            book.faults.append(Fault("sheets.sheet.unknown", name[:40], says, do))
            continue
        hidden = [] if sheet.sheet_state == "visible" else [_hidden_sheet(name)]
        raw = parts.get(sheet._worksheet_path.lstrip("/"), b"")
        rows, faults = _rows_of(sheet, shapes[name])
        book.faults.extend([*hidden, *_layout_faults(name, raw), *faults])
        book.rows[name] = rows
    if not book.rows:
        says = "一张要导入的工作表也没有找到。"
        do = f"请用模板填写；工作表的名字是：{'、'.join(shapes)}。"
        book.faults.append(Fault("sheets.sheet.none", "", says, do))
    return book


def _hidden_sheet(name: str) -> Fault:
    return Fault(
        "sheets.sheet.hidden",
        name,
        f"工作表“{name}”是隐藏的。",
        "请取消隐藏，看过里面的内容；不要的，请删去。",
    )


def _layout_faults(name: str, raw: bytes) -> Iterator[Fault]:
    for found in _MERGED.finditer(raw):
        where = f"{name}!{found[1].decode()}"
        yield Fault(
            "sheets.cell.merged", where, "这几格合并在一起了。", "请取消合并，每一格都填上自己的内容。"
        )
    for found in _HIDDEN.finditer(raw):
        place = _PLACE.search(found[0])
        where = f"{name}!{place[1].decode()}:{place[1].decode()}" if place else name
        yield Fault(
            "sheets.row.hidden", where, "这一行是隐藏的。", "请取消隐藏，看过再导入；不要的，请删去。"
        )


def _rows_of(sheet: Any, shape: Shape) -> tuple[list[Row], list[Fault]]:
    # What the file says of its own size is not believed.
    sheet.reset_dimensions()
    rows: list[Row] = []
    faults: list[Fault] = []
    columns: dict[int, Column] = {}
    letters: dict[str, str] = {}
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            faults.append(_too_long(shape.name, number))
            break
        if number == 1:
            columns, headed = _headed(shape, cells)
            letters = {column.heading: letters_of(place) for place, column in columns.items()}
            faults.extend(headed)
            continue
        row, wrong = _row(shape, number, cells, columns)
        if row is not None:
            rows.append(Row(shape.name, number, row, letters))
            faults.extend(wrong)
    if not columns and not faults:
        faults.extend(_headed(shape, ())[1])
    return rows, faults


def _too_long(name: str, number: int) -> Fault:
    says = f"超出了 {MOST_ROWS} 行、{MOST_COLUMNS} 列。"
    return Fault(
        "sheets.sheet.too-long", f"{name}!A{number}", says, "请删去表格下面、右边的空行空列，或者分成几份。"
    )


def _headed(shape: Shape, cells: Sequence[Any]) -> tuple[dict[int, Column], list[Fault]]:
    """The columns by their places, 1 the first; and what is wrong with the headings."""
    known = {column.heading: column for column in (*shape.columns, Column(NOTE, False, 200))}
    found: dict[int, Column] = {}
    faults: list[Fault] = []
    for place, cell in enumerate(cells, start=1):
        heading = "".join(str(cell.value or "").split())[:40]
        where = at(shape.name, letters_of(place), 1)
        if heading in known and known[heading] in found.values():
            faults.append(Fault("sheets.column.twice", where, f"“{heading}”这一列有两次。", "请只留一列。"))
        elif heading in known:
            found[place] = known[heading]
        elif heading:
            says, do = f"不认识列“{heading}”。", f"请按模板的列名：{'、'.join(known)}；多的列请删去。"
            faults.append(Fault("sheets.column.unknown", where, says, do))
    missing = [column.heading for column in shape.columns if column not in found.values()]
    faults += [
        Fault(
            "sheets.column.missing", f"{shape.name}!1:1", f"缺少“{heading}”这一列。", "请照模板补上这一列。"
        )
        for heading in missing
    ]
    return found, faults


def _row(
    shape: Shape, number: int, cells: Sequence[Any], columns: Mapping[int, Column]
) -> tuple[dict[str, str | date] | None, list[Fault]]:
    """The values of a row by heading, with its faults; None for an empty row and an example."""
    values: dict[str, str | date] = {}
    faults: list[Fault] = []
    if all(cell.value is None for cell in cells):
        return None, []
    for place, column in columns.items():
        where = at(shape.name, letters_of(place), number)
        try:
            value = _value(cells[place - 1], column) if place <= len(cells) else ""
        except _Trouble as trouble:
            faults.append(Fault(f"sheets.cell.{trouble.code}", where, trouble.says, trouble.do))
            continue
        if value:
            values[column.heading] = value
        elif column.required:
            faults.append(Fault(_EMPTY, where, f"“{column.heading}”没有填。", "请填上；整行不要的，请删去。"))
    nothing = not values and all(fault.code == _EMPTY for fault in faults)
    if nothing or str(values.get(NOTE, "")).startswith(EXAMPLE):
        return None, []
    return values, faults


def _value(cell: Any, column: Column) -> str | date:
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        raise _Trouble("formula", "这一格是公式。", "请复制这一列，“选择性粘贴—数值”，再上传。")
    if kind == "e":
        raise _Trouble("error", "这一格是出错的结果。", "请改成正确的内容。")
    if column.day:
        return _day(value)
    if column.dated and isinstance(value, date):
        return _as_shown(value, cell.number_format or "")
    if isinstance(value, bool | datetime | date) or not isinstance(value, str | int | float):
        raise _Trouble("not-text", "这一格不是文字。", "请把这一列设为“文本”格式，重新填写。")
    return _text(_number(value) if isinstance(value, int | float) else value, column.longest)


def _number(value: float) -> str:
    """Digits that were kept as a number, as long as none of them was lost."""
    if value != int(value) or not 0 <= value < _EXACT:
        raise _Trouble(
            "rounded",
            "这一格存成了数字，后面的几位可能已经丢了。",
            "请把这一列设为“文本”格式，重新填写完整的号码。",
        )
    return str(int(value))


def _text(typed: str, longest: int) -> str:
    text = typed.strip()
    if any(unicodedata.category(one) in ("Cc", "Cf", "Co", "Cs") for one in text):
        raise _Trouble("unseen", "这一格里有看不见的字符或换行。", "请删掉这一格，重新手工填写。")
    if len(text) > longest:
        raise _Trouble("too-long", f"这一格太长，有 {len(text)} 个字。", f"请不要超过 {longest} 个字。")
    return text


def _as_shown(value: date, form: str) -> str:
    """A date in words; of the month alone where that is what the cell shows."""
    shows_day = "d" in _QUOTED.sub("", form).lower()
    return f"{value.year}年{value.month}月" + (f"{value.day}日" if shows_day else "")


def _day(value: Any) -> date | str:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return ""
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    says = f"“{text[:20]}”不是日期。"
    raise _Trouble("not-a-day", says, "请写成 2026-03-01 的样子，或者把这一格设为日期格式。")
