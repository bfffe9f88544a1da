"""Several photos as the pages of one PDF, so that an officer opens one file and turns its pages."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image

from tongban.kernel.refusal import Refusal
from tongban.papers.rules.inspection import MOST_BYTES
from tongban.papers.rules.photos import on_white

A4: Final = (595, 842)
"""Points; a page is as large as fits on it."""

_TRIES: Final = ((2000, 85), (1700, 75), (1600, 60))
"""Longest side in pixels and quality, until all fit: 1600 on A4 still reads the print of a contract."""


def as_pages(photos: Sequence[bytes]) -> bytes:
    """One PDF with a page for each photo, in their order; the same photos give the same bytes.

    At most one page is in memory at a time. Refused: `papers.file.too-large`.
    """
    for side, quality in _TRIES:
        pages = BytesIO()
        for at, photo in enumerate(photos):
            _add(pages, photo, at, side=side, quality=quality)
        if len(pages.getvalue()) <= MOST_BYTES:
            return pages.getvalue()
    raise Refusal(
        "papers.file.too-large",
        says=_("这 %(number)s 张照片合在一起超过了 %(most)s MB。")
        % {"number": len(photos), "most": MOST_BYTES // 1024**2},
        do=_("请去掉重复的或不需要的几张。"),
        status=413,
    )


def _add(pages: BytesIO, photo: bytes, at: int, *, side: int, quality: int) -> None:
    page: Image.Image = Image.open(BytesIO(photo))
    page.draft("RGB", (side, side))
    page.thumbnail((side, side), Image.Resampling.LANCZOS)
    dots = 72 * max(page.width / A4[0], page.height / A4[1])
    # Without the dates that Pillow would write: two PDFs of the same photos are the same file.
    dates = {"creationDate": None, "modDate": None}
    on_white(page).save(pages, "PDF", append=at > 0, resolution=dots, quality=quality, **dates)
