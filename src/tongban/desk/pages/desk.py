"""The desk: what is due today, what waits in the queues, and what waits for one's answer."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tongban.cases import api as cases
from tongban.certificates import api as certificates
from tongban.desk.pages.beside import beside
from tongban.desk.pages.lines import lines_of
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Viewer, reach
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal
from tongban.plans import api as plans

LATEST: Final = 30
LONGEST_WISH: Final = 300


@require_safe
@open_to(OFFICERS)
def desk(request: OfficerRequest) -> HttpResponse:
    """What is in one's hands, what waits in the queues, and what waits for one's answer."""
    latest = cases.cases(request.viewer, cases.Filters(open=True), at=request.now, limit=LATEST)
    approvals = cases.approvals_shown(request.viewer, at=request.now)
    revocations = certificates.to_be_taken_back(request.viewer, at=request.now)
    context = beside(request) | {
        "approvals": approvals,
        "revocations": revocations,
        "asked": len(approvals) + len(revocations),
        "questions": cases.consultations_open(request.viewer, at=request.now),
        "contests": cases.contests_open(request.viewer),
        "to_explain": cases.to_explain(request.viewer, at=request.now),
        "sees_figures": sees_figures(request.viewer),
        "receives": receives(request.viewer),
        "answers_calls": answers_calls(request.viewer),
        "sees_unanswered": sees_unanswered(request.viewer),
        "administers": administers(request.viewer),
        "undertaken": plans.awaited(request.viewer, at=request.now),
        "latest": lines_of(latest, legal_day(request.now)),
    }
    return render(request, "desk/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(OFFICERS)
def find(request: OfficerRequest) -> HttpResponse:
    """Find a case by its number, or by whose it is. What is looked for is sent, never part of an address."""
    wanted = request.POST.get("wanted", "").strip()[:LONGEST_WISH]
    found, refusal = None, None
    if request.method == "POST":
        try:
            found = cases.find(request.viewer, wanted, at=request.now)
        except Refusal as refused:
            if refused.status != 422:
                raise
            refusal = refused
    if found is not None and len(found.rows) == 1:
        return redirect("desk:case", found.rows[0].number)
    context = {
        "wanted": wanted,
        "found": found,
        "lines": lines_of(found.rows, legal_day(request.now)) if found else [],
        "refusal": refusal,
    }
    return render(request, "desk/find.html", context, status=422 if refusal else 200)


@require_safe
@open_to(OFFICERS)
def keys(request: OfficerRequest) -> HttpResponse:
    """Every key of the desk, and how to do without them."""
    return render(request, "desk/keys.html")


def sees_unanswered(viewer: Viewer) -> bool:
    """Whether this officer can do something about what is not found."""
    return bool(reach(viewer, Deed.SEE_UNANSWERED).region)


def administers(viewer: Viewer) -> bool:
    """Whether this officer arranges regions, bodies, posts and people."""
    return bool(reach(viewer, Deed.ADMINISTER).region)


def sees_figures(viewer: Viewer) -> bool:
    """Whether this officer answers for others' work."""
    seen = reach(viewer, Deed.SEE_FIGURES)
    return bool(seen.body or seen.region)


def receives(viewer: Viewer) -> bool:
    """Whether this officer receives people at a window."""
    return bool(reach(viewer, Deed.RECEIVE).body)


def answers_calls(viewer: Viewer) -> bool:
    """Whether this officer calls back who asked for it."""
    within = reach(viewer, Deed.ANSWER_CALL)
    return bool(within.body or within.region)
