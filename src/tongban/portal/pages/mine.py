"""One's own room: what is under way, what one holds, for whom one acts, and what is kept of one."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tongban.cases import api as cases
from tongban.certificates import api as certificates
from tongban.identity import api as identity
from tongban.kernel.pages import RESIDENTS, Request, fresh, open_to
from tongban.portal.queries import kept_of, packed

OPEN_CASES: Final = 3
HELD: Final = 3


@require_safe
@never_cache
@open_to(RESIDENTS)
def mine(request: Request) -> HttpResponse:
    """What is one's own, the nearest first; who is not known by name yet is told what is missing."""
    viewer, known = request.viewer, request.viewer.person is not None
    under_way = cases.Filters(open=True)
    held = certificates.wallet(viewer, at=request.now) if known else []
    context = {
        "known": known,
        "cases": cases.cases(viewer, under_way, at=request.now, limit=OPEN_CASES) if known else [],
        "drafts": cases.drafts(viewer, at=request.now),
        "held": [one for one in held if one.valid][:HELD],
        "enterprises": identity.enterprises_of(viewer),
    }
    return render(request, "portal/mine.html", context)


@require_safe
@never_cache
@open_to(RESIDENTS)
def data(request: Request) -> HttpResponse:
    """What is kept of one, who looked at it, and how to take it away."""
    kept = kept_of(request.viewer, request.now)
    return render(request, "portal/data.html", {"kept": kept})


@require_http_methods(["POST"])
@never_cache
@open_to(RESIDENTS)
@fresh
def take(request: Request) -> HttpResponse:
    """Everything that is kept of one, as one file: to read, and for programs. It is noted."""
    assert request.viewer.account is not None
    file = packed(request.viewer, request.now)
    identity.note(request.viewer.account, identity.Noted.DATA_TAKEN, at=request.now)
    name = f"my-data-{request.now:%Y%m%d}.zip"
    return HttpResponse(
        file,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
