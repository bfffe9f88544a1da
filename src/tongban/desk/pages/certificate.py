"""One certificate with its acts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.certificates import api as certificates
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to


@require_safe
@open_to(OFFICERS)
def certificate(request: OfficerRequest, certificate: str) -> HttpResponse:
    """One certificate: how it stands, what was done and why, and the acts. The look is recorded and shown."""
    view = certificates.look_at(certificate, request.viewer, at=request.now)
    acts = certificates.acts_for(view, request.now)
    context = {"view": view, "story": view.story[::-1], "acts": acts}
    return render(request, "desk/certificate.html", context)
