"""The door of papers. Claiming is the SQL function `papers_claim(files, claimant, owner)`."""

from tongban.papers.commands import Stored, erase, expire, store
from tongban.papers.queries import MOST_BYTES, Attachment, Kind, content, open_handle

__all__ = [
    "MOST_BYTES",
    "Attachment",
    "Kind",
    "Stored",
    "content",
    "erase",
    "expire",
    "open_handle",
    "store",
]
