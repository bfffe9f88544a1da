"""Publishing what the city tells everyone."""

from collections.abc import Iterable
from hashlib import sha256

import orjson
from django.db import transaction

from tongban.engine.packs import Document
from tongban.kernel.sql import run


def publish(announcements: Iterable[Document]) -> list[str]:
    """Publish announcements as a check without fault gave them; the slugs of those that are new or changed.

    One that is in no pack any more stays: to end one, its pack says until when it is shown.
    """
    with transaction.atomic():
        return [one["slug"] for one in announcements if _published(one)]


def _published(document: Document) -> bool:
    text = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    return bool(
        run(
            "insert into notices_announcement as a (slug, day, digest, document)"
            " values ($1::text, $2::date, $3::text, $4::text) on conflict (slug) do update"
            " set day = excluded.day, digest = excluded.digest, document = excluded.document"
            " where a.digest <> excluded.digest returning slug",
            (document["slug"], document["day"], sha256(text).hexdigest(), text.decode()),
        )
    )
