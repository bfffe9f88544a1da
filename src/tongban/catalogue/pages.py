"""The guide of an item: the answer first, then the rest."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.catalogue import queries
from tongban.engine.calendar import legal_day
from tongban.kernel.figures import in_words
from tongban.kernel.ids import ItemCode
from tongban.kernel.pages import ANYONE, Request, open_to


@require_safe
@open_to(ANYONE)
def guide(request: Request, slug: str) -> HttpResponse:
    """What an item is, what it takes, and where to begin. One statement where a certificate may help.

    What can only be read about stands under the same addresses, so that they hold when it can be applied for.
    """
    only = queries.guide_only(ItemCode(slug))
    if only is not None:
        return render(request, "catalogue/guide_only.html", {"item": only})
    item = queries.item(ItemCode(slug))
    statutory = item.statutory_on(legal_day(request.now))
    context = {
        "item": item,
        "promised": in_words(item.promised),
        "statutory": in_words(statutory) if statutory else "",
        "bring": [one for one in item.materials if one.may_be_handed_in],
        "spared": [one for one in item.materials if not one.may_be_handed_in],
        "sentences": queries.sentences_for(item, request.viewer, at=request.now),
        "online": "online" in item.channels,
    }
    return render(request, "catalogue/guide.html", context)
