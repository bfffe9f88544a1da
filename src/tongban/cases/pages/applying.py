"""Correcting and withdrawing: what was asked for on one page, with what was handed in before."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tongban.cases import commands
from tongban.cases.commands.application import check
from tongban.cases.forms import Correction
from tongban.cases.queries import CaseView, standing_of, view_of
from tongban.catalogue import api as catalogue
from tongban.kernel.acts import seen_in
from tongban.kernel.ids import PersonKey
from tongban.kernel.pages import PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(PEOPLE)
def resubmit(request: Request, number: str) -> HttpResponse:
    """The corrections that were asked for: the same form with what was handed in before."""
    view = view_of(number, request.viewer, at=request.now)
    if "resubmit" not in view.acts:
        return redirect("cases:case", number)
    item = catalogue.item_version(view.state.head.item, view.state.head.item_version)
    correction = Correction(catalogue.in_readers_words(item))
    if request.method != "POST":
        correction.answers = dict(view.answers or {})
        return _correction(request, view, correction)
    correction.read(request.POST)
    correction.store(request.FILES, _person(request), request.now)
    return _resubmitted(request, view, correction) or _correction(request, view, correction)


def _resubmitted(request: Request, view: CaseView, correction: Correction) -> HttpResponse | None:
    number = view.state.head.number
    try:
        if correction.faults:
            check(
                correction.item,
                correction.answers,
                correction.materials,
                uploader=_person(request),
                applicant=view.state.head.applicant,
                as_person=request.viewer.acts_for_person(view.state.head.applicant),
                at=request.now,
                held=_held(view),
            )
            return None
        commands.resubmit(
            number,
            seen=seen_in(request.POST),
            by=request.viewer,
            at=request.now,
            answers=correction.answers,
            materials=correction.materials,
        )
    except Refusal as refusal:
        _mend(correction, refusal)
        return None
    return redirect("cases:case", number)


def _mend(correction: Correction, refusal: Refusal) -> None:
    """What can be mended on this page is shown on it, so that nothing typed is lost; the rest goes on."""
    if refusal.status != TO_BE_MENDED:
        raise refusal
    if refusal.faults:
        correction.take_over(refusal.faults)
    else:
        correction.fault("form", refusal.says, refusal.do)


def _person(request: Request) -> PersonKey:
    assert request.viewer.person is not None
    return request.viewer.person


def _held(view: CaseView) -> frozenset[str]:
    """What was handed in before, and need not be again."""
    return frozenset(one.kind for one in view.materials)


def _correction(request: Request, view: CaseView, correction: Correction) -> HttpResponse:
    notice = next((told for told in reversed(view.story) if told.faults), None)
    context = {
        "item": correction.item,
        "view": view,
        "standing": standing_of(view, request.now),
        "notice": notice,
        "correction": correction,
        "steps": correction.steps(),
        "materials": correction.files(_person(request), request.now, _held(view)),
    }
    return render(request, "cases/resubmit.html", context, status=TO_BE_MENDED if correction.faults else 200)


@require_http_methods(["GET", "HEAD"])
@open_to(PEOPLE)
def withdrawal(request: Request, number: str) -> HttpResponse:
    """Ask once more before an application is taken back."""
    view = view_of(number, request.viewer, at=request.now)
    return render(request, "cases/withdraw.html", {"view": view})


@require_POST
@open_to(PEOPLE)
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take the application back."""
    commands.withdraw(number, seen=seen_in(request.POST), by=request.viewer, at=request.now)
    return redirect("cases:case", number)
