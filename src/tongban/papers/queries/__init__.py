"""What is asked: the files people handed in, the papers we gave them, and whether a paper is ours."""

from tongban.papers.queries.files import (
    MOST_BYTES,
    Attachment,
    Kind,
    content,
    open_handle,
    sealed,
    thumbnails,
    waiting,
)
from tongban.papers.queries.papers import Found, Verdict, check, find, read, seals_of

__all__ = [
    "MOST_BYTES",
    "Attachment",
    "Found",
    "Kind",
    "Verdict",
    "check",
    "content",
    "find",
    "open_handle",
    "read",
    "sealed",
    "seals_of",
    "thumbnails",
    "waiting",
]
