"""What is kept of a text so that it is found: its words, for rank; its pairs of characters, for recall."""

import re
from dataclasses import dataclass
from typing import Final

from tongban.engine.search.writing import grams, plain

LONGEST_PHRASE: Final = 12
MOST_WORDS: Final = 3
_ASIDE: Final = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Terms:
    """A text cut into words (a space between them), and all its terms."""

    cut: str
    words: frozenset[str]
    grams: frozenset[str]


def words(text: str) -> list[str]:
    """The words of a plain text, in order."""
    # Its dictionary takes a sixth of a second to load, for which commands that cut no text need not wait.
    import rjieba

    return [one for one in rjieba.cut(text, False) if not one.isspace()]


def core(title: str) -> str:
    """A title plainly written, without what stands in brackets; all of it where there is nothing else."""
    return plain(_ASIDE.sub(" ", title)) or plain(title)


def terms_of(text: str) -> Terms:
    """The terms of a text as it is written."""
    bare = plain(text)
    cut = words(bare)
    return Terms(" ".join(cut), frozenset(one for one in cut if len(one) > 1), frozenset(grams(bare)))


def phrases(title: str) -> set[str]:
    """What somebody may write to mean this title: it, its words, and words that stand side by side in it."""
    found: set[str] = set()
    for text in {title, _ASIDE.sub(" ", title)}:
        for part in plain(text).split():
            cut = words(part)
            for at in range(len(cut)):
                runs = ("".join(cut[at : at + n]) for n in range(1, MOST_WORDS + 1))
                found.update(run for run in runs if 1 < len(run) <= LONGEST_PHRASE)
    return found
