"""A spreadsheet with every kind of fault that a sheet or a cell can have, each at a cell that is known."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final, NamedTuple

from openpyxl import Workbook

from tongban.kernel.ids import BodyCode

REGIONS = ("区划代码", "名称", "上级区划代码", "备注")
BODIES = ("统一社会信用代码", "名称", "区划代码", "性质")
POSTS = ("单位代码", "职务名称", "角色")
PEOPLE = ("工号", "姓名", "单位代码", "职务名称", "任职日期", "免职日期")


def a_workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these sheets, row by row, the headings first."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """The file of a workbook."""
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


FOUND_AT: Final = {
    "sheets.column.unknown": "区划!E1",
    "administration.import.region.code": "区划!A2",
    "administration.import.region.twice": "区划!A4",
    "administration.import.region.reach": "区划!A5",
    "administration.import.region.parent": "区划!C6",
    "administration.import.region.parent-unknown": "区划!C7",
    "administration.import.region.parent-empty": "区划!C8",
    "sheets.cell.not-text": "区划!A9",
    "sheets.cell.formula": "区划!B9",
    "sheets.cell.error": "区划!B10",
    "sheets.cell.unseen": "区划!B11",
    "sheets.cell.too-long": "区划!B12",
    "sheets.cell.empty": "区划!A13",
    "sheets.cell.merged": "区划!B20:C21",
    "sheets.row.hidden": "区划!7:7",
    "sheets.column.twice": "单位!E1",
    "administration.import.body.code": "单位!A2",
    "administration.import.body.twice": "单位!A4",
    "administration.import.body.closed": "单位!A5",
    "administration.import.body.elsewhere": "单位!A6",
    "administration.import.body.second-government": "单位!D6",
    "administration.import.body.region": "单位!C7",
    "administration.import.body.reach": "单位!C8",
    "sheets.cell.rounded": "单位!A9",
    "administration.import.body.kind": "单位!D9",
    "sheets.sheet.hidden": "职务",
    "administration.import.body.over": "职务!A3",
    "administration.import.body.not-ours": "职务!A4",
    "administration.import.post.role": "职务!C5",
    "administration.import.post.role-twice": "职务!C6",
    "administration.import.post.twice": "职务!B8",
    "sheets.column.missing": "人员!1:1",
    "administration.import.person.number": "人员!A2",
    "administration.import.person.name": "人员!B3",
    "administration.import.person.post": "人员!D4",
    "sheets.cell.not-a-day": "人员!E5",
    "administration.import.person.day": "人员!E6",
    "administration.import.person.two-names": "人员!B8",
    "administration.import.person.twice": "人员!D10",
    "administration.import.person.elsewhere": "人员!A11",
    "administration.import.person.same-name": "人员!B12",
    "sheets.sheet.unknown": "工资",
}
"""Where each kind of fault stands, by its code."""

_DAY: Final = datetime(2026, 3, 1)  # noqa: DTZ001


class Known(NamedTuple):
    """What the file speaks of: `ours` has posts 科员 and 主任 and two people 王芳 without a number; `free` is
    nobody's code; `number` is the staff number of somebody who serves at `away`, which lies elsewhere.
    """

    ours: BodyCode
    free: BodyCode
    closed: BodyCode
    away: BodyCode
    number: str


def everything_wrong(known: Known) -> bytes:
    """A file with every kind of fault."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "区划"
    told = {"区划": _REGIONS, "单位": _bodies(known), "职务": _posts(known), "人员": _people(known)}
    for name, rows in told.items():
        each = sheet if name == "区划" else workbook.create_sheet(name)
        for row in rows:
            each.append(list(row))
    sheet["B10"].data_type = "e"
    sheet.merge_cells("B20:C21")
    sheet.row_dimensions[7].hidden = True
    workbook["职务"].sheet_state = "hidden"
    workbook.create_sheet("工资").append(["姓名", "工资"])
    return saved(workbook)


_REGIONS: Final[list[tuple[Any, ...]]] = [
    (*REGIONS, "电话"),
    ("5101", "某区", "510100"),
    ("510107", "武侯区", "510100"),
    ("510107", "武侯区", "510100"),
    ("440703", "蓬江区", "440700"),
    ("510108", "成华区", "510104"),
    ("510112001", "某街道", "510112"),
    ("510113", "青白江区", None),
    (True, "=1+1", "510100"),
    ("510115", "#REF!", "510100"),
    ("510116", "双流\n区", "510100"),
    ("510117", "郫" * 61, "510100"),
    (None, "没有代码", "510100"),
]


def _bodies(known: Known) -> list[tuple[Any, ...]]:
    ours, free, closed, away, _ = known
    wrong_check = free[:17] + ("A" if free[17] != "A" else "B")
    return [
        (*BODIES, "名称"),
        (wrong_check, "甲局", "510104", "机关"),
        (free, "锦江区人民政府", "510104", "人民政府"),
        (free, "乙局", "510104", "机关"),
        (closed, "丙局", "510104", "机关"),
        (away, "丁局", "510104", "人民政府"),
        (ours, "戊局", "510199", "机关"),
        (ours[:-1] + "?", "己局", "440700", "机关"),
        (111010400001234567, "庚局", "510104", "俱乐部"),
    ]


def _posts(known: Known) -> list[tuple[Any, ...]]:
    ours, free, closed, away, _ = known
    return [
        POSTS,
        (free[:2] + "510199" + free[8:], "科员", "经办"),
        (closed, "科员", "经办"),
        (away, "科员", "经办"),
        (ours, "出纳", "国王"),
        (ours, "会计", "经办、经办"),
        (ours, "档案员", "经办"),
        (ours, "档案员", "窗口"),
    ]


def _people(known: Known) -> list[tuple[Any, ...]]:
    ours, _, _, _, number_away = known
    return [
        PEOPLE[:-1],
        ("甲 1", "张三", ours, "科员", _DAY),
        ("W-02", "123", ours, "科员", _DAY),
        ("W-03", "李四", ours, "局长", _DAY),
        ("W-04", "王五", ours, "科员", "去年春天"),
        ("W-05", "赵六", ours, "科员", datetime(1900, 1, 1)),  # noqa: DTZ001
        ("W-06", "钱七", ours, "科员", _DAY),
        ("W-06", "钱八", ours, "主任", _DAY),
        ("W-07", "孙九", ours, "科员", _DAY),
        ("W-07", "孙九", ours, "科员", _DAY),
        (number_away, "远方", ours, "科员", _DAY),
        ("W-09", "王芳", ours, "科员", _DAY),
    ]
