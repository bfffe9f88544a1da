"""The front page of administration, and how the city is arranged."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.administration import queries
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to


@require_safe
@open_to(OFFICERS)
def home(request: OfficerRequest) -> HttpResponse:
    """What waits for a second person, and where everything is. One statement."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    waiting = queries.waiting(request.viewer)
    context = {
        "to_answer": [one for one in waiting if one.waits and not one.own],
        "own": [one for one in waiting if one.own],
    }
    return render(request, "administration/home.html", context)


@require_safe
@open_to(OFFICERS)
def directory(request: OfficerRequest) -> HttpResponse:
    """Regions and bodies within one's reach. Four statements."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    regions = queries.tree(request.viewer, legal_day(request.now))
    return render(request, "administration/directory.html", {"regions": regions})


@require_safe
@open_to(OFFICERS)
def body(request: OfficerRequest, body: str) -> HttpResponse:
    """A body with its posts and who holds them. Five statements."""
    view = queries.body_of(request.viewer, BodyCode(body), legal_day(request.now))
    return render(request, "administration/body.html", {"view": view})


@require_safe
@open_to(OFFICERS)
def person(request: OfficerRequest, officer: UUID) -> HttpResponse:
    """Somebody in office. Six statements."""
    view = queries.person_of(request.viewer, OfficerId(officer), legal_day(request.now))
    return render(request, "administration/person.html", {"view": view})


@require_safe
@open_to(OFFICERS)
def record(request: OfficerRequest) -> HttpResponse:
    """What was changed, the newest first. One statement."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    page = queries.record(request.viewer, request.GET.get("after", ""))
    return render(request, "administration/record.html", {"page": page})


@require_safe
@open_to(OFFICERS)
def recorded(request: OfficerRequest, change: int) -> HttpResponse:
    """One change, whole. One statement."""
    return render(
        request, "administration/recorded.html", {"change": queries.change_of(request.viewer, change)}
    )
