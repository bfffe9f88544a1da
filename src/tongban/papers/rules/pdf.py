"""A short look into a PDF (ISO 32000): is it whole, and does it carry actions that start by themselves."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

_TAIL: Final = 2048
_MOST_UNPACKED: Final = 16 * 1024 * 1024
"""Bytes of compressed objects that are looked into, all together; no honest form has more."""

_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTING: Final = re.compile(rb"/(?:JavaScript|JS|Launch)(?![A-Za-z0-9_.+-])")


def is_whole(content: bytes) -> bool:
    """Whether the file ends as a PDF ends (§7.5.5); what some programs append behind the end is let pass."""
    tail = content[-_TAIL:]
    return b"startxref" in tail and b"%%EOF" in tail


def acts_by_itself(content: bytes) -> bool:
    """Whether scripts or commands are named among its objects, those packed into object streams included.

    Names written with #-escapes are read too. Not seen: objects packed by another filter than FlateDecode,
    or encrypted, or hidden behind a false `stream`; it keeps out what ordinary programs make, not an artist.
    """
    return any(_ACTING.search(_ESCAPED.sub(_unescaped, part)) for part in _objects(content))


def _objects(content: bytes) -> Iterator[bytes]:
    """The text of all objects: what stands between streams, and what object streams hold when unpacked."""
    at, left = 0, _MOST_UNPACKED
    while (begins := content.find(b"stream", at)) >= 0:
        between = content[at:begins]
        yield between
        ends = content.find(b"endstream", begins)
        if ends < 0:
            at = begins + len(b"stream")
            continue
        # The dictionary stands right before its stream; /ObjStm in it says that objects are packed inside.
        if left > 0 and b"ObjStm" in _ESCAPED.sub(_unescaped, between[-1024:]):
            unpacked = _unpacked(content[begins + len(b"stream") : ends].lstrip(b"\r\n"), left)
            left -= len(unpacked)
            yield unpacked
        at = ends + len(b"endstream")
    yield content[at:]


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode("ascii"))
