"""Who is on duty at one's body today, who stands in for whom, and absences to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tongban.directory import api as directory
from tongban.directory.api import AbsenceKind
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Officer, Thing, Viewer, allow, allowed
from tongban.kernel.acts import Ask, Asks, choice, fields_of, read_asks
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal

KINDS: Final = {
    AbsenceKind.LEAVE: "休假",
    AbsenceKind.MISSION: "公出",
    AbsenceKind.TRAINING: "培训",
    AbsenceKind.SUSPENDED: "停职",
}
PLANNED: Final = {str(kind): name for kind, name in KINDS.items() if kind is not AbsenceKind.SUSPENDED}
NOBODY_STANDS_IN: Final = "none"
TO_BE_MENDED: Final = 422


@dataclass(frozen=True, slots=True)
class Away:
    """An absence in a list: its kind in words, whether it runs today, whether its reader may end it.

    `unmanned`: who was to stand in is away too.
    """

    row: directory.AbsenceRow
    kind: str
    now: bool
    may_end: bool
    unmanned: bool


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def duty(request: OfficerRequest) -> HttpResponse:
    """Who is there today and who is not; one's own absence, or as a leader a colleague's, is recorded."""
    viewer, today = request.viewer, legal_day(request.now)
    allow(viewer, Deed.SEE_DUTY, Thing(body=request.officer.body))
    asks = _asks(viewer, request.officer, today)
    told, refusal = Asks(), None
    if request.method == "POST":
        told = read_asks(asks, request.POST)
        refusal = None if told.faults else _arranged(request, told, today)
        if not told.faults and refusal is None:
            messages.success(request, "已登记。")
            return redirect("desk:duty")
    context = {
        "body": directory.body(request.officer.body),
        "serving": directory.officers_at(request.officer.body, today),
        "kinds": KINDS,
        "away": _away(viewer, request.officer.body, today),
        "fields": fields_of(asks, request.POST, told),
        "faults": told.faults,
        "refusal": refusal,
        "today": today,
    }
    return render(request, "desk/duty.html", context, status=_status(told, refusal))


def _status(told: Asks, refusal: Refusal | None) -> int:
    if refusal is not None:
        return refusal.status
    return TO_BE_MENDED if told.faults else 200


@require_POST
@open_to(OFFICERS)
def end(request: OfficerRequest, absence: int) -> HttpResponse:
    """Somebody is back, or does not go."""
    directory.end_absence(absence, by=request.viewer, today=legal_day(request.now))
    messages.success(request, "已结束。")
    return redirect("desk:duty")


def _asks(viewer: Viewer, officer: Officer, today: date) -> Sequence[Ask]:
    colleagues = {str(one.id): one.name for one in directory.colleagues(officer.body, today)}
    arranges = allowed(viewer, Deed.ARRANGE_DUTY, Thing(body=officer.body))
    whose = colleagues if arranges else {str(officer.id): officer.name}
    others = {one: name for one, name in colleagues.items() if arranges or one != str(officer.id)}
    stand_ins = {NOBODY_STANDS_IN: "先不写替班"} | others
    return (
        choice("absence-officer", "谁不在", whose, str(officer.id)),
        choice("absence-kind", "为什么", PLANNED),
        Ask("absence-since", "第一天", "date"),
        Ask("absence-last", "最后一天", "date"),
        choice("absence-stand", "谁替班", stand_ins),
    )


def _arranged(request: OfficerRequest, told: Asks, today: date) -> Refusal | None:
    """The refusal of what was typed, to be shown beside it; None where it is recorded."""
    stand_in = told["stand"]
    try:
        planned = directory.Planned(
            officer=_officer(told["officer"]),
            kind=AbsenceKind(told["kind"]) if told["kind"] in PLANNED else AbsenceKind.SUSPENDED,
            since=told["since"],
            until=told["last"] + timedelta(days=1),
            stand_in=None if stand_in == NOBODY_STANDS_IN else _officer(stand_in),
        )
        directory.arrange_absence(planned, by=request.viewer, today=today)
    except Refusal as refusal:
        if refusal.status in (401, 403):
            raise
        return refusal
    return None


def _officer(text: str) -> OfficerId:
    try:
        return OfficerId(UUID(text))
    except ValueError:
        raise Refusal(
            "directory.officer.unknown", says="没有选中同事。", do="请从列表里选一位。", status=422
        ) from None


def _away(viewer: Viewer, body: BodyCode, today: date) -> list[Away]:
    rows = directory.absences_at(body, today)
    arranges = allowed(viewer, Deed.ARRANGE_DUTY, Thing(body=body))
    return [
        Away(
            row=row,
            kind=KINDS[row.kind],
            now=row.since <= today,
            may_end=row.kind is not AbsenceKind.SUSPENDED
            and (arranges or (viewer.officer is not None and viewer.officer.id == row.officer)),
            unmanned=row.stand_in is not None and _is_away_too(row, rows),
        )
        for row in rows
    ]


def _is_away_too(row: directory.AbsenceRow, rows: Sequence[directory.AbsenceRow]) -> bool:
    """Whether who stands in is away on some day of that absence."""
    return any(
        one.officer == row.stand_in
        and (row.last is None or one.since <= row.last)
        and (one.last is None or row.since <= one.last)
        for one in rows
    )
