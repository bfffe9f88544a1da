"""What people see of certificates: their own, one of them, and for anyone whether one holds."""

from typing import Final

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from tongban.certificates import queries
from tongban.kernel.pages import ANYONE, OFFICERS, PEOPLE, Request, open_to

SHOWN: Final = {"dark": "#000", "light": "#fff", "border": 3, "scale": 4, "omitsize": True}
"""Black on white whatever the page's colours, with a margin, as large as its place allows."""


@require_safe
@open_to(PEOPLE)
def wallet(request: Request) -> HttpResponse:
    """One's own certificates and those of the enterprises one may act for."""
    rows = queries.wallet(request.viewer, at=request.now)
    return render(request, "certificates/wallet.html", {"rows": rows})


@require_safe
@open_to(PEOPLE, OFFICERS)
def certificate(request: Request, certificate: str) -> HttpResponse:
    """One certificate: what is printed on it, whether it holds, what happened. Officers read no line."""
    view = queries.certificate(certificate, request.viewer, at=request.now)
    address = settings.ADDRESS + reverse("certificates:check", args=[view.number])
    context = {"view": view, "story": view.story[::-1], "address": address, "code": _drawn(address)}
    return render(request, "certificates/certificate.html", context)


@require_safe
@open_to(ANYONE)
def check(request: Request, certificate: str) -> HttpResponse:
    """What anyone may know of a certificate, as it stands at this moment."""
    found = queries.check(certificate, at=request.now)
    response = render(request, "certificates/check.html", {"found": found, "now": request.now})
    response["Cache-Control"] = "no-store"
    return response


def _drawn(address: str) -> SafeString:
    # Drawn by segno from an address of ours: nothing that anyone typed.
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(**SHOWN))
