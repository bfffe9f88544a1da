"""The desk: what is in one's hands, what waits in the queues, and what waits for one's answer."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.desk.pages.lines import lines_of
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, Viewer, allowed, reach
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to

LATEST: Final = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue with the name of its item; `may_take`: this officer takes from it."""

    row: cases.QueueRow
    name: str
    may_take: bool


@require_safe
@open_to(OFFICERS)
def desk(request: OfficerRequest) -> HttpResponse:
    """What is in one's hands, what waits in the queues, and what waits for one's answer."""
    today = legal_day(request.now)
    latest = cases.cases(request.viewer, cases.Filters(open=True), at=request.now, limit=LATEST)
    approvals = cases.approvals_shown(request.viewer, at=request.now)
    revocations = certificates.to_be_taken_back(request.viewer, at=request.now)
    context = {
        "held": lines_of(cases.desk_of(request.viewer, at=request.now), today),
        "queues": _waiting(request),
        "approvals": approvals,
        "revocations": revocations,
        "asked": len(approvals) + len(revocations),
        "questions": cases.consultations_open(request.viewer, at=request.now),
        "contests": cases.contests_open(request.viewer),
        "today": today,
        "sees_figures": sees_figures(request.viewer),
        "answers_calls": answers_calls(request.viewer),
        "sees_unanswered": sees_unanswered(request.viewer),
        "latest": lines_of(latest, today),
    }
    return render(request, "desk/desk.html", context)


def sees_unanswered(viewer: Viewer) -> bool:
    """Whether this officer can do something about what is not found."""
    return bool(reach(viewer, Deed.SEE_UNANSWERED).region)


def sees_figures(viewer: Viewer) -> bool:
    """Whether this officer answers for others' work."""
    seen = reach(viewer, Deed.SEE_FIGURES)
    return bool(seen.body or seen.region)


def answers_calls(viewer: Viewer) -> bool:
    """Whether this officer calls back who asked for it."""
    within = reach(viewer, Deed.ANSWER_CALL)
    return bool(within.body or within.region)


def _waiting(request: OfficerRequest) -> list[Waiting]:
    names = {item.slug: item.name for item in catalogue.items()}
    return [
        Waiting(row, names.get(row.item, row.item), _may_take(request, row))
        for row in cases.queues(request.viewer)
    ]


def _may_take(request: OfficerRequest, row: cases.QueueRow) -> bool:
    return allowed(request.viewer, Deed.TAKE, Thing(body=row.body, region=row.region))
