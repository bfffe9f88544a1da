"""What changes in the catalogue."""

from tongban.catalogue.commands.indexing import index, unindex
from tongban.catalogue.commands.publishing import Publication, publish, publish_year
from tongban.catalogue.commands.unanswered import count_unanswered

__all__ = ["Publication", "count_unanswered", "index", "publish", "publish_year", "unindex"]
