"""Enterprises: linked by who represents them, and the mandates given and taken."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.identity import commands, queries
from tongban.identity.commands import Offer
from tongban.identity.forms import EnterpriseForm, OfferForm
from tongban.identity.pages.doors import account_of
from tongban.kernel.ids import PersonKey
from tongban.kernel.pages import PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422
STANDS_ON: Final = {
    commands.Between.ENTERPRISES: "identity:enterprises",
    commands.Between.PEOPLE: "identity:people",
}
"""The page on which a mandate stands."""


@require_safe
@never_cache
@open_to(PEOPLE)
def enterprises(request: Request) -> HttpResponse:
    """The enterprises one may act for, who else may, and what is offered to oneself."""
    linked, offers = queries.linked(request.viewer, request.now)
    return render(request, "identity/enterprises.html", {"linked": linked, "offers": offers})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(PEOPLE)
def link(request: Request) -> HttpResponse:
    """Ask for the code of an enterprise that one represents, and compare it once with its register."""
    form = EnterpriseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.link_enterprise(account_of(request), form.cleaned_data["code"], at=request.now)
        except Refusal as refusal:
            form.refused("code", refusal)
        else:
            messages.success(request, _("企业已关联，现在可以替它办事了。"))
            return redirect("identity:enterprises")
    context = {"form": form}
    return render(request, "identity/link.html", context, status=TO_BE_MENDED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("name", "phone")
@open_to(PEOPLE)
def offer(request: Request, enterprise: str) -> HttpResponse:
    """Offer somebody to act for an enterprise that one represents."""
    linked, _offers = queries.linked(request.viewer, request.now)
    found = next((one for one in linked if one.enterprise.code == enterprise and one.mine.represents), None)
    if found is None:
        raise commands.not_representing()
    form = offered(request, found.enterprise.key)
    if form is None:
        return redirect("identity:enterprises")
    context = {"form": form, "enterprise": found.enterprise}
    return render(request, "identity/offer.html", context, status=TO_BE_MENDED if form.errors else 200)


REFUSED_AT: Final = {"identity.mandate.oneself": "phone", "identity.mandate.scope": "scope"}
"""The field at which a refused offer is mended; every other one at its last day."""


def offered(request: Request, enterprise: PersonKey | None) -> OfferForm | None:
    """Offer what was filled in, for an enterprise or oneself: None once done, else the form to fill in."""
    form = OfferForm(commands.matters(), request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return form
    told = form.cleaned_data
    offer = Offer(told["phone"], told["name"], told["last_day"], tuple(told["scope"]))
    try:
        commands.offer_mandate(account_of(request), enterprise, offer, at=request.now)
    except Refusal as refusal:
        form.refused(REFUSED_AT.get(refusal.code, "last_day"), refusal)
        return form
    messages.success(request, _("授权已发出。对方用这个手机号登录、同意以后生效。"))
    return None


@require_POST
@open_to(PEOPLE)
def accept(request: Request, offer: UUID) -> HttpResponse:
    """Take a mandate that was offered."""
    between = commands.accept_offer(account_of(request), offer, at=request.now)
    messages.success(request, _("授权已生效，现在可以替对方办事了。"))
    return redirect(STANDS_ON[between])


@require_POST
@open_to(PEOPLE)
def end_offer(request: Request, offer: UUID) -> HttpResponse:
    """Take an offer back, or turn it down."""
    between = commands.end_offer(account_of(request), offer, at=request.now)
    messages.success(request, _("这项授权没有生效，已经取消。"))
    return redirect(STANDS_ON[between])


@require_POST
@open_to(PEOPLE)
def end_mandate(request: Request, mandate: UUID) -> HttpResponse:
    """End a mandate at once."""
    between = commands.end_mandate(account_of(request), mandate, at=request.now)
    messages.success(request, _("授权已经结束，立即生效。"))
    return redirect(STANDS_ON[between])
