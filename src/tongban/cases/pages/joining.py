"""A joint service that was applied for: one place to watch all of it, and to take all of it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tongban.cases import commands
from tongban.cases.pages.following import handed_out
from tongban.cases.queries import joint_of, joint_receipt, results_of, results_packed, shown, whole_of
from tongban.kernel.pages import PEOPLE, Request, open_to


@require_safe
@open_to(PEOPLE)
def joint(request: Request, number: str) -> HttpResponse:
    """Where every member stands, what came of it, and by when all is done.

    One statement, and one for what was issued once something is decided.
    """
    whole = whole_of(number, request.viewer)
    context = {
        "view": shown(whole, at=request.now),
        "results": results_of(whole, request.viewer, at=request.now),
    }
    return render(request, "cases/joint.html", context)


@require_safe
@open_to(PEOPLE)
def results(request: Request, number: str) -> HttpResponse:
    """Everything that came of it, in one file to keep."""
    return handed_out(results_packed(number, request.viewer, at=request.now), saved=True)


@require_safe
@open_to(PEOPLE)
def receipt(request: Request, number: str) -> HttpResponse:
    """The one receipt of all of it, to read, to keep and to print. Two statements once made."""
    return handed_out(joint_receipt(number, request.viewer), saved=False)


@require_safe
@open_to(PEOPLE)
def withdrawal(request: Request, number: str) -> HttpResponse:
    """Ask once more before all of it is taken back. One statement."""
    view = joint_of(number, request.viewer, at=request.now)
    return render(request, "cases/joint_withdraw.html", {"view": view})


@require_POST
@open_to(PEOPLE)
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take back whatever can be taken back."""
    withdrawn = commands.withdraw_joint(number, by=request.viewer, at=request.now)
    messages.success(request, _("已经撤回 %(withdrawn)s 件。") % {"withdrawn": withdrawn})
    return redirect("cases:joint", number)
