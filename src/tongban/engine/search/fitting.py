"""How well a text fits a wish, from 0 to about 1, and which of its characters do.

A pair of characters counts by how rare it is among all that can be found; a pair that stands within one word
counts more than one that two words make by chance. What people's words mean counts as if it had been said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log
from typing import Final

from tongban.engine.search.wishes import Concept, Wish
from tongban.engine.search.writing import grams, plain

ACROSS: Final = 0.6
"""What a pair counts that no single word holds, beside one that a word holds."""
STEP: Final = 0.04
"""What each further meaning of a people's word counts less than the one before it."""
LEAST_MEANT: Final = 0.7
FOCUS: Final = 0.2
"""How much a title is better whose every word was asked for."""
NOT_IN_THE_BOOK: Final = 0.6
"""What words count that the word book does not know, beside those it does."""
UNHEARD: Final = 0.5
"""What words count that stand in nothing that can be found."""
NOWHERE: Final = 0.5
"""What a pair weighs that stands nowhere, beside one that stands in one place."""
ASIDE: Final = 0.07
"""How much a title is worse that speaks of a change or a loss of which the wish did not."""
IN_WORDS: Final = 0.97
"""What a fit in people's words counts, beside one in the title."""
IN_EVENT: Final = 0.75
IN_BODY: Final = 0.45
MARKED_FROM: Final = 0.5
"""How much of a phrase must be there for what is there of it to be marked."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is kept of something that can be found, plainly written.

    `cut` is the title in words, `core` the title without what stands in brackets, `around` where it belongs
    (department, life event).
    """

    title: str
    cut: str
    core: str
    words: tuple[str, ...] = ()
    around: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """How rare each pair is: in how many of `entries` it stands; and the asides of the word book."""

    entries: int = 1
    standing: Mapping[str, int] = field(default_factory=dict)
    asides: tuple[str, ...] = ()

    def of(self, pair: str) -> float:
        """The weight of a pair: the rarer the more; of one that stands nowhere nearly as of the rarest.

        Not quite: where two words meet there is a pair that nobody meant.
        """
        count = self.standing.get(pair, 0)
        return log(1 + self.entries / count) if count else NOWHERE * log(1 + self.entries)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to say a concept: what it counts, and its pairs with their share of the whole."""

    said: str
    counts: float
    pairs: tuple[tuple[str, float], ...]
    each: frozenset[str]

    def in_(self, text: str, cut: str) -> float:
        """How much of it stands in a text, from 0 to 1."""
        return sum((share if pair in cut else share * ACROSS) for pair, share in self.pairs if pair in text)


class Fitting:
    """A wish, ready to be held against many texts."""

    def __init__(self, wish: Wish, weights: Weights) -> None:
        self._weights = weights
        self._concepts = [
            (_weight(concept, weights), _phrases(concept, weights)) for concept in wish.concepts
        ]
        self._pairs = frozenset(pair for _, ways in self._concepts for way in ways for pair in way.each)
        self._whole = sum(weight for weight, _ in self._concepts) or 1.0
        meant = wish.asked + " ".join(each for one in wish.concepts for each in one.meanings)
        self._asides = [aside for aside in weights.asides if aside not in meant]

    def of(self, text: Text) -> float:
        """How well the text fits: each concept by its best meaning, the title's focus, less asides."""
        told, used = 0.0, set[str]()
        everything = " ".join((text.title, *text.words, text.body))
        there = {pair for pair in self._pairs if pair in everything}
        for weight, phrases in self._concepts:
            value, best = _best(phrases, text, there)
            if best is not None:
                told += weight * value
                used.update(pair for pair, _ in best.pairs)
        if not told:
            return 0.0
        fitting = told / self._whole
        focus = fitting * self._share(text.core, used)
        aside = sum(one in text.title for one in self._asides)
        return (1 - FOCUS) * fitting + FOCUS * focus - ASIDE * aside

    def marked(self, written: str) -> list[tuple[str, bool]]:
        """A text as it is written, in pieces: True for what was said or meant, False for the rest."""
        letters = [plain(one) for one in written]
        bare = "".join(one if len(one) == 1 else " " for one in letters)
        marks = [False] * len(bare)
        for _, phrases in self._concepts:
            for phrase in phrases:
                if phrase.in_(bare, bare) >= MARKED_FROM:
                    for pair, _ in phrase.pairs:
                        _mark(marks, bare, pair)
        return _pieces(written, marks)

    def _share(self, title: str, used: set[str]) -> float:
        """How much of a title was asked for."""
        weights = [(pair in used, self._weights.of(pair)) for pair in grams(title)]
        whole = sum(weight for _, weight in weights)
        return sum(weight for asked, weight in weights if asked) / whole if whole else 0.0


def _weight(concept: Concept, weights: Weights) -> float:
    """What a concept counts: the rarest pair of it, or of what it means."""
    pairs = [pair for phrase in (concept.said, *concept.meanings[:2]) for pair in grams(phrase)]
    rarest = max((weights.of(pair) for pair in pairs if pair in weights.standing), default=UNHEARD)
    return rarest if concept.meanings else rarest * NOT_IN_THE_BOOK


def _phrases(concept: Concept, weights: Weights) -> list[_Phrase]:
    """Every way to say a concept of which anything stands anywhere, or the one way that was used."""
    meant = [(max(LEAST_MEANT, 1.0 - STEP * place), phrase) for place, phrase in enumerate(concept.meanings)]
    meant += [(LEAST_MEANT, phrase) for phrase in concept.within]
    found = []
    for counts, said in [(1.0, concept.said), *meant]:
        pairs = grams(said)
        whole = sum(map(weights.of, pairs)) or 1.0
        shares = tuple((pair, weights.of(pair) / whole) for pair in pairs)
        found.append(_Phrase(said, counts, shares, frozenset(pairs)))
    return found


def _best(phrases: Iterable[_Phrase], text: Text, there: set[str]) -> tuple[float, _Phrase | None]:
    """The way that fits best, of those of which anything is there, and how well it does."""
    value: float = 0.0
    best = None
    for phrase in phrases:
        if phrase.counts <= value or (phrase.each.isdisjoint(there) and phrase.said not in text.around):
            continue
        if (here := phrase.counts * _fits(phrase, text)) > value:
            value, best = here, phrase
    return value, best


def _fits(phrase: _Phrase, text: Text) -> float:
    best = phrase.in_(text.title, text.cut)
    for said in text.words:
        value = 1.0 if said == phrase.said else phrase.in_(said, said)
        best = max(best, IN_WORDS * value)
    if phrase.said in text.around:
        best = max(best, IN_EVENT)
    if best < IN_BODY and text.body:
        best = max(best, IN_BODY * phrase.in_(text.body, text.body))
    return best


def _mark(marks: list[bool], text: str, pair: str) -> None:
    at = text.find(pair)
    while at >= 0:
        marks[at : at + len(pair)] = [True] * len(pair)
        at = text.find(pair, at + 1)


def _pieces(written: str, marks: list[bool]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    for letter, mark in zip(written, marks, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + letter, mark)
        else:
            pieces.append((letter, mark))
    return pieces
