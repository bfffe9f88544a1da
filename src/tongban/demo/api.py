"""The door of the demonstration."""

from tongban.demo.city import has_past, live, populate

__all__ = ["has_past", "live", "populate"]
