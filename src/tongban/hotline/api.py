"""The door of the hotline."""

from tongban.hotline.commands import (
    KEY_TABLES,
    Asked,
    Asking,
    ask,
    expire,
    open_number,
    record_call,
    withdraw,
)
from tongban.hotline.queries import Standing, WaitingCall, calls_waiting, standing_of

__all__ = [
    "KEY_TABLES",
    "Asked",
    "Asking",
    "Standing",
    "WaitingCall",
    "ask",
    "calls_waiting",
    "expire",
    "open_number",
    "record_call",
    "standing_of",
    "withdraw",
]
