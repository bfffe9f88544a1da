"""The versions of an item or a joint service, and what changed between two of them."""

import orjson
from django.utils.translation import gettext as _

from tongban.catalogue.models import ItemVersion
from tongban.catalogue.queries.published import unknown
from tongban.engine.packs import Difference, differences
from tongban.kernel.ids import ItemCode
from tongban.kernel.refusal import Refusal


def versions_of(slug: ItemCode) -> list[int]:
    """The numbers of the versions of an item, the first first; refused if there is none. One statement."""
    found = list(ItemVersion.objects.filter(slug=slug).order_by("version").values_list("version", flat=True))
    if not found:
        raise unknown()
    return found


def changes(slug: ItemCode, before: int, after: int) -> list[Difference]:
    """What changed between two versions of an item, place by place; refused for one that was never published.

    One statement, and one more to say which versions there are.
    """
    wanted = ItemVersion.objects.filter(slug=slug, version__in=(before, after))
    texts = dict(wanted.values_list("version", "document"))
    for version in (before, after):
        if version not in texts:
            raise _no_such_version(slug, version)
    return list(differences(orjson.loads(texts[before]), orjson.loads(texts[after])))


def _no_such_version(slug: ItemCode, version: int) -> Refusal:
    there = "、".join(map(str, versions_of(slug)))
    return Refusal(
        "catalogue.version.unknown",
        says=_("“%(slug)s”没有第 %(version)s 版。") % {"slug": slug, "version": version},
        do=_("已经发布的版本：%(there)s。") % {"there": there},
        status=404,
    )
