"""What changes in the catalogue."""

from tongban.catalogue.commands.indexing import index, unindex
from tongban.catalogue.commands.publishing import (
    Publication,
    life_of_cases,
    publish,
    publish_year,
    supply_life,
)
from tongban.catalogue.commands.unanswered import count_unanswered

__all__ = [
    "Publication",
    "count_unanswered",
    "index",
    "life_of_cases",
    "publish",
    "publish_year",
    "supply_life",
    "unindex",
]
