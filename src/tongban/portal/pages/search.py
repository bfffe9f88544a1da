"""Searching: what fits a wish, in groups; what helps where nothing does; suggestions while one writes."""

from typing import Final, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.kernel.figures import in_words
from tongban.kernel.ids import ItemCode
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.speech import spoken

AUDIENCES: Final = ("", "person", "enterprise")
SUGGESTED: Final = 6


@require_safe
@open_to(ANYONE)
def search(request: Request) -> HttpResponse:
    """What was found for `q`, for all or for those that `for` tells; what finds nothing is counted."""
    asked = request.GET.get("q", "").strip()
    audience = _audience(request)
    found = catalogue.search(asked, on=legal_day(request.now), audience=audience)
    if asked and found.nothing and not audience:
        catalogue.count_unanswered(asked, at=request.now)
    context = {
        "asked": found.asked,
        "audience": audience,
        "found": found,
        "full": len(found.items) == catalogue.MOST_FOUND,
        "items": [(hit, _item(hit)) for hit in found.items],
        "life_events": () if asked and not found.nothing else _life_events(),
    }
    return render(request, "portal/search.html", context)


@require_safe
@open_to(ANYONE)
def suggestions(request: Request) -> HttpResponse:
    """What somebody who has written `q` may be about to write: the options of a list box."""
    begun = request.GET.get("q", "").strip()
    suggested = catalogue.suggestions(begun, limit=SUGGESTED) if begun else []
    return render(request, "portal/parts/suggestions.html", {"suggested": suggested})


def _audience(request: Request) -> catalogue.Audience:
    wanted = request.GET.get("for", "")
    return cast(catalogue.Audience, wanted) if wanted in AUDIENCES else ""


def _item(hit: catalogue.Hit) -> dict[str, object]:
    """What a row says of an item; nothing of what can only be read about. No statement."""
    if hit.kind == catalogue.EntryKind.JOINT:
        joint = catalogue.joint(ItemCode(hit.code))
        promised, at_once = spoken(in_words(joint.promised)), not joint.promised.value
        return {"promised": promised, "instant": at_once, "together": len(joint.items)}
    if hit.kind != catalogue.EntryKind.ITEM:
        return {}
    item = catalogue.item(ItemCode(hit.code))
    return {
        "promised": spoken(in_words(item.promised)),
        "instant": item.kind == "instant",
        "stays_home": item.visits == 0,
        "free": not item.fees,
    }


def _life_events() -> list[str]:
    return list(dict.fromkeys(one.life_event for one in catalogue.guides()))
