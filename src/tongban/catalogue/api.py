"""The door of the catalogue."""

from tongban.catalogue.commands import Publication, publish
from tongban.catalogue.queries import (
    Coded,
    GuideOnly,
    Item,
    Material,
    Office,
    changes,
    condition_in_words,
    forget,
    guides,
    item,
    item_version,
    items,
    queue_of,
    versions_of,
)

__all__ = [
    "Coded",
    "GuideOnly",
    "Item",
    "Material",
    "Office",
    "Publication",
    "changes",
    "condition_in_words",
    "forget",
    "guides",
    "item",
    "item_version",
    "items",
    "publish",
    "queue_of",
    "versions_of",
]
