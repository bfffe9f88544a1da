"""Drawing: a page of a file that was handed in, as a picture to look at, turned and with its spots ringed."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image, ImageDraw, ImageFont

RING: Final = 0.025
"""A ring's radius, of the picture's width."""
RED: Final = (200, 40, 30)
MOST_SECONDS: Final = 15
Turn = Literal[0, 1, 2, 3]
"""Quarter turns clockwise."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A spot to be ringed, in thousandths from left and top, and its number."""

    x: int
    y: int
    number: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page, from 1, how many pixels wide before it is turned, how often turned, and what is ringed."""

    page: int
    width: int
    turn: Turn = 0
    rings: Sequence[Ring] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a JPEG of so many pixels, and of how many pages it is one."""

    jpeg: bytes
    width: int
    height: int
    pages: int


class Undrawable(Exception):
    """The file has no such page, or is too broken to be drawn."""


def draw(content: bytes, wanted: Wanted, *, pdf: bool) -> Drawn:
    """The page that is wanted of a PDF or a photo. Undrawable if there is none."""
    if pdf:
        pages, picture = _page_of(content, wanted)
    elif wanted.page == 1:
        pages, picture = 1, _photo(content, wanted.width)
    else:
        raise Undrawable(f"a photo has no page {wanted.page}")
    _ring(picture, wanted.rings)
    if wanted.turn:
        picture = picture.rotate(-90 * wanted.turn, expand=True)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return Drawn(out.getvalue(), picture.width, picture.height, pages)


def _page_of(content: bytes, wanted: Wanted) -> tuple[int, Image.Image]:
    command = [sys.executable, "-m", "tongban.papers.drawing.pdf_page", str(wanted.page), str(wanted.width)]
    # Nothing of ours is told to what strangers' files are parsed by: neither keys nor the database's address.
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=MOST_SECONDS, check=True, env=known
        )
    except subprocess.SubprocessError as fault:
        raise Undrawable(f"page {wanted.page} could not be drawn") from fault
    pages, _, jpeg = done.stdout.partition(b"\n")
    return int(pages), Image.open(io.BytesIO(jpeg)).convert("RGB")


def _photo(content: bytes, width: int) -> Image.Image:
    photo = Image.open(io.BytesIO(content), formats=("JPEG", "PNG")).convert("RGBA")
    small = photo.resize((width, max(1, round(photo.height * width / photo.width))))
    paper = Image.new("RGB", small.size, "white")
    paper.paste(small, mask=small)
    return paper


def _ring(picture: Image.Image, rings: Sequence[Ring]) -> None:
    pen, radius = ImageDraw.Draw(picture), round(picture.width * RING)
    for one in rings:
        x, y = picture.width * one.x // 1000, picture.height * one.y // 1000
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=max(3, radius // 5))
        pen.text(
            (x + radius, y - radius), str(one.number), fill=RED, font=ImageFont.load_default(radius * 1.4)
        )
