"""The smallest files that are whole, each built by the letter of its format."""

import struct
import zlib


def a_png(width: int = 1, height: int = 1) -> bytes:
    """A black picture."""
    rows = b"".join(b"\x00" + bytes(width) for _ in range(height))
    header = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))


def a_jpeg(height: int = 1, scan: bytes = b"\x00" * 8) -> bytes:
    """Header, one frame, one scan, end."""
    frame = struct.pack("!BHHB", 8, height, 1, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + _segment(0xC0, frame)
        + _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + scan
        + b"\xff\xd9"
    )


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes((marker,)) + struct.pack("!H", len(body) + 2) + body


def a_pdf(catalog: bytes = b"/Type /Catalog /Pages 2 0 R", more: bytes = b"") -> bytes:
    """One empty page."""
    return (
        b"%PDF-1.7\n1 0 obj << " + catalog + b" >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj\n"
        + more
        + b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )


def a_stream(entries: bytes, content: bytes) -> bytes:
    """An object that is a stream."""
    return b"4 0 obj << " + entries + b" >>\nstream\n" + content + b"\nendstream endobj\n"
