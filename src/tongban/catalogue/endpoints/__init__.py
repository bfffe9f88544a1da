"""The catalogue for programs: what can be done, what each item asks for, by what rule some are granted."""

from tongban.catalogue.endpoints.items import guides_only, router, searching
from tongban.catalogue.endpoints.rule import router as rules

__all__ = ["guides_only", "router", "rules", "searching"]
