"""Finding by words of another language: by what items and guides are called in it, and how guides begin.

The index of search knows Chinese alone. What there is to be found is few enough to be measured here, by the
words of the packs' catalogue: a word counts the more, the fewer things it stands for.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from tongban.catalogue.queries.published import columns, guides, items, mark
from tongban.catalogue.rules.entries import Entry, entries_of_item, entry_of_guide
from tongban.catalogue.rules.item import Item
from tongban.kernel.languages import reading_in, told

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_ALIKE: Final = 6
"""Letters of a word that may end otherwise: register, registration."""

FITS: Final = 0.3
"""How much at least of what was asked must be known of a thing found."""
IN_PASSING: Final = 0.5
"""What a word counts that is not in the name."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """What can be found, with the words of its name and those by which it is told of."""

    entry: Entry
    name: frozenset[str]
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Index:
    things: tuple[_Thing, ...]
    standing: Mapping[str, int]


def found_in_words(asked: str) -> list[tuple[float, Entry]]:
    """Items and guides that the words of a wish fit, and how well, the best first. No statement.

    Nothing for who reads Chinese, or writes it.
    """
    if not reading_in() or _HAN.search(asked):
        return []
    index = _index(reading_in(), mark())
    meant = [words for word in _words(asked) if (words := _meant(word, index))]
    weights = {words: _weight(words, index) for words in meant}
    whole = sum(weights.values())
    measured = [(_fits(one, weights) / whole, one) for one in index.things] if whole else []
    good = [(fits, one) for fits, one in measured if fits >= FITS]
    return [(fits, one.entry) for fits, one in sorted(good, key=lambda one: (-one[0], len(one[1].name)))]


def _fits(one: _Thing, weights: Mapping[frozenset[str], float]) -> float:
    return sum(
        weight if words & one.name else IN_PASSING * weight if words & one.about else 0
        for words, weight in weights.items()
    )


def _meant(word: str, index: _Index) -> frozenset[str]:
    """The word where it stands anywhere, else those that may be about to be written; there may be none."""
    if word in index.standing:
        return frozenset([word])
    return frozenset(one for one in index.standing if one.startswith(word))


def _weight(words: frozenset[str], index: _Index) -> float:
    """How much it says to find one of these words in something."""
    return log(1 + len(index.things) / sum(index.standing[word] for word in words))


@lru_cache(maxsize=4)
def _index(language: str, published: object) -> _Index:
    """Everything that can be found, in a language, as it was published at that mark."""
    things = tuple(_things())
    return _Index(things, Counter(word for one in things for word in one.name | one.about))


def _things() -> Iterator[_Thing]:
    wishes: dict[str, list[str]] = {}
    for wish in columns().wishes:
        wishes.setdefault(wish.opens, []).append(told(wish.says))
    for item in items():
        entry = next(entries_of_item(item))
        yield _thing(entry, [*_beginning(item), *wishes.get(item.slug, ())])
    for guide in guides():
        yield _thing(entry_of_guide(guide), [told(guide.life_event)])


def _beginning(item: Item) -> Iterator[str]:
    yield told(item.guide.partition("\n## ")[0].strip())
    yield told(item.result)
    yield from (told(one.question) for one in item.faq)


def _thing(entry: Entry, about: list[str]) -> _Thing:
    return _Thing(entry, _words(told(entry.title)), _words(" ".join(about)))


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:_ALIKE] for word in _WORD.findall(text.casefold()))
