"""The handle: all that is known of a stored file, packed so that it can be sealed for its uploader."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self
from uuid import UUID

from tongban.kernel.ids import FileId, PersonKey
from tongban.papers.rules.inspection import Kind

HANDLE: Final = b"papers/handle"
"""What a sealed handle says it is, so that no other sealed thing passes for one."""

_LONGEST: Final = 2000
"""Characters; no handle of ours is longer."""

_FORM: Final = 1
_FIXED: Final = struct.Struct("!B16s32s32s32sqIB")
_KINDS: Final = {Kind.JPEG: 1, Kind.PNG: 2, Kind.PDF: 3}
_KIND_OF: Final = {number: kind for kind, number in _KINDS.items()}


class NotAHandle(Exception):
    """The text or the bytes are no handle of ours."""


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file that may be attached: its own key (32 bytes), the SHA-256 of its content, its size in bytes."""

    id: FileId
    key: bytes
    sha256: bytes
    size: int
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Handle:
    """A file, whose it is, and until when it waits to be attached (in whole seconds)."""

    file: Attachment
    uploader: PersonKey
    expires_at: datetime

    def pack(self) -> bytes:
        """The handle as bytes, for `unpack`."""
        file = self.file
        fixed = _FIXED.pack(
            _FORM,
            file.id.bytes,
            file.key,
            file.sha256,
            self.uploader,
            int(self.expires_at.timestamp()),
            file.size,
            _KINDS[file.kind],
        )
        return fixed + file.name.encode()

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """The handle that `pack` wrote; NotAHandle for any other bytes."""
        try:
            form, file, key, sha256, uploader, expires, size, kind = _FIXED.unpack_from(packed)
            name = packed[_FIXED.size :].decode()
            expires_at = datetime.fromtimestamp(expires, UTC)
        except (struct.error, ValueError, OverflowError, OSError) as fault:
            raise NotAHandle from fault
        if form != _FORM or kind not in _KIND_OF:
            raise NotAHandle
        attachment = Attachment(FileId(UUID(bytes=file)), key, sha256, size, _KIND_OF[kind], name)
        return cls(attachment, PersonKey(uploader), expires_at)


def content_of(file: FileId) -> bytes:
    """What sealed content says it is: of this file and of no other."""
    return b"papers/content/" + file.bytes


def small_of(file: FileId) -> bytes:
    """What a sealed thumbnail says it is: of this file and of no other."""
    return b"papers/thumbnail/" + file.bytes


def to_text(sealed: bytes) -> str:
    """Sealed bytes as text: base64url without padding."""
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")


def to_bytes(text: str) -> bytes:
    """The bytes of `to_text`; NotAHandle for a text in any other spelling."""
    if len(text) > _LONGEST or not text.isascii():
        raise NotAHandle
    try:
        sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise NotAHandle from fault
    if to_text(sealed) != text:
        raise NotAHandle
    return sealed
