"""Looking into one's own case: how a deadline was counted, what proves it, who looked, and doubts."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tongban.cases import commands
from tongban.cases.queries import (
    MOST_LETTERS,
    CaseView,
    Look,
    ceiling_for,
    clocks_of,
    contest_of,
    looks_at,
    looks_of,
    proof_of,
    standing_of,
    view_of,
)
from tongban.engine.calendar import legal_day
from tongban.kernel.pages import OFFICERS, PEOPLE, OfficerRequest, Request, open_to
from tongban.kernel.paging import key_behind, page
from tongban.kernel.refusal import Refusal

ON_A_PAGE: Final = 30
SHOWN_BESIDE: Final = (409, 422)


@require_safe
@open_to(PEOPLE)
def clock(request: Request, number: str) -> HttpResponse:
    """How every deadline of the case was counted, day by day, with its rule and its calendar."""
    view = view_of(number, request.viewer, at=request.now)
    context = {
        "view": view,
        "standing": standing_of(view, request.now),
        "clocks": clocks_of(view),
        "ceiling": ceiling_for(view, request.now),
        "today": legal_day(request.now),
    }
    return render(request, "cases/clock.html", context)


@require_safe
@open_to(PEOPLE)
def proof(request: Request, number: str) -> HttpResponse:
    """What proves the case: receipt, leaves, and how anyone checks them without trusting us."""
    view = view_of(number, request.viewer, at=request.now)
    context = {
        "view": view,
        "proven": proof_of(view),
        "address": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "cases/proof.html", context)


@require_safe
@open_to(PEOPLE)
def looks(request: Request, number: str) -> HttpResponse:
    """Who looked at one's data in this case, when, why and at what; and what came of one's doubts."""
    view = view_of(number, request.viewer, at=request.now)
    context = {"view": view, "looks": looks_at(view), "today": legal_day(request.now)}
    return render(request, "cases/looks.html", context)


@require_safe
@open_to(PEOPLE)
def all_looks(request: Request) -> HttpResponse:
    """Officers' looks at one's data in all of one's cases, the latest first."""
    before = request.GET.get("before")
    behind = key_behind(before) if before else None
    rows = looks_of(request.viewer, before=behind, limit=ON_A_PAGE + 1)
    context = {"page": page(rows, ON_A_PAGE, lambda row: row.id), "first": behind is None}
    return render(request, "cases/all_looks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(PEOPLE)
def contest(request: Request, number: str, look: int) -> HttpResponse:
    """Doubt one look: what it was, what happens then, and what one wants to say."""
    view = view_of(number, request.viewer, at=request.now)
    found = _look(view, look)
    if found is None or found.contest is not None:
        return redirect("cases:looks", number)
    text, refusal = request.POST.get("text", ""), None
    if request.method == "POST":
        try:
            commands.contest_look(number, look, by=request.viewer, at=request.now, text=text)
        except Refusal as fault:
            if fault.status not in SHOWN_BESIDE:
                raise
            refusal = fault
        else:
            messages.success(request, _("您的疑问已经提出，本机关负责人或者监督人员会答复。"))
            return redirect("cases:looks", number)
    context = {"view": view, "look": found, "most": MOST_LETTERS, **_beside(text, refusal)}
    return render(request, "cases/contest.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(OFFICERS)
def answer(request: OfficerRequest, number: str, seq: int) -> HttpResponse:
    """A doubt about somebody else's look, and the answer to it. This look is recorded too."""
    text, refusal = request.POST.get("text", ""), None
    if request.method == "POST":
        try:
            commands.answer_contest(number, seq, by=request.viewer, at=request.now, text=text)
        except Refusal as fault:
            if fault.status not in SHOWN_BESIDE:
                raise
            refusal = fault
        else:
            messages.success(request, "答复已经发出，申请人会看到。")
            return redirect("desk:desk")
    contested = contest_of(number, seq, request.viewer, at=request.now)
    context = {
        "contested": contested,
        "view": contested.view,
        "today": legal_day(request.now),
        "most": MOST_LETTERS,
        **_beside(text, refusal),
    }
    return render(request, "cases/answer.html", context, status=refusal.status if refusal else 200)


def _look(view: CaseView, look: int) -> Look | None:
    return next((one for one in looks_at(view) if one.id == look), None)


def _beside(text: str, refusal: Refusal | None) -> dict[str, object]:
    """What was written, with its fault beside it."""
    faults = [{"name": "text", "says": refusal.says}] if refusal else []
    return {"text": text, "fault": refusal, "faults": faults}
