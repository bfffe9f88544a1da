"""What people see of the ledger: what it is, how far it is sealed, how anyone checks it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.kernel.pages import ANYONE, open_to
from tongban.ledger import queries


@open_to(ANYONE)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The page of the public ledger."""
    page = {
        "standing": queries.standing(),
        "keys": queries.keys(),
        "origin": settings.LEDGER_ORIGIN,
        "address": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "ledger/ledger.html", page)
