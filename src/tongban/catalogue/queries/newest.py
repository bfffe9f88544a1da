"""What was published lately."""

from dataclasses import dataclass
from datetime import datetime

from tongban.catalogue.queries.published import items, joints
from tongban.kernel.ids import ItemCode
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class Published:
    """An item whose current version is new: the first, or one that changed the item."""

    slug: ItemCode
    name: str
    version: int
    at: datetime


def news(since: datetime, limit: int) -> list[Published]:
    """What was published since then and is current, the latest first. One statement."""
    rows = run(load("tongban.catalogue", "news"), (since, limit))
    names = {one.slug: one.name for one in (*items(), *joints())}
    return [Published(slug, names[slug], version, at) for slug, version, at in rows if slug in names]
