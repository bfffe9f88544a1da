"""What is right about files and papers, from values alone: what may be stored, what handle and code say."""

from tongban.papers.rules.codes import new_code, plain_code, spoken
from tongban.papers.rules.handle import (
    HANDLE,
    Attachment,
    Handle,
    NotAHandle,
    content_of,
    small_of,
    to_bytes,
    to_text,
)
from tongban.papers.rules.inspection import MOST_BYTES, Kind, inspect, plain_name

__all__ = [
    "HANDLE",
    "MOST_BYTES",
    "Attachment",
    "Handle",
    "Kind",
    "NotAHandle",
    "content_of",
    "inspect",
    "new_code",
    "plain_code",
    "plain_name",
    "small_of",
    "spoken",
    "to_bytes",
    "to_text",
]
