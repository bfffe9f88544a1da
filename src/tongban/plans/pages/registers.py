"""Plans on officers' pages: which there are, how one stands, the measures behind each number."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tongban.engine.calendar import legal_day
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.paging import cursor, key_behind
from tongban.kernel.spreadsheet import download
from tongban.plans import commands, queries
from tongban.plans.pages.narrowing import (
    COUNTED,
    OF_BODIES,
    OF_PLANS,
    address_of,
    cells,
    filters_of,
    narrowing_in,
    rows_of,
)
from tongban.plans.queries import Narrowing, PlanView

SHOWN = 100
FEW = 5


@require_safe
@open_to(OFFICERS)
def home(request: OfficerRequest) -> HttpResponse:
    """What waits for one's own body and for who supervises, and every plan. Three statements."""
    found = queries.home_of(request.viewer, at=request.now)
    today = legal_day(request.now)
    context = {
        "own": rows_of(found.own, today),
        "to_answer": rows_of(found.to_answer, today),
        "plans": found.plans,
        "supervises": found.supervises,
    }
    return render(request, "plans/desk/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def plan(request: OfficerRequest, plan: str) -> HttpResponse:
    """How a plan stands, each number with its measures; pressed, everybody may see it. Four statements."""
    if request.method == "POST":
        commands.publish(plan, by=request.viewer, at=request.now)
        messages.success(request, "已经公开。从现在起，谁都看得到这个方案办到哪一步。")
        return redirect("plans:plan", plan)
    view = queries.plan_of(request.viewer, plan, at=request.now)
    whole = Narrowing()
    context = {
        "view": view,
        "own": rows_of([one for one in view.own if one.standing.light], view.today)[:FEW],
        "own_all": len(view.own),
        "body": request.officer.body,
        "figures": cells(view.figures, OF_PLANS, whole),
        "heads": [COUNTED[mark] for mark in OF_BODIES],
        "led": [(name, cells(figures, OF_BODIES, Narrowing(lead=code))) for code, name, figures in view.led],
        "jobs": [(job, cells(figures, OF_BODIES, Narrowing(job=job.code))) for job, figures in view.by_job],
        "pressing": rows_of([one for one in view.narrowed(whole) if one.presses][:FEW], view.today),
    }
    return render(request, "plans/desk/plan.html", context)


@require_safe
@open_to(OFFICERS)
def measures(request: OfficerRequest, plan: str) -> HttpResponse:
    """The measures that a number counted, the most pressing first. Four statements."""
    view, narrowing = _asked(request, plan)
    found, behind = view.narrowed(narrowing), request.GET.get("after", "")
    since = key_behind(behind) if behind else 0
    until = since + SHOWN
    context = {
        "view": view,
        "count": len(found),
        "rows": rows_of(found[since:until], view.today),
        "filters": filters_of(narrowing, view),
        "narrowing": narrowing,
        "marks": COUNTED.items(),
        "leads": [(code, name) for code, name, _ in view.led],
        "address": address_of(narrowing),
        "following": cursor(until) if until < len(found) else "",
        "later": since > 0,
    }
    return render(request, "plans/desk/measures.html", context)


@require_safe
@open_to(OFFICERS)
def exported(request: OfficerRequest, plan: str) -> HttpResponse:
    """The same measures as a spreadsheet, all of them. Four statements."""
    view, narrowing = _asked(request, plan)
    what = "；".join(one.words for one in filters_of(narrowing, view)) or "全部举措"
    content = queries.exported(view, view.narrowed(narrowing), what, request.now)
    return download(content, f"{plan}-{view.today}.xlsx", f"任务台账-{view.today}.xlsx")


@require_safe
@open_to(OFFICERS)
def filled_in(request: OfficerRequest, plan: str) -> HttpResponse:
    """The plan in the form in which it is brought. Four statements."""
    view = queries.plan_of(request.viewer, plan, at=request.now)
    return download(queries.filled_in(view), f"{plan}.xlsx", f"实施方案-{plan}.xlsx")


def _asked(request: OfficerRequest, plan: str) -> tuple[PlanView, Narrowing]:
    return queries.plan_of(request.viewer, plan, at=request.now), narrowing_in(request.GET.dict())
