"""The first page: one question, what one left half done, life, and what everyone may see."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import SHANGHAI, end_of, legal_day
from tongban.kernel.figures import in_words
from tongban.kernel.kept import Kept
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.speech import spoken
from tongban.notices import api as notices
from tongban.portal.pages.arranging import first_for
from tongban.portal.pages.seen import seen_today

OPEN_CASES: Final = 3
LOOKED_THROUGH: Final = 30
"""Open cases among which those that wait for oneself are found; whoever has more has a list of them."""

MOST_USED: Final = 6
HALF_A_YEAR: Final = timedelta(days=183)
NEWS: Final = 4
ANNOUNCED: Final = 3
NEW_FOR: Final = timedelta(days=30)
FAMILIES: Final = ("life", "person", "enterprise")

most_used: Final = Kept(60, cases.most_used)
news: Final = Kept(60, catalogue.news)
announced: Final = Kept(60, notices.announcements)


@require_safe
@open_to(ANYONE)
def home(request: Request) -> HttpResponse:
    """What one may want done, what of one's own is open, and what everyone can see.

    No statement for who is not signed in, but for five that are kept for all together; two more for who is.
    """
    # Addresses of the time when this page searched.
    if "q" in request.GET:
        return redirect(f"{reverse('portal:search')}?{urlencode({'q': request.GET['q']})}")
    columns, this_day = catalogue.columns(), _begun(request.now)
    context = {
        "wishes": [(wish.says, address_of(wish.opens)) for wish in columns.wishes],
        "drafts": cases.drafts(request.viewer, at=request.now),
        "open_cases": _open_cases(request),
        "families": {family: [one for one in columns.topics if one.of == family] for family in FAMILIES},
        "cared": [one for one in columns.topics if one.care],
        "first": _first(request, columns),
        "columns": [(one, _address_of_column(one)) for one in columns.columns],
        "used": _most_used(this_day),
        "joints": [(one, spoken(in_words(one.promised))) for one in catalogue.joints()],
        "news": news(this_day - NEW_FOR, NEWS),
        "seen": seen_today(legal_day(request.now)),
        **_announced(request.now),
    }
    return render(request, "portal/home.html", context)


def _first(request: Request, columns: catalogue.Columns) -> list[tuple[str, str, str]]:
    """What its reader wants first: character, name and address of each; what the city took away is gone."""
    known = {one.slug: one for one in columns.everything}
    found = [known[slug] for slug in first_for(request) if slug in known]
    return [(one.glyph, one.name, address_of(one.slug)) for one in found]


def address_of(code: str) -> str:
    """Where an item, a guide, a topic or a column is read."""
    columns = catalogue.columns()
    if columns.named(code):
        return reverse("portal:topic", args=[code])
    column = next((one for one in columns.columns if one.slug == code), None)
    return _address_of_column(column) if column else reverse("catalogue:guide", args=[code])


PAGES: Final = {
    "items": "portal:items",
    "mine": "cases:mine",
    "wallet": "certificates:wallet",
    "verify": "portal:verify",
    "ledger": "ledger:ledger",
    "order": "portal:order",
    "call-back": "hotline:call-back",
}
"""Where a column leads that names a page."""


def _address_of_column(column: catalogue.Column) -> str:
    return reverse(PAGES[column.page]) if column.page else reverse("portal:topic", args=[column.slug])


def _open_cases(request: Request) -> list[cases.CaseRow]:
    """The latest that are open, those first that wait for the applicant."""
    if request.viewer.person is None:
        return []
    under_way = cases.Filters(open=True)
    rows = cases.cases(request.viewer, under_way, at=request.now, limit=LOOKED_THROUGH)
    return sorted(rows, key=lambda row: not row.to_do)[:OPEN_CASES]


def _most_used(this_day: datetime) -> list[dict[str, Any]]:
    """What was applied for most often in half a year, as it stands today."""
    counted = most_used(this_day - HALF_A_YEAR, MOST_USED * 2)
    offered = {one.slug: one for one in catalogue.items()}
    found: Iterable[catalogue.Item] = (offered[slug] for slug in counted if slug in offered)
    return [{"item": one, "promised": spoken(in_words(one.promised))} for one in islice(found, MOST_USED)]


def _announced(at: datetime) -> dict[str, Any]:
    """What the city tells everyone: the most pressing for the bar, the newest for the board."""
    told = announced(datetime.combine(legal_day(at), time(12), SHANGHAI))
    return {"pressing": next((one for one in told if one.pressing), None), "announced": told[:ANNOUNCED]}


def _begun(at: datetime) -> datetime:
    """When this day began: the same all day, so that what is kept is asked for by the same words."""
    return end_of(legal_day(at) - timedelta(days=1))
