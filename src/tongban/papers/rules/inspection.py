"""What may be stored: a photo or a PDF, told by its bytes and never by its name.

Each kind is known by its first bytes and walked as far as that is cheap, so that a cut-off upload and a file
that only pretends are found here and not at an officer's desk. Nothing is decoded here. This is no virus
scanner: a PDF may still be made to harm a program that opens it, so it is only ever given out as what it was
stored as, to be saved, under a content policy that lets nothing in it run.
"""

import struct
import zlib
from collections.abc import Callable
from enum import StrEnum
from typing import Final
from unicodedata import category, normalize

from django.utils.translation import gettext as _

from tongban.kernel.refusal import Refusal
from tongban.papers.rules.pdf import acts_by_itself, is_whole

MOST_BYTES: Final = 10 * 1024 * 1024
_LONGEST_NAME: Final = 100

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_SOI, _SOS, _EOI = 0xD8, 0xDA, 0xD9
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Kind(StrEnum):
    """What a stored file is, named as it is served."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


_ENDING: Final = {Kind.JPEG: ".jpg", Kind.PNG: ".png", Kind.PDF: ".pdf"}


def inspect(content: bytes) -> Kind:
    """What kind of file this is; refused if empty, too large, unknown, damaged, or acting by itself."""
    if not content:
        raise _refused(
            "empty",
            _("这个文件是空的，没有内容。"),
            _("请在手机或电脑上打开它看看，换一个有内容的文件再上传。"),
        )
    if len(content) > MOST_BYTES:
        raise Refusal(
            "papers.file.too-large",
            says=_("这个文件有 %(size)s MB，超过了 %(most)s MB。")
            % {"size": _in_megabytes(len(content)), "most": MOST_BYTES // 1024**2},
            do=_("请把照片拍小一点，或分成几个文件上传。"),
            status=413,
        )
    for kind, begins, whole in _KNOWN:
        if content.startswith(begins):
            if not whole(content):
                raise _refused("damaged", _("这个文件不完整，打不开。"), _("请重新拍照或另存一份，再上传。"))
            return kind
    raise _refused(
        "kind",
        _("只能上传照片（JPG、PNG）或 PDF，这个文件是别的格式。"),
        _("请拍照上传，或先存成 PDF。苹果手机的 HEIC 照片，请在相机设置里选“兼容性最佳”后重拍。"),
    )


def plain_name(name: str, kind: Kind) -> str:
    """The file's own name without folders and without characters that cannot be seen; never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if category(letter)[0] != "C" and letter not in "\u2028\u2029")
    plain = " ".join(normalize("NFC", seen).split())
    if len(plain) > _LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        plain = plain[: _LONGEST_NAME - len(ending)] + ending
    return (plain.strip(". ") and plain) or f"文件{_ENDING[kind]}"


def _is_jpeg(content: bytes) -> bool:
    """Marker after marker (ITU-T T.81 Annex B) to the first scan, with a frame of some size before it."""
    at, framed = 2, False
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if length < 2 or marker in (_SOI, _EOI):
            return False
        if marker in _FRAMES:
            framed = len(content) >= at + 9 and int.from_bytes(content[at + 7 : at + 9], "big") > 0
        at += 2 + length
        if marker == _SOS:
            return framed and content.find(b"\xff\xd9", at) > 0
    return False


def _is_png(content: bytes) -> bool:
    """Chunk after chunk (W3C PNG §5): the header first, the image somewhere, the end at last."""
    at, imaged = len(_PNG_HEAD), False
    while at + 12 <= len(content):
        length, name = struct.unpack_from("!I4s", content, at)
        body = content[at + 4 : at + 8 + length] if name != b"IDAT" else b""
        if (at == len(_PNG_HEAD)) != (name == b"IHDR"):
            return False
        if name == b"IHDR" and not _is_header(body, content[at + 21 : at + 25]):
            return False
        if name == b"IEND":
            return imaged and length == 0
        imaged = imaged or (name == b"IDAT" and length > 0)
        at += 12 + length
    return False


def _is_header(named: bytes, check: bytes) -> bool:
    if len(named) != 17:
        return False
    width, height = struct.unpack_from("!II", named, 4)
    return bool(width and height) and zlib.crc32(named).to_bytes(4, "big") == check


def _is_pdf(content: bytes) -> bool:
    if not is_whole(content):
        return False
    if acts_by_itself(content):
        raise _refused(
            "active",
            _("这份 PDF 里带有会自动运行的脚本或命令，不能接收。"),
            _("请用“打印”功能选择“另存为 PDF”，再上传新的那一份。"),
        )
    return True


_KNOWN: Final[tuple[tuple[Kind, bytes, Callable[[bytes], bool]], ...]] = (
    (Kind.JPEG, b"\xff\xd8\xff", _is_jpeg),
    (Kind.PNG, _PNG_HEAD, _is_png),
    (Kind.PDF, b"%PDF-", _is_pdf),
)


def _refused(code: str, says: str, do: str) -> Refusal:
    return Refusal(f"papers.file.{code}", says=says, do=do, status=422)


def _in_megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f}"
