"""The door of papers. Claiming is the SQL function `papers_claim(files, claimant, owner)`."""

from tongban.papers.commands import (
    Stored,
    bind,
    discard,
    erase,
    expire,
    make,
    prolong,
    rewrap,
    store,
    withdraw,
)
from tongban.papers.printing import Unprintable, print_handout
from tongban.papers.queries import (
    MOST_BYTES,
    Attachment,
    Found,
    Kind,
    Verdict,
    check,
    content,
    find,
    open_handle,
    read,
    thumbnails,
)

__all__ = [
    "MOST_BYTES",
    "Attachment",
    "Found",
    "Kind",
    "Stored",
    "Unprintable",
    "Verdict",
    "bind",
    "check",
    "content",
    "discard",
    "erase",
    "expire",
    "find",
    "make",
    "open_handle",
    "print_handout",
    "prolong",
    "read",
    "rewrap",
    "store",
    "thumbnails",
    "withdraw",
]
