"""The door of administration."""

from tongban.administration.commands import FirstPassword, expire, found_administrator

__all__ = ["FirstPassword", "expire", "found_administrator"]
