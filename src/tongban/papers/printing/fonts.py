"""The one font of all papers, and which characters it can print."""

from functools import cache
from pathlib import Path
from typing import Final

import noto_cjk_sans_otc
import typst
from fontTools.ttLib import TTCollection

FAMILY: Final = "Noto Sans CJK SC"
_FOLDER: Final = Path(noto_cjk_sans_otc.__file__).parent


def fonts() -> typst.Fonts:
    """The packaged font alone, so that a paper looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FOLDER)])


def printable(text: str) -> str:
    """The text, each character that the font lacks as its code: 〔U+2A6A5〕, which anyone can look up.

    To leave it out, or to print another in its place, would name another person.
    """
    known = _characters()
    if all(ord(char) in known for char in text):
        return text
    return "".join(
        char if ord(char) in known or char in "\n\t" else f"〔U+{ord(char):04X}〕" for char in text
    )


@cache
def _characters() -> frozenset[int]:
    with TTCollection(next(_FOLDER.glob("*.ttc")), lazy=True) as collection:
        face = next(font for font in collection.fonts if font["name"].getDebugName(1) == FAMILY)
        return frozenset(face.getBestCmap())
