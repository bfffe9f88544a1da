"""Lists of what the city offers: by topic, and all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tongban.catalogue import api as catalogue
from tongban.kernel.figures import in_words
from tongban.kernel.pages import ANYONE, open_to
from tongban.kernel.refusal import Refusal
from tongban.kernel.speech import spoken

ON_A_PAGE: Final = 30
LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Offered:
    """A row of a list: an item, or what can only be read about; `promised` in words, empty for a guide."""

    code: str
    name: str
    department: str
    sample: bool
    online: str
    words: tuple[str, ...]
    promised: str = ""
    visits: int = 0
    free: bool = False


def offered(items: Iterable[catalogue.Item], guides: Iterable[catalogue.GuideOnly]) -> list[Offered]:
    """Rows of items, then of guides."""
    return [
        *(
            Offered(
                one.slug,
                one.name,
                one.department,
                one.sample,
                "whole" if "online" in one.channels and not one.visits else "apply",
                one.words,
                spoken(in_words(one.promised)) if one.promised.value else _("当天"),
                one.visits,
                not one.fees,
            )
            for one in items
        ),
        *(Offered(one.code, one.name, one.department, one.sample, "guide", one.words) for one in guides),
    ]


@require_safe
@open_to(ANYONE)
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """What there is of a topic or a column: what can be applied for, then what can be read. No statement."""
    columns = catalogue.columns()
    found = columns.named(topic)
    if found is None:
        raise Refusal(
            "portal.topic.unknown",
            says=_("没有这个专题。"),
            do=_("请回到首页，从您要办的事找起。"),
            status=404,
        )
    items, guides = catalogue.listed(found.listing)
    context = {
        "topic": found,
        "rows": offered(items, ()),
        "guides": offered((), guides),
        "others": [one for one in columns.topics if one.of == getattr(found, "of", "life")],
    }
    return render(request, "portal/topic.html", context)


NARROWED_BY: Final = ("q", "department", "audience", "event", "online")
ONLINE: Final = {
    "whole": gettext_lazy("网上全程可办"),
    "apply": gettext_lazy("网上申请，要到现场"),
    "guide": gettext_lazy("只能先看指南"),
}
"""How far one gets without leaving home."""


@require_safe
@open_to(ANYONE)
def items(request: HttpRequest) -> HttpResponse:
    """Everything published, narrowed by words, department, audience, life event and how far one gets online.

    No statement.
    """
    asked = {key: request.GET.get(key, "").strip()[:LONGEST] for key in NARROWED_BY}
    listing = catalogue.Listing(audience=frozenset([asked["audience"]]) if asked["audience"] else frozenset())
    found, guides = catalogue.listed(listing)
    events = _events(guides)
    rows = [row for row in offered(found, guides) if _fits(row, asked, events)]
    page = _page(request.GET.get("page", ""), len(rows))
    shown = rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    context = {
        "asked": asked,
        "narrowed": any(asked.values()),
        "online": [(code, words) for code, words in ONLINE.items()],
        "rows": shown,
        "count": len(rows),
        "departments": sorted({one.department for one in _everything()}),
        "audiences": _audiences(),
        "events": list(dict.fromkeys(one.life_event for one in catalogue.guides())),
        "previous": _turned(asked, page - 1) if page > 1 else "",
        "next": _turned(asked, page + 1) if page * ON_A_PAGE < len(rows) else "",
    }
    return render(request, "portal/items.html", context)


def _events(guides: Sequence[catalogue.GuideOnly]) -> dict[str, set[str]]:
    """By code, the life events in which it stands: a guide's own, and those of the topics that list it."""
    events: dict[str, set[str]] = {one.code: {one.life_event} for one in guides}
    for one in catalogue.columns().topics:
        for code in one.listing.items:
            events.setdefault(code, set()).update(one.listing.life_events)
    return events


def _fits(row: Offered, asked: dict[str, str], events: dict[str, set[str]]) -> bool:
    return (
        any(asked["q"] in text for text in (row.name, *row.words))
        and asked["department"] in ("", row.department)
        and asked["online"] in ("", row.online)
        and (not asked["event"] or asked["event"] in events.get(row.code, ()))
    )


def _audiences() -> list[tuple[str, str]]:
    return sorted({(one.code, one.name or one.code) for each in _everything() for one in each.audience})


def _everything() -> list[catalogue.Item | catalogue.GuideOnly]:
    return [*catalogue.items(), *catalogue.guides()]


def _page(written: str, rows: int) -> int:
    """The page asked for, as far as there are so many."""
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= 4 else 1
    return min(max(number, 1), max(-(-rows // ON_A_PAGE), 1))


def _turned(asked: dict[str, Any], page: int) -> str:
    return "?" + urlencode({**{key: value for key, value in asked.items() if value}, "page": page})
