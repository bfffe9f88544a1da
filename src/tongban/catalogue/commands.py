"""What changes in the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Max

from tongban.catalogue.models import Columns, CurrentItem, GuideList, ItemVersion
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.packs import Document, check
from tongban.kernel.ids import BodyCode, ItemCode, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

_LOCK: Final = 0x63617461
"""Number of the advisory lock of this context ("cata")."""


@dataclass(frozen=True, slots=True)
class Publication:
    """An item as it now stands; `fresh` is False where this very content was current already."""

    slug: ItemCode
    name: str
    version: int
    digest: str
    fresh: bool


def publish(paths: Iterable[Path], *, at: datetime) -> list[Publication]:
    """Check item folders or whole packs folders and make what they hold current, all or none:
    items, guide lists and columns.

    An item whose content is the current one already stays as it is. Running cases keep their version. A new
    item is found at once, a new version of a known one holds everywhere within two seconds. The bodies that
    run the items, and their regions, are registered in the directory. Refused with every fault.
    """
    checked = check(paths, installed=Path(settings.PACKS), on=legal_day(at))
    if checked.faults:
        raise Refusal(
            "catalogue.publish.faulty-pack",
            says=f"事项包里有 {len(checked.faults)} 处错误，没有发布。",
            do="请用 tongban packs check 查看每一处，改好后再发布。",
            status=422,
            faults=[fault._asdict() for fault in checked.faults],
        )
    with transaction.atomic():
        run("select pg_advisory_xact_lock($1::bigint)", [_LOCK])
        for guide_list in checked.guide_lists:
            text, digest = _sealed(guide_list)
            GuideList.objects.update_or_create(
                slug=guide_list["slug"], defaults={"digest": digest, "document": text}
            )
        if checked.columns is not None:
            text, digest = _sealed(checked.columns)
            Columns.objects.update_or_create(id=1, defaults={"digest": digest, "document": text})
        return [_publish(document, at) for document in checked.documents]


def _sealed(document: Document) -> tuple[str, str]:
    """A document as canonical JSON, and the digest of just these bytes."""
    text = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    return text.decode(), sha256(text).hexdigest()


def _publish(document: Document, at: datetime) -> Publication:
    text, digest = _sealed(document)
    slug, name = ItemCode(document["slug"]), document["item"]["name"]
    current = CurrentItem.objects.select_related("version").filter(slug=slug).first()
    if current is not None and current.version.digest == digest:
        return Publication(slug, name, current.version.version, digest, fresh=False)
    _register_offices(document)
    row = ItemVersion.objects.create(
        slug=slug,
        version=(ItemVersion.objects.filter(slug=slug).aggregate(last=Max("version"))["last"] or 0) + 1,
        digest=digest,
        document=text,
        published_at=at,
    )
    CurrentItem.objects.update_or_create(slug=slug, defaults={"version": row})
    return Publication(slug, name, row.version, digest, fresh=True)


def _register_offices(document: Document) -> None:
    for region in document["regions"]:
        parent = region["parent"]
        directory.ensure_region(
            code=RegionCode(region["code"]),
            name=region["name"],
            parent=RegionCode(parent) if parent else None,
        )
    for office in document["item"]["offices"]:
        directory.ensure_body(
            code=BodyCode(office["body"]), name=office["name"], region=RegionCode(office["region"])
        )
