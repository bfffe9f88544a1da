"""What changes: files that people hand in, and papers that we give them."""

from tongban.papers.commands.files import (
    MOST_WAITING,
    WAITS,
    Stored,
    bind,
    copy,
    discard,
    erase,
    expire,
    prolong,
    store,
)
from tongban.papers.commands.making import make, withdraw
from tongban.papers.commands.seals import KEY_TABLES, renew_seal

__all__ = [
    "KEY_TABLES",
    "MOST_WAITING",
    "WAITS",
    "Stored",
    "bind",
    "copy",
    "discard",
    "erase",
    "expire",
    "make",
    "prolong",
    "renew_seal",
    "store",
    "withdraw",
]
