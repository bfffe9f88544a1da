"""The door of exchange."""

from tongban.exchange.commands import (
    KEY_TABLES,
    Answer,
    Errand,
    NothingKnown,
    Question,
    Register,
    RegisterAway,
    ask,
    publish,
    supply,
)
from tongban.exchange.queries import AskingRow, askings_about, askings_for

__all__ = [
    "KEY_TABLES",
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
    "supply",
]
