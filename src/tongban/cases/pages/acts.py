"""The acts of officers: each says what it will do, is pressed once, and leads back to the case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.forms import FAULT_LINES, fault_lines, read_act
from tongban.cases.pages.together import TOGETHER
from tongban.cases.queries import (
    TASK,
    CaseView,
    acts_for,
    is_at,
    may_ask,
    notice_lines,
    standing_of,
    task_of,
    view_of,
)
from tongban.kernel.acts import Asks, OpenAct, fields_of, seen_in
from tongban.kernel.ids import ApprovalId, QueueId
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422


def _return_for_correction(number: str, *, faults: list[dict[str, str]], **acting: Any) -> object:
    return commands.return_for_correction(
        number, **acting, faults=[CorrectionFault(**line) for line in faults]
    )


def _take(number: str, *, reason: str | None = None, text: str = "", **acting: Any) -> object:
    return commands.take(number, **acting, reason=reason, text=text)


def _change_flow(number: str, *, version: str, **acting: Any) -> object:
    return commands.change_flow(number, **acting, version=int(version))


COMMANDS: Final[Mapping[str, Callable[..., object]]] = {
    "take": _take,
    "release": commands.release,
    "accept": commands.accept,
    "accept-tolerantly": commands.accept_tolerantly,
    "refuse-acceptance": commands.refuse_acceptance,
    "return-for-correction": _return_for_correction,
    "remind": commands.remind,
    "start-special-procedure": commands.start_special_procedure,
    "end-special-procedure": commands.end_special_procedure,
    "extend": commands.extend,
    "extend-jointly": commands.extend_jointly,
    "forward": commands.forward,
    "grant": commands.grant,
    "refuse": commands.refuse,
    "deliver": commands.deliver,
    "terminate": commands.terminate,
    "reverse": commands.reverse,
    "change-flow": _change_flow,
    "revoke": commands.revoke,
    **TOGETHER,
}
"""The command of every act; what an act asks for are the command's own parameters."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def act(request: OfficerRequest, number: str, code: str) -> HttpResponse:
    """One act, asked for on a page of its own or done; after a fault all that was typed is still there."""
    view = view_of(number, request.viewer, at=request.now)
    found = next((one for one in acts_for(view, request.viewer, request.now) if one.code == code), None)
    if found is None:
        return _over(request, view, code)
    more = "more" in request.POST
    if request.method != "POST" or more:
        return _asked(request, view, found, Asks(), more=more)
    told = read_act(found.asks, request.POST)
    if told.faults:
        return _asked(request, view, found, told)
    try:
        acting = {"seen": seen_in(request.POST), "by": request.viewer, "at": request.now}
        done = _command(view, code, request.now)(number, **acting, **told)
    except Refusal as refusal:
        return _refused(request, found, told, refusal, number)
    messages.success(request, _done(found, done))
    return redirect("desk:case", number)


def _command(view: CaseView, code: str, at: datetime) -> Callable[..., object]:
    """What an act does; a task of the flow is told by its place among those that wait."""
    if code.startswith(TASK):
        task = task_of(view, code)
        does = commands.ask_in_flow if may_ask(view, task, at) else commands.complete_task
        return partial(does, task=task.key)
    return COMMANDS[code]


def _over(request: OfficerRequest, view: CaseView, code: str) -> HttpResponse:
    """The act is not open, perhaps no more: what happened since, and what was written, to be taken along."""
    refusal = _not_open(code)
    written = [text for name, texts in request.POST.lists() for text in texts if _wrote(name, code, text)]
    if request.method != "POST" or not written:
        raise refusal
    since = [told for told in view.story if told.seq > seen_in(request.POST)]
    context = {"view": view, "refusal": refusal, "since": since, "written": written}
    return render(request, "cases/over.html", context, status=refusal.status)


def _wrote(name: str, code: str, text: str) -> bool:
    """Whether this is something that the officer wrote or chose for this act."""
    said = name.startswith(f"{code}-") or (name.startswith("fault-") and name != "fault-spot")
    return said and bool(text.strip())


