"""The door of administration."""

from tongban.administration.commands import expire

__all__ = ["expire"]
