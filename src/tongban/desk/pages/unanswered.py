"""What people looked for in vain."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to

ASKED_WITHIN: Final = timedelta(days=90)
SEVERAL: Final = 2
"""Words that somebody alone wrote may hold their own name, and are counted but not shown."""


@require_safe
@open_to(OFFICERS)
def unanswered(request: OfficerRequest) -> HttpResponse:
    """What people looked for in vain, so that it can be found: of what several asked, nobody asked alone."""
    since = legal_day(request.now) - ASKED_WITHIN
    found = catalogue.unanswered(request.viewer, since=since)
    context = {
        "rows": [one for one in found if one.times >= SEVERAL],
        "alone": sum(one.times < SEVERAL for one in found),
        "since": since,
        "most": catalogue.MOST_UNANSWERED,
        "cut": len(found) == catalogue.MOST_UNANSWERED,
    }
    return render(request, "desk/unanswered.html", context)
