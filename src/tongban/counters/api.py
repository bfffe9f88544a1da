"""The door of counters."""

from tongban.counters.commands import Arriving, expire, leave, receive
from tongban.counters.queries import ReceptionRow, reception, receptions, standing

__all__ = [
    "Arriving",
    "ReceptionRow",
    "expire",
    "leave",
    "receive",
    "reception",
    "receptions",
    "standing",
]
