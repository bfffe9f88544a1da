"""Working together on a case: the forms of giving, handing over and asking, and the page of an answer."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tongban.cases import commands
from tongban.cases.queries import (
    MOST_LETTERS,
    answers_of,
    consultation_of,
    materials_of,
    pictures_of,
    standing_of,
    stood_for,
)
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal

SHOWN_BESIDE: Final = (409, 422)


def _assign(number: str, *, to: str, **acting: Any) -> object:
    return commands.assign(number, **acting, to=_officer(to))


def _hand_over(number: str, *, to: str, **acting: Any) -> object:
    return commands.hand_over(number, **acting, to=_officer(to))


def _consult(number: str, *, whom: str, days: str, **acting: Any) -> object:
    asked = _officer(whom) if "-" in whom else BodyCode(whom)
    return commands.consult(number, **acting, whom=asked, days=_days(days))


def _supervise(number: str, *, days: str, **acting: Any) -> object:
    return commands.supervise(number, **acting, days=_days(days))


TOGETHER: Final[Mapping[str, Callable[..., object]]] = {
    "assign": _assign,
    "hand-over": _hand_over,
    "consult": _consult,
    "note": commands.note,
    "supervise": _supervise,
    "explain": commands.explain,
}
"""The commands of working together and of lateness, by the act's code."""


def _days(text: str) -> int:
    """So many days as typed; what is no number is none, which the rules refuse."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _officer(text: str) -> OfficerId:
    try:
        return OfficerId(UUID(text))
    except ValueError:
        raise Refusal(
            "cases.receiver.unknown",
            says="没有选中同事。",
            do="请从列表里选一位同事。",
            status=422,
        ) from None


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(OFFICERS)
def consultation(request: OfficerRequest, number: str, seq: int) -> HttpResponse:
    """What one is asked, beside the case; the answer, or why there is none. The look is recorded."""
    text, refusal = request.POST.get("text", ""), None
    if request.method == "POST":
        declines = "decline" in request.POST
        give = commands.decline_consultation if declines else commands.answer_consultation
        try:
            give(number, seq, by=request.viewer, at=request.now, text=text)
        except Refusal as fault:
            if fault.status not in SHOWN_BESIDE:
                raise
            refusal = fault
        else:
            messages.success(request, "已经说明不答复的理由。" if declines else "答复已经写进办件。")
            return redirect("desk:desk")
    asked = consultation_of(number, seq, request.viewer, at=request.now)
    context = {
        "view": asked.view,
        "one": asked.shown,
        "standing": standing_of(asked.view, request.now),
        "sections": answers_of(asked.view),
        "materials": materials_of(asked.view, pictures_of(asked.view)),
        "stood_for": stood_for(asked.view),
        "most": MOST_LETTERS,
        "text": text,
        "fault": refusal,
        "faults": [{"name": "text", "says": refusal.says}] if refusal else [],
    }
    return render(request, "cases/consultation.html", context, status=refusal.status if refusal else 200)