def _not_open(code: str) -> Refusal:
    known = code in COMMANDS or code.startswith(TASK)
    return Refusal(
        f"cases.{code}.not-open" if known else "cases.act.unknown",
        says="这件事现在不能这样处理：可能刚刚有了新的处理，或者不在您手上。",
        do="请回到工作台，打开这件事看看最新情况。",
        status=409 if known else 404,
    )


def _refused(
    request: OfficerRequest, found: OpenAct, told: Asks, refusal: Refusal, number: str
) -> HttpResponse:
    """The refusal on the page of the act, so that what was typed is not lost."""
    if refusal.status in (401, 403, 404):
        raise refusal
    view = view_of(number, request.viewer, at=request.now)
    context = _context(request, view, found, told) | {"refusal": refusal, "since": _since(view, refusal)}
    return render(request, "cases/act.html", context, status=refusal.status)


def _since(view: CaseView, refusal: Refusal) -> list[Any]:
    """What happened since the officer looked, where that is why."""
    missed = {fault["seq"] for fault in refusal.faults if "seq" in fault}
    return [told for told in view.story if told.seq in missed]


def _asked(
    request: OfficerRequest, view: CaseView, found: OpenAct, told: Asks, *, more: bool = False
) -> HttpResponse:
    context = _context(request, view, found, told, more=more)
    return render(request, "cases/act.html", context, status=TO_BE_MENDED if told.faults else 200)


def _context(
    request: OfficerRequest, view: CaseView, found: OpenAct, told: Asks, *, more: bool = False
) -> dict[str, Any]:
    lines = fault_lines(request.POST) if request.method == "POST" else _ticked(view)
    blank = FAULT_LINES if more or not lines else max(1, FAULT_LINES - len(lines))
    return {
        "view": view,
        "standing": standing_of(view, request.now),
        "act": found,
        "asks": fields_of(found.asks, request.POST, told),
        "lines": [*lines, *[{} for _ in range(blank)]],
        "faults": told.faults,
    }


def _ticked(view: CaseView) -> list[dict[str, str]]:
    """What was ticked on the checklist, as lines of the notice to begin with."""
    return [
        {"place": one.place, "basis": one.basis, "do": one.do, "spot": one.spot.told if one.spot else ""}
        for one in notice_lines(view)
    ]


def _done(found: OpenAct, done: object) -> str:
    if found.approval and found.code in ("grant", "refuse"):
        return f"“{found.name}”已经提交，等另一名同事同意；同意之前这件事没有变化。"
    if found.approval and done is not None:
        return f"“{found.name}”已经提交负责人批准，批准之前这件事没有变化。"
    return f"已完成：{found.name}。"


@require_POST
@open_to(OFFICERS)
def take_next(request: OfficerRequest, queue: str) -> HttpResponse:
    """Take the earliest case that waits."""
    taken = commands.take_next(QueueId(queue), by=request.viewer, at=request.now)
    if taken is None:
        messages.info(request, "这个队列里现在没有等着的申请。")
        return redirect("desk:desk")
    return redirect("desk:case", taken.number)


@require_POST
@open_to(OFFICERS)
def approve(request: OfficerRequest, approval: UUID) -> HttpResponse:
    """Approve what another officer asked for; it is done at once."""
    number = commands.approve(ApprovalId(approval), by=request.viewer, at=request.now)
    messages.success(request, "已批准，并已照办。")
    return _answered(request, number)


@require_POST
@open_to(OFFICERS)
def decline(request: OfficerRequest, approval: UUID) -> HttpResponse:
    """Decline what another officer asked for."""
    number = commands.decline(ApprovalId(approval), by=request.viewer, at=request.now)
    messages.success(request, "没有批准，这件事照旧办理。")
    return _answered(request, number)


def _answered(request: OfficerRequest, number: str) -> HttpResponse:
    """Back to the case; to the desk for a government, which reads it only while its leave is asked."""
    if is_at(number, request.officer.body):
        return redirect("desk:case", number)
    return redirect("desk:desk")
