"""One measure: how it stands and what happened, and each act on a page of its own."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tongban.kernel.acts import Asks, OpenAct, fields_of, read_asks, seen_in
from tongban.kernel.ids import BodyCode
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal
from tongban.plans import commands, queries
from tongban.plans.commands import Done, Report, Seen
from tongban.plans.pages.narrowing import pressed
from tongban.plans.queries import Act, MeasureView

SHOWN_BESIDE: Final = (409, 422)
"""Refusals that stand beside what was typed, so that nothing of it is lost."""

Acts = Mapping[str, Callable[..., None]]


def _report(of: Seen, *, by: Any, at: Any, next_by: Any, **said: Any) -> None:
    commands.report(of, Report(**said, next_by=next_by or None), by=by, at=at)


def _declare(of: Seen, *, by: Any, at: Any, **said: Any) -> None:
    commands.declare(of, Done(**said), by=by, at=at)


def _change_lead(of: Seen, *, lead: str, reason: str, **acting: Any) -> None:
    commands.change_lead(of, BodyCode(lead), reason, **acting)


ACTS: Final[Acts] = {
    Act.REPORT: _report,
    Act.REPORT_PART: _report,
    Act.DECLARE: _declare,
    Act.ASK_POSTPONEMENT: commands.ask_postponement,
    Act.CONFIRM: commands.confirm,
    Act.SEND_BACK: commands.send_back,
    Act.GRANT: commands.grant,
    Act.DECLINE: commands.decline,
    Act.CHANGE_LEAD: _change_lead,
    Act.REOPEN: commands.reopen,
    Act.DROP: commands.drop,
}
"""The command of each act."""


@require_safe
@open_to(OFFICERS)
def measure(request: OfficerRequest, plan: str, measure: int) -> HttpResponse:
    """How it stands, what one may do now, and its story, the latest first. Three statements."""
    view = queries.measure_of(request.viewer, plan, measure, at=request.now)
    context = {"view": view, "pressed": pressed(view.line, view.today)}
    return render(request, "plans/desk/measure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(OFFICERS)
def act(request: OfficerRequest, plan: str, measure: int, act: str) -> HttpResponse:
    """An act with its effect; pressed, it is done, or what is wrong stands beside what was typed.

    Three statements to look, three more to do it.
    """
    if act not in ACTS:
        raise unknown_act()
    view = queries.measure_of(request.viewer, plan, measure, at=request.now, act=Act(act))
    [offer] = [one for one in view.acts if one.code == act]
    told = read_asks(offer.asks, request.POST) if request.method == "POST" else Asks()
    refusal = None
    if request.method == "POST" and not told.faults:
        try:
            ACTS[act](Seen(measure, seen_in(request.POST)), by=request.viewer, at=request.now, **told)
        except Refusal as refused:
            if refused.status not in SHOWN_BESIDE:
                raise
            refusal = refused
            told.faults += [one | {"name": f"{act}-{one['name']}"} for one in refused.faults]
        else:
            messages.success(request, "已经写进台账。")
            return redirect("plans:measure", plan, measure)
    return _asking(request, view, offer, told, refusal)


def _asking(
    request: OfficerRequest, view: MeasureView, offer: OpenAct, told: Asks, refusal: Refusal | None
) -> HttpResponse:
    context = {
        "view": view,
        "act": offer,
        "fields": fields_of(offer.asks, request.POST, told),
        "faults": told.faults,
        "refusal": refusal if refusal and not told.faults else None,
    }
    status = refusal.status if refusal else 422 if told.faults else 200
    return render(request, "plans/desk/act.html", context, status=status)


def unknown_act() -> Refusal:
    """The refusal of an act that there is not."""
    return Refusal("plans.act.unknown", says="没有这一种处理。", do="请回到这一条，从按钮进入。", status=404)
