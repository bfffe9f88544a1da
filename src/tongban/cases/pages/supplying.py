"""Bringing what is owed since a tolerant acceptance, all of it or some, by oneself or at a window."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.cases import commands
from tongban.cases.forms import Correction
from tongban.cases.pages.applying import TO_BE_MENDED, Corrector, corrector, mend, received
from tongban.cases.queries import Owing, owing_of, record_serving
from tongban.catalogue import api as catalogue
from tongban.kernel.acts import seen_in
from tongban.kernel.pages import OFFICERS, PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(PEOPLE, OFFICERS)
def supply(request: Request, number: str) -> HttpResponse:
    """What is owed, with a place for each file; at a window an officer hands it in for who stands there."""
    by = corrector(request, number)
    owing = owing_of(by.view, request.now)
    if owing is None:
        return redirect(by.address)
    if by.known is not None:
        record_serving(by.view, request.viewer, at=request.now, what="content")
    head = by.view.state.head
    item = catalogue.in_readers_words(catalogue.item_version(head.item, head.item_version))
    brought = Correction(item, owing.kinds)
    if request.method != "POST":
        return _shown(request, by, owing, brought)
    brought.read(request.POST)
    brought.store(request.FILES, by.person, request.now)
    return _supplied(request, by, brought) or _shown(request, by, owing, brought)


def _supplied(request: Request, by: Corrector, brought: Correction) -> HttpResponse | None:
    if brought.faults:
        return None
    try:
        commands.supply_owed(
            by.view.state.head.number,
            seen=seen_in(request.POST),
            by=by.viewer,
            at=request.now,
            materials=brought.materials,
            received=received(request, by, {}),
        )
    except Refusal as refusal:
        mend(brought, refusal)
        return None
    messages.success(request, _("收到了。"))
    return redirect(by.address)


def _shown(request: Request, by: Corrector, owing: Owing, brought: Correction) -> HttpResponse:
    context = {
        "view": by.view,
        "owing": owing,
        "correction": brought,
        "materials": brought.files(by.person, request.now),
        "back": by.address,
        "window": {"at_window": by.known is not None, "whose": by.viewer},
        "unconfirmed": brought.fault_at("confirmed"),
    }
    return render(request, "cases/supply.html", context, status=TO_BE_MENDED if brought.faults else 200)
