"""The door of exchange."""

from tongban.exchange.commands import (
    Answer,
    Errand,
    NothingKnown,
    Question,
    Register,
    RegisterAway,
    ask,
    publish,
    rewrap,
    supply,
)
from tongban.exchange.queries import AskingRow, askings_about, askings_for

__all__ = [
    "Answer",
    "AskingRow",
    "Errand",
    "NothingKnown",
    "Question",
    "Register",
    "RegisterAway",
    "ask",
    "askings_about",
    "askings_for",
    "publish",
    "rewrap",
    "supply",
]
