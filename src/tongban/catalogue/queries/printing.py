"""What of an item can be taken away on paper, laid out once in a process."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tongban.catalogue.queries.published import history, item_version
from tongban.catalogue.rules.handouts import form_on_paper, guide_on_paper, sample_on_paper
from tongban.catalogue.rules.item import Item
from tongban.catalogue.rules.situations import Narrowed, narrow
from tongban.engine.calendar import legal_day
from tongban.kernel.figures import Limit
from tongban.kernel.handout import Handout
from tongban.kernel.ids import ItemCode
from tongban.kernel.refusal import Refusal
from tongban.papers import api as papers

HANDOUTS_HELD: Final = 256
"""How many handouts a process keeps; one takes about fifty kilobytes."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """All that a handout depends on. A version is known by its digest too: tests begin anew at the first."""

    slug: ItemCode
    version: int
    digest: str
    what: Literal["guide", "form", "sample"]
    kind: str = ""
    query: tuple[tuple[str, str], ...] = ()
    statutory: Limit | None = None


def address_of(slug: ItemCode) -> str:
    """Where a guide stands on the web, for whoever is given it on paper or by a machine."""
    return f"{settings.ADDRESS}/items/{slug}"


def guide_pdf(item: Item, narrowed: Narrowed, *, at: datetime) -> bytes:
    """The guide as a PDF, for the situation that the answers tell of.

    Laid out once in a process for a version, a situation and a statutory limit; costs what `history` costs.
    """
    statutory = item.statutory_on(legal_day(at))
    query = tuple(narrowed.query)
    return _printed(_Wanted(item.slug, item.version, item.digest, "guide", "", query, statutory))


def form_pdf(item: Item, kind: str) -> bytes:
    """The item's form, to be filled in by hand; refused for a material that is none. Costs as `guide_pdf`."""
    return _printed(_Wanted(item.slug, item.version, item.digest, "form", kind))


def sample_pdf(item: Item, kind: str) -> bytes:
    """What a material may look like; refused where nobody drew one. Costs as `guide_pdf`."""
    return _printed(_Wanted(item.slug, item.version, item.digest, "sample", kind))


@lru_cache(maxsize=HANDOUTS_HELD)
def _printed(wanted: _Wanted) -> bytes:
    # In the language of the law, whoever asks first: what is printed is kept for all.
    with translation.override(settings.LANGUAGE_CODE):
        handout = _handout(item_version(wanted.slug, wanted.version), wanted)
        printed = papers.print_handout(handout) if handout else None
    if printed is None:
        raise Refusal(
            "catalogue.material.nothing-to-print",
            says=_("这份材料没有可以下载的样子或空白表。"),
            do=_("请回到办事指南，看这份材料怎么准备。"),
            status=404,
        )
    return printed


def _handout(item: Item, wanted: _Wanted) -> Handout | None:
    on, address = legal_day(history(item)[0].published_at), address_of(item.slug)
    if wanted.what == "guide":
        narrowed = narrow(item.situations, dict(wanted.query))
        return guide_on_paper(item, narrowed, wanted.statutory, address=address, on=on)
    for material in (one for one in item.materials if one.kind == wanted.kind):
        if wanted.what == "sample":
            return sample_on_paper(item, material, address=address, on=on)
        if material.is_form:
            return form_on_paper(item, material, address=address, on=on)
    return None
