"""Photos are drawn anew before they are kept: what the eye sees stays, everything else goes.

A photo carries where and by which phone it was taken, and room for what no viewer shows. None of it is needed
to handle a case, so none of it is kept (《个人信息保护法》 Art. 6: no more than the purpose needs).
"""

import warnings
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tongban.kernel.refusal import Refusal
from tongban.papers.rules.inspection import Kind

MOST_PIXELS: Final = 64_000_000
LONGEST_SIDE: Final = 3000
"""Pixels: A4 at 250 dots an inch, enough to read the smallest print on a certificate."""

THUMBNAIL_SIDE: Final = 240
_QUALITY: Final = 85
_FORMATS: Final = {Kind.JPEG: "JPEG", Kind.PNG: "PNG"}


def drawn_anew(content: bytes, kind: Kind) -> bytes:
    """The photo upright, of at most LONGEST_SIDE, in its own format and without anything but the picture.

    Refused: `papers.file.damaged`, `.too-many-pixels`.
    """
    return _drawn(content, kind, LONGEST_SIDE)


def thumbnail_of(content: bytes, kind: Kind) -> bytes:
    """A small JPEG of a photo that was drawn anew, of at most THUMBNAIL_SIDE."""
    small = Image.open(BytesIO(_drawn(content, kind, THUMBNAIL_SIDE)), formats=[_FORMATS[kind]])
    return _saved(on_white(small), "JPEG")


def _drawn(content: bytes, kind: Kind, side: int) -> bytes:
    format = _FORMATS[kind]
    try:
        with warnings.catch_warnings():
            # Pillow warns of what we refuse below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(BytesIO(content), formats=[format])
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many_pixels()
        # A JPEG is read at half or a quarter of its size where that is still large enough.
        picture.draft("RGB", (side, side))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        return _saved(_plain(picture, format), format)
    except Image.DecompressionBombError as fault:
        raise _too_many_pixels() from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, ArithmeticError) as fault:
        raise Refusal(
            "papers.file.damaged",
            says=_("这张照片打不开，可能没有传完整。"),
            do=_("请重新拍照，或者在手机上打开看看，再上传。"),
            status=422,
        ) from fault


def _plain(picture: Image.Image, format: str) -> Image.Image:
    """In colours that every viewer knows, whatever a camera or a scanner used."""
    if picture.mode in ("L", "RGB") or (format == "PNG" and picture.mode == "RGBA"):
        return picture
    if format == "PNG" and "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in ("1", "I;16", "I", "F") else "RGB")


def on_white(picture: Image.Image) -> Image.Image:
    """The picture without anything to see through, as JPEG and PDF need it."""
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _saved(picture: Image.Image, format: str) -> bytes:
    # Only these are written: Pillow would carry over a profile or a comment that it finds in `info`.
    picture.info.clear()
    kept = BytesIO()
    picture.save(kept, format, **({"quality": _QUALITY} if format == "JPEG" else {"compress_level": 6}))
    return kept.getvalue()


def _too_many_pixels() -> Refusal:
    return Refusal(
        "papers.file.too-many-pixels",
        says=_("这张照片的尺寸太大，处理不了。"),
        do=_("请把相机的照片尺寸调小一些再拍，普通大小就看得清。"),
        status=422,
    )
