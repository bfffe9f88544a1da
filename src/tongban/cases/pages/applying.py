"""Correcting and withdrawing: what was asked for on one page, with what was handed in before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tongban.cases import commands
from tongban.cases.commands import KnownBy, Received
from tongban.cases.commands.application import check
from tongban.cases.forms import Correction
from tongban.cases.pages.way import WINDOW, people_only
from tongban.cases.queries import CaseView, part_of, record_serving, standing_of, view_of, whose_case
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Viewer
from tongban.kernel.acts import seen_in
from tongban.kernel.ids import PersonKey
from tongban.kernel.pages import OFFICERS, PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422
UNREAD: Final = "cases.resubmit.unread"


@dataclass(frozen=True, slots=True)
class Corrector:
    """Who corrects a case that they see: oneself, or whom an officer serves at a window, known there so."""

    viewer: Viewer
    view: CaseView
    known: KnownBy | None = None

    @property
    def person(self) -> PersonKey:
        """Whose files are stored."""
        assert self.viewer.person is not None
        return self.viewer.person

    @property
    def address(self) -> str:
        """Where one is led afterwards."""
        number = self.view.state.head.number
        return reverse("cases:case", args=[number]) if self.known is None else f"{WINDOW}/cases/{number}"


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(PEOPLE, OFFICERS)
def resubmit(request: Request, number: str) -> HttpResponse:
    """The corrections that were asked for: the same form with what was handed in before.

    At a window an officer fills them in for whoever stands there; the look is recorded each time.
    """
    by = corrector(request, number)
    view = by.view
    if "resubmit" not in view.acts:
        return redirect(by.address)
    if by.known is not None:
        record_serving(view, request.viewer, at=request.now, what="content")
    item = catalogue.item_version(view.state.head.item, view.state.head.item_version)
    correction = Correction(catalogue.in_readers_words(item))
    if request.method != "POST":
        correction.answers = dict(view.answers or {})
        return _correction(request, by, correction)
    correction.read(request.POST)
    correction.store(request.FILES, by.person, request.now)
    return _resubmitted(request, by, correction) or _correction(request, by, correction)


def corrector(request: Request, number: str) -> Corrector:
    """Who corrects this case here: the applicant, or the officer at whose window they stand; else refused."""
    viewer, at = request.viewer, request.now
    if viewer.officer is None:
        return Corrector(viewer, view_of(number, viewer, at=at))
    known = {one.person: one.known for one in commands.standing_here(viewer, at)}
    if not known:
        raise people_only()
    served = whose_case(number, list(known), viewer, at=at)
    assert served.person is not None
    return Corrector(served, view_of(number, served, at=at), known[served.person])


def _resubmitted(request: Request, by: Corrector, correction: Correction) -> HttpResponse | None:
    head = by.view.state.head
    try:
        if correction.faults:
            check(
                correction.item,
                correction.answers,
                correction.materials,
                uploader=by.person,
                applicant=head.applicant,
                as_person=by.viewer.acts_for_person(head.applicant),
                at=request.now,
                held=_held(by.view),
            )
            return None
        commands.resubmit(
            head.number,
            seen=seen_in(request.POST),
            by=by.viewer,
            at=request.now,
            answers=correction.answers,
            materials=correction.materials,
            received=_received(request, by, correction),
        )
    except Refusal as refusal:
        mend(correction, refusal)
        return None
    return redirect(by.address)


def _received(request: Request, by: Corrector, correction: Correction) -> Received | None:
    before = by.view.answers or {}
    typed = {name: told for name, told in correction.answers.items() if told != before.get(name)}
    return received(request, by, typed)


def received(request: Request, by: Corrector, typed: Mapping[str, Any]) -> Received | None:
    """How a window received it, with these answers `typed`; None of who does it themselves."""
    if by.known is None or request.viewer.officer is None:
        return None
    confirmed = request.POST.get("confirmed", "")
    return commands.corrected_at_window(
        by.known, typed, confirmed, owner=by.viewer, officer=request.viewer.officer
    )


def mend(correction: Correction, refusal: Refusal) -> None:
    """What can be mended on this page is shown on it, so that nothing typed is lost; the rest goes on."""
    if refusal.status != TO_BE_MENDED:
        raise refusal
    if refusal.faults:
        correction.take_over(refusal.faults)
    else:
        where = "confirmed" if refusal.code == UNREAD else "form"
        correction.fault(where, refusal.says, refusal.do)


def _held(view: CaseView) -> frozenset[str]:
    """What was handed in before, and need not be again."""
    return frozenset(one.kind for one in view.materials)


def _correction(request: Request, by: Corrector, correction: Correction) -> HttpResponse:
    view = by.view
    notice = next((told for told in reversed(view.story) if told.faults), None)
    context = {
        "item": correction.item,
        "view": view,
        "standing": standing_of(view, request.now),
        "notice": notice,
        "correction": correction,
        "steps": correction.steps(),
        "materials": correction.files(by.person, request.now, _held(view)),
        "back": by.address,
        "window": {"at_window": by.known is not None, "whose": by.viewer},
        "unconfirmed": correction.fault_at("confirmed"),
    }
    return render(request, "cases/resubmit.html", context, status=TO_BE_MENDED if correction.faults else 200)


@require_http_methods(["GET", "HEAD"])
@open_to(PEOPLE)
def withdrawal(request: Request, number: str) -> HttpResponse:
    """Ask once more before an application is taken back."""
    view = view_of(number, request.viewer, at=request.now)
    return render(request, "cases/withdraw.html", {"view": view, "part": part_of(view)})


@require_POST
@open_to(PEOPLE)
def withdraw(request: Request, number: str) -> HttpResponse:
    """Take the application back."""
    commands.withdraw(number, seen=seen_in(request.POST), by=request.viewer, at=request.now)
    return redirect("cases:case", number)
