"""Applying and correcting: one form, nothing lost on an error, a double press gives the same case."""

import secrets
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.commands.application import check
from tongban.cases.forms import Draft, prefilled
from tongban.cases.queries import CaseView, standing_of, view_of
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.acts import seen_in
from tongban.kernel.ids import ItemCode, RegionCode
from tongban.kernel.pages import PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(PEOPLE)
def apply(request: Request, slug: str) -> HttpResponse:
    """The application to an item: asked, shown again with its faults, or taken in."""
    draft = Draft(catalogue.item(ItemCode(slug)))
    person = request.viewer.person
    assert person is not None
    if request.method != "POST":
        draft.answers = prefilled(draft.item.form, identity.profile_of(person))
        return _form(request, draft)
    draft.read(request.POST)
    draft.store(request.FILES, person, request.now)
    return _submitted(request, draft) or _form(request, draft)


def _submitted(request: Request, draft: Draft) -> HttpResponse | None:
    """The way to the receipt; None where something must be mended first."""
    slug, applicant = draft.item.slug, _applicant(request)
    region = request.POST.get("to-office", "")
    if not any(office.region == region for office in draft.item.offices):
        draft.fault("to-office", "还没有选在哪里办。", "请选一个办理机关。")
    application = Application(slug, RegionCode(region), draft.answers, draft.materials)
    key = request.POST.get("form-key", "")[:64] or None
    try:
        if draft.faults:
            check(
                draft.item,
                draft.answers,
                draft.materials,
                uploader=_person(request),
                applicant=applicant.acting_for or _person(request),
                at=request.now,
            )
            return None
        done = commands.submit(application, by=applicant, key=key, at=request.now)
    except Refusal as refusal:
        _mend(draft, refusal)
        return None
    request.session.pop(_key_name(slug), None)
    # What was decided at once is shown at once; the receipt is a step away.
    return redirect("cases:case" if draft.item.rule else "cases:receipt", done.number)


def _mend(draft: Draft, refusal: Refusal) -> None:
    """What can be mended on this page is shown on it, so that nothing typed is lost; the rest goes on."""
    if refusal.status != TO_BE_MENDED:
        raise refusal
    if refusal.faults:
        draft.take_over(refusal.faults)
    else:
        draft.fault("form", refusal.says, refusal.do)


def _form(request: Request, draft: Draft) -> HttpResponse:
    enterprises = identity.enterprises_of(request.viewer)
    context = {
        "item": draft.item,
        "draft": draft,
        "steps": draft.steps(),
        "materials": draft.files(_person(request), request.now),
        "spared": draft.spared(),
        "sentences": catalogue.sentences_for(draft.item, request.viewer, at=request.now),
        "enterprises": enterprises,
        "act_as": request.POST.get("act-as", ""),
        "office": request.POST.get("to-office", ""),
        "office_fault": draft.fault_at("to-office"),
        "key": request.POST.get("form-key") or _form_key(request, draft.item.slug),
    }
    return render(request, "cases/apply.html", context, status=TO_BE_MENDED if draft.faults else 200)


def _form_key(request: Request, slug: ItemCode) -> str:
    """The key of the submission under way: the same in every tab until it is submitted."""
    name = _key_name(slug)
    if name not in request.session:
        request.session[name] = secrets.token_hex(16)
    return str(request.session[name])


def _key_name(slug: ItemCode) -> str:
    return f"form-key:{slug}"


def _applicant(request: Request) -> Viewer:
    """Oneself, or the enterprise one chose to act for."""
    code = request.POST.get("act-as", "")
    return identity.act_for(request.viewer, code) if code else request.viewer


def _person(request: Request) -> Any:
    assert request.viewer.person is not None
    return request.viewer.person


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(PEOPLE)
def resubmit(request: Request, number: str) -> HttpResponse:
    """The corrections that were asked for: the same form with what was handed in before."""
    view = view_of(number, request.viewer, at=request.now)
    if "resubmit" not in view.acts:
        return redirect("cases:case", number)
    draft = Draft(catalogue.item_version(view.state.head.item, view.state.head.item_version))
    if request.method != "POST":
        draft.answers = dict(view.answers or {})
        return _correction(request, view, draft)
    draft.read(request.POST)
    draft.store(request.FILES, _person(request), request.now)
    return _resubmitted(request, view, draft) or _correction(request, view, draft)


def _resubmitted(request: Request, view: CaseView, draft: Draft) -> HttpResponse | None:
    number = view.state.head.number
    try:
        if draft.faults:
            check(
                draft.item,
                draft.answers,
                draft.materials,
                uploader=_person(request),
                applicant=view.state.head.applicant,
                at=request.now,
                held=_held(view),
            )
            return None
        commands.resubmit(
            number,
            seen=seen_in(request.POST),
            by=request.viewer,
            at=request.now,
            answers=draft.answers,
            materials=draft.materials,
        )
    except Refusal as refusal:
        _mend(draft, refusal)
        return None
    return redirect("cases:case", number)


def _held(view: CaseView) -> frozenset[str]:
    """What was handed in before, and need not be again."""
    return frozenset(one.kind for one in view.materials)


def _correction(request: Request, view: CaseView, draft: Draft) -> HttpResponse:
    notice = next((told for told in reversed(view.story) if told.faults), None)
    context = {
        "item": draft.item,
        "view": view,
        "standing": standing_of(view, request.now),
        "notice": notice,
        "draft": draft,
        "steps": draft.steps(),
        "materials": draft.files(_person(request), request.now, _held(view)),
    }
    return render(request, "cases/resubmit.html", context, status=TO_BE_MENDED if draft.faults else 200)


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
