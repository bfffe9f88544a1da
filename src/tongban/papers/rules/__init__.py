"""What is right about a file, from its bytes alone: what may be stored, and what a handle says."""

from tongban.papers.rules.handle import (
    HANDLE,
    Attachment,
    Handle,
    NotAHandle,
    content_of,
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
    "plain_name",
    "to_bytes",
    "to_text",
]
