"""Texts made comparable: one width, one case, simplified characters, nothing but letters and digits."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from opencc import OpenCC

_NO_LETTER: Final = re.compile(r"[\W_]+")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text as it is compared: NFKC, lower case, simplified; what is no letter or digit is one space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NO_LETTER.sub(" ", str(_simplifier().convert(folded))).strip()


def grams(text: str) -> tuple[str, ...]:
    """Every two neighbouring characters of a plain text, each once, in order; a lone character stands alone.

    Letters and digits of other scripts are kept together as words: two letters of a word say nothing.
    """
    found: dict[str, None] = {}
    for run in _runs(text):
        if run.isascii() or len(run) == 1:
            found[run] = None
        else:
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    return tuple(found)


_RUN: Final = re.compile(r"[a-z0-9]+|[^\sa-z0-9]+")


def _runs(text: str) -> list[str]:
    return _RUN.findall(text)
