"""The first page: one question."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.kernel.figures import in_words
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.ledger import api as ledger

OPEN_CASES: Final = 3
LONGEST_QUESTION: Final = 100
WISHES: Final = 6
MOST_GUIDES: Final = 40


@require_safe
@open_to(ANYONE)
def home(request: Request) -> HttpResponse:
    """What one may want done, what of one's own is open, and what everyone can see."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    signed_in = request.viewer.person is not None
    guides = catalogue.guides(asked)
    under_way = cases.Filters(open=True)
    context = {
        "asked": asked,
        "items": [(item, in_words(item.promised)) for item in catalogue.items(asked)],
        "guides": guides[:MOST_GUIDES] if asked else (),
        "guides_left": max(len(guides) - MOST_GUIDES, 0),
        "life_events": dict.fromkeys(one.life_event for one in guides),
        "wishes": _wishes(),
        "open_cases": cases.cases(request.viewer, under_way, at=request.now, limit=OPEN_CASES)
        if signed_in
        else [],
        "standing": ledger.standing(),
    }
    return render(request, "portal/home.html", context)


def _wishes() -> list[tuple[str, catalogue.Item]]:
    """What people often say they want, and the item it means."""
    said = {item.words[0]: item for item in catalogue.items() if item.words}
    return list(said.items())[:WISHES]
