"""How it stands with everything a leader or supervisor answers for; every number opens its cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.desk.pages.assigning import receivers, to_assign
from tongban.desk.pages.counts import COUNTED, OF_DAYS, OF_OFFICERS, Counts, Row
from tongban.desk.pages.lines import lines_of
from tongban.desk.pages.listed import about_export, spreadsheet
from tongban.desk.pages.narrowed import address_of, names_known, narrowing_in
from tongban.directory import api as directory
from tongban.kernel.ids import BodyCode
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.spreadsheet import Table, Value

FEW: Final = 5
MOST_SHOWN: Final = 30
"""Of more items or bodies than these the rest stands in the spreadsheet alone."""


@dataclass(frozen=True, slots=True)
class Made:
    """An export on record: when, by whom, of how much, and the address of the same list today."""

    at: datetime
    by: str
    export: cases.MadeExport


@require_safe
@open_to(OFFICERS)
def figures(request: OfficerRequest) -> HttpResponse:
    """How it stands now: load, lights, the most pressing, the narrowest step, everybody's share, the week."""
    whose, told, names = _told(request)
    counts, alone = Counts(told, whose), _alone(told, whose)
    context = {
        "told": told,
        "body": names.get(alone, alone) if alone else "",
        "narrowed": whose.body,
        "address": address_of(whose),
        "all": counts.cells(told.all),
        "lights": counts.lights(),
        "pressing": lines_of(told.pressing, told.today),
        "oldest": lines_of(told.oldest, told.today),
        "steps": counts.steps(),
        "officers": counts.officers(alone) if alone else [],
        "to_assign": to_assign(request.viewer, alone, names) if alone else [],
        "receivers": receivers(alone, told.today) if alone else [],
        "bodies": [] if alone else counts.bodies(names)[:MOST_SHOWN],
        "more_bodies": 0 if alone else max(0, len(told.bodies) - MOST_SHOWN),
        "items": counts.items()[:MOST_SHOWN],
        "more_items": max(0, len(told.items) - MOST_SHOWN),
        "days": counts.days(),
        "said": counts.said(),
        "overtook": counts.overtook(),
        "exports": _exports(request),
        "heads": [words for words, _ in COUNTED.values()],
        "heads_of_officers": [COUNTED[name][0] for name in OF_OFFICERS],
        "heads_of_days": list(OF_DAYS.values()),
    }
    return render(request, "desk/figures.html", context)


@require_safe
@open_to(OFFICERS)
def exported(request: OfficerRequest) -> HttpResponse:
    """The same figures as a spreadsheet; that it was made stays on record."""
    whose, told, bodies = _told(request)
    alone = _alone(told, whose)
    tables = list(_tables(Counts(told, whose), bodies, alone))
    rows = sum(len(list(table.rows)) for table in tables)
    made = cases.Export("figures", address_of(whose), rows)
    cases.record_export(made, by=request.viewer, at=request.now)
    of = bodies.get(alone, alone) if alone else "全部单位"
    about = about_export(request, f"办件情况：{of}", bodies, f"在办 {told.all.open} 件")
    return spreadsheet([about, *tables], "办件情况", told.today)


def _told(request: OfficerRequest) -> tuple[cases.Narrowing, cases.Overview, dict[str, str]]:
    whose = narrowing_in({"body": request.GET.get("body", "")})
    return whose, cases.overview_of(request.viewer, at=request.now, body=whose.body), names_known()


def _alone(told: cases.Overview, whose: cases.Narrowing) -> BodyCode | None:
    """The one body that the figures are of, if they are of one."""
    return told.bodies[0][0] if len(told.bodies) == 1 else whose.body


def _exports(request: OfficerRequest) -> list[Made]:
    return [
        Made(one.at, directory.name_of(one.officer) or "已离岗人员", one)
        for one in cases.exports_of(request.viewer, limit=FEW)
    ]


def _tables(counts: Counts, bodies: Mapping[str, str], alone: BodyCode | None) -> Iterator[Table]:
    """Every table of the page, and every item and body of it."""
    told, heads = counts.told, [words for words, _ in COUNTED.values()]
    yield Table("汇总", ("内容", "件数"), [(one.words, one.number) for one in counts.cells(told.all)])
    if alone:
        of_officers = [COUNTED[name][0] for name in OF_OFFICERS]
        yield Table("人员", ("姓名", "", *of_officers), [_flat(one) for one in counts.officers(alone)])
    else:
        yield Table("单位", ("单位", "", *heads), [_flat(one) for one in counts.bodies(bodies)])
    yield Table("事项", ("事项", "", *heads), [_flat(one) for one in counts.items()])
    yield Table(
        "步骤",
        ("走到哪一步", "在哪里", "件数", "一半以内（天）", "最久（天）", "按什么算天"),
        [
            (one.name, one.where, one.step.count, one.step.middle, one.step.longest, one.unit)
            for one in counts.steps()
        ],
    )
    yield Table("超期说明", ("怎么说的", "件数"), [(one.words, one.number) for one in counts.said()])
    days: list[tuple[Value, ...]] = [(one.day, *(cell.number for cell in one.cells)) for one in counts.days()]
    yield Table("一周", ("日期", *OF_DAYS.values()), days)
    yield Table("优先取件", ("理由", "件数"), [(one.words, one.number) for one in counts.overtook()])


def _flat(row: Row) -> tuple[str | int, ...]:
    return row.name, row.beside, *(cell.number for cell in row.cells)
