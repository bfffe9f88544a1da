"""The door of administration."""

from tongban.administration.commands import (
    FirstPassword,
    drop_retired,
    expire,
    found_administrator,
    rewrap_at_once,
    rewrap_on,
    supply,
)

__all__ = [
    "FirstPassword",
    "drop_retired",
    "expire",
    "found_administrator",
    "rewrap_at_once",
    "rewrap_on",
    "supply",
]
