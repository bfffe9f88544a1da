"""The cases of one's body or region: a list narrowed by its address, page by page, and as a spreadsheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.desk.pages.choosing import boxes_of, kept_beside
from tongban.desk.pages.desk import sees_figures
from tongban.desk.pages.lines import Line, lines_of
from tongban.desk.pages.narrowed import address_of, filters_of, names_known, narrowing_in, sorting_in
from tongban.directory import api as directory
from tongban.engine.calendar import SHANGHAI, legal_day
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.paging import cursor, key_behind
from tongban.kernel.spreadsheet import Table, Value, download, written

SHOWN: Final = 50
MOST_EXPORTED: Final = 10_000
HEADS: Final = (
    *("办件编号", "事项", "申请人（掩码）", "办理机关", "走到哪一步", "这样多久了（从哪天起）"),
    *("在谁手上", "收到", "到期", "时限", "作出决定"),
)
SORTINGS: Final = {
    cases.Sorting.PRESSING: "最急的在前",
    cases.Sorting.OLDEST: "先来的在前",
    cases.Sorting.NEWEST: "后来的在前",
}
# Keys may lie below nought, and a cursor is of a number from nought on.
_MIDDLE: Final = 2**62


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in the list: its line, who has it, at which body, and since when it stands there."""

    line: Line
    holder: str
    body: str
    since: datetime


@require_safe
@open_to(OFFICERS)
def listed(request: OfficerRequest) -> HttpResponse:
    """The cases that an officer may know of, the best sorted first, narrowed by filters. Two statements.

    A colleague's are among them, as a number, an item, a masked name, a stage and who has it: what was handed
    in opens to who handles the case, and on record.
    """
    narrowing = narrowing_in(request.GET.dict())
    sorting, today = sorting_in(request.GET, narrowing), legal_day(request.now)
    behind = _behind(request.GET.get("after", ""))
    found = cases.narrowed(
        request.viewer, narrowing, at=request.now, sorting=sorting, behind=behind, limit=SHOWN + 1
    )
    shown, names = found.rows[:SHOWN], names_known()
    address, boxes = address_of(narrowing), boxes_of(request.viewer, narrowing, today)
    context = {
        "boxes": boxes,
        "beside": kept_beside(narrowing, boxes),
        "sees_figures": sees_figures(request.viewer),
        "count": found.count,
        "filters": filters_of(narrowing, names),
        "rows": _listed(shown, names, today),
        "several_bodies": len({one.body for one in shown}) > 1,
        "address": address,
        "sortings": [(one, SORTINGS[one], one == sorting) for one in narrowing.sortings],
        "sorting": sorting,
        "following": _after(shown[-1]) if len(found.rows) > SHOWN else "",
        "later": behind is not None,
        "most": MOST_EXPORTED,
    }
    return render(request, "desk/listed.html", context)


@require_safe
@open_to(OFFICERS)
def exported(request: OfficerRequest) -> HttpResponse:
    """The same list as a spreadsheet, for who answers for others' work; that it was made stays on record."""
    if not sees_figures(request.viewer):
        allow(request.viewer, Deed.SEE_FIGURES, Thing())
    narrowing = narrowing_in(request.GET.dict())
    sorting, today = sorting_in(request.GET, narrowing), legal_day(request.now)
    found = cases.narrowed(request.viewer, narrowing, at=request.now, sorting=sorting, limit=MOST_EXPORTED)
    cut, names = found.count > len(found.rows), names_known()
    made = cases.Export("cases", address_of(narrowing), len(found.rows), cut)
    cases.record_export(made, by=request.viewer, at=request.now)
    filters = "；".join(one.words for one in filters_of(narrowing, names)) or "全部办件"
    how_many = f"共 {found.count} 件"
    if cut:
        how_many += f"，这里只有前 {MOST_EXPORTED} 件（{SORTINGS[sorting]}）；请缩小范围分几次导出"
    about = about_export(request, filters, names, how_many)
    rows = [_row(one, names, today) for one in found.rows]
    return spreadsheet([about, Table("办件", HEADS, rows)], "办件", today)


def about_export(request: OfficerRequest, what: str, names: Mapping[str, str], how_many: str) -> Table:
    """The first sheet of every export: of what, when, by whom, and that it is on record."""
    officer = request.officer
    rows: list[tuple[Value, ...]] = [
        ("内容", what),
        ("件数", how_many),
        ("导出时间", request.now),
        ("导出人", f"{officer.name}（{names.get(officer.body, officer.body)}）"),
        ("姓名", "只有掩码，完整姓名不导出"),
        ("记录", "这次导出已经记录在案，本单位负责人和监督人员看得到"),
    ]
    return Table("说明", ("项目", "说明"), rows)


def spreadsheet(tables: Sequence[Table], name: str, today: date) -> HttpResponse:
    """An answer that a browser saves under a name with its day."""
    return download(written(tables), f"tongban-{today}.xlsx", f"{name}-{today}.xlsx")


def _listed(rows: Sequence[cases.NarrowedRow], names: Mapping[str, str], today: date) -> list[Listed]:
    lines = lines_of([one.row for one in rows], today)
    return [
        Listed(line, _holder(one), names.get(one.body, one.body), one.stands_since)
        for line, one in zip(lines, rows, strict=True)
    ]


def _holder(one: cases.NarrowedRow) -> str:
    """Who has it; whoever had a case that is over has it no more."""
    if one.taken_by is None or one.row.stage in cases.CLOSED:
        return ""
    return directory.name_of(one.taken_by) or "已离岗人员"


def _row(one: cases.NarrowedRow, names: Mapping[str, str], today: date) -> tuple[Value, ...]:
    row = one.row
    over = row.stage in cases.CLOSED
    light = cases.LIGHT_NAMES[row.light] if row.light and not over else ""
    return (
        *(row.number, row.item_name, row.applicant, names.get(one.body, one.body), row.stage_name),
        *(one.stands_since.astimezone(SHANGHAI).date(), "排队等着" if row.waits else _holder(one)),
        *(row.received_at, None if over else row.due, light, one.decided_at),
    )


def _after(last: cases.NarrowedRow) -> str:
    return f"{cursor(last.key + _MIDDLE)}.{cursor(last.row.id)}"


def _behind(text: str) -> tuple[int, int] | None:
    """Where the page before ended; refused where that is no place."""
    if not text:
        return None
    key, _, case = text.partition(".")
    return key_behind(key) - _MIDDLE, key_behind(case)
