"""What is said in a case: messages both ways, another telephone number."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tongban.cases import commands
from tongban.cases.queries import (
    MOST_LETTERS,
    look_at,
    may_write,
    messages_of,
    phone_of,
    standing_of,
    view_of,
)
from tongban.kernel.acts import seen_in
from tongban.kernel.pages import OFFICERS, PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal

SHOWN_BESIDE: Final = (409, 422, 429)
"""Refusals of what was written: told beside it, so that it is not lost."""


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(PEOPLE, OFFICERS)
def talk(request: Request, number: str) -> HttpResponse:
    """What was said between the applicant and the office, and a word more. An officer's look is recorded."""
    text, refusal = request.POST.get("text", ""), None
    if request.method == "POST":
        refusal = _sent(request, number, text)
        if refusal is None:
            messages.success(request, _("留言已经发出。"))
            return redirect("desk:case" if request.viewer.officer else "cases:messages", number)
    view = look_at(number, request.viewer, at=request.now)
    context = {
        "view": view,
        "standing": standing_of(view, request.now),
        "talk": messages_of(view, request.viewer),
        "may_write": may_write(view, request.viewer, request.now),
        "most": MOST_LETTERS,
        "text": text,
        "fault": refusal,
        "faults": [{"name": "text", "says": refusal.says}] if refusal else [],
    }
    return render(request, "cases/messages.html", context, status=refusal.status if refusal else 200)


def _sent(request: Request, number: str, text: str) -> Refusal | None:
    """The refusal of what was written; None where it is sent."""
    after = seen_in(request.POST)
    try:
        commands.send_message(number, by=request.viewer, at=request.now, text=text, after=after)
    except Refusal as refusal:
        if refusal.status not in SHOWN_BESIDE:
            raise
        return refusal
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(PEOPLE)
def contact(request: Request, number: str) -> HttpResponse:
    """Another telephone number at which the office reaches the applicant."""
    view = view_of(number, request.viewer, at=request.now)
    held, refusal = phone_of(view), None
    if held is None:
        return redirect("cases:case", number)
    phone = request.POST.get("phone", held)
    if request.method == "POST":
        try:
            commands.change_contact(
                number, seen=seen_in(request.POST), by=request.viewer, at=request.now, phone=phone
            )
        except Refusal as found:
            if found.status not in SHOWN_BESIDE:
                raise
            refusal = found
        else:
            messages.success(request, _("联系电话已经改好，工作人员会看到新的号码。"))
            return redirect("cases:case", number)
    context = {
        "view": view,
        "phone": phone,
        "fault": refusal,
        "faults": [{"name": "phone", "says": refusal.says}] if refusal else [],
    }
    return render(request, "cases/contact.html", context, status=refusal.status if refusal else 200)
