"""How Chinese sounds: pinyin in full, as many speakers blur it, and its first letters."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

MOST_SPELLINGS: Final = 4
"""How many ways of reading one text are kept."""

READ_IN_TWO_WAYS: Final = frozenset(
    "行会重长调校乐传参系还藏单曾都降给便地得着了朝弹卡薄觉露差称核血剥绿熟削宿没省盛畜仔提车什种供处数种应"
)
"""Characters whose second reading is as usual as the first, in names of things to do: 银行, 会计, 畜禽."""

_BLURRED: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("hu", "f"))
"""What many dialects do not tell apart: flat and curled tongue, front and back nasal, n and l, hu and f."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way a text may be typed in letters: 停车场 as tingchechang, and by its first letters tcc."""

    full: str
    initials: str

    def kept_as(self) -> tuple[str, ...]:
        """The sounds under which it is kept."""
        marked, bare = blurred_keys(self.full)
        blurred = () if bare == self.full else (marked,)
        return (self.full, *blurred, initials_key(self.initials))


def spellings(text: str) -> tuple[Spelling, ...]:
    """The ways a plain Chinese text may be spelled, the usual first; none where it has other characters."""
    readings = [_readings(letter) for letter in text]
    if not all(readings):
        return ()
    ways = islice(product(*readings), MOST_SPELLINGS)
    return tuple(Spelling("".join(way), "".join(each[0] for each in way)) for way in ways if way)


def blurred_keys(letters: str) -> tuple[str, str]:
    """As what a blurred sound is kept and looked for; one that had nothing to blur is kept as it is."""
    said = letters
    for sound, instead in _BLURRED:
        said = said.replace(sound, instead)
    return f"~{said}", said


def initials_key(letters: str) -> str:
    """As what first letters are kept and looked for, apart from whole sounds."""
    return f"={letters}"


@lru_cache(maxsize=16384)
def _readings(letter: str) -> tuple[str, ...]:
    # Forty megabytes of phrases that decide between readings; here the few characters that matter keep two.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    # Its tables are loaded when the first text is spelled: most commands spell none.
    from pypinyin import Style, pinyin

    [found] = pinyin(letter, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    usual = dict.fromkeys(one for one in found if one.isascii() and one.isalpha())
    return tuple(islice(usual, 2 if letter in READ_IN_TWO_WAYS else 1))


def sounds_of(text: str) -> Iterator[str]:
    """Every sound under which a plain text is kept, each once."""
    yield from dict.fromkeys(key for way in spellings(text) for key in way.kept_as())
