"""What a wish means: people's words in it, told by a word book, and what is left once the chatter is gone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tongban.engine.search.writing import plain

WIDEST_GAP: Final = 3
"""Particles that may stand between two characters of a people's word: 养狗 is meant by 养了一条狗."""

_NOTHING: Final = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing said in a wish: in people's words, and what offices call it, the likeliest first."""

    said: str
    meanings: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    """What shorter people's words within it mean."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as it is understood. `asked` is all of it, plainly written."""

    asked: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class WordBook:
    """People's words and what they mean, the chatter around them, and what is done after the first time.

    `asides` are words of titles that most people do not mean unless they say so: 注销, 补办. `letters` are
    people's words of letters alone, as ktv: they are no pinyin.
    """

    means: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asides: tuple[str, ...] = ()
    letters: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    chatter: re.Pattern[str] = _NOTHING
    _beginning: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, Any]]) -> "WordBook":
        """The book of several documents as packs write them; what two of them say of a word is joined."""
        means: dict[str, dict[str, None]] = {}
        listed: dict[str, dict[str, None]] = {"fillers": {}, "particles": {}, "asides": {}}
        for one in documents:
            for said, meant in one.get("means", {}).items():
                means.setdefault(plain(said), {}).update(dict.fromkeys(map(plain, meant)))
            for name, words in listed.items():
                words.update(dict.fromkeys(map(plain, one.get(name, ()))))
        book = {said: tuple(meant) for said, meant in means.items() if said}
        return cls(
            means=book,
            asides=tuple(listed["asides"]),
            letters=frozenset(said for said in book if said.isascii() and said.isalpha()),
            particles=frozenset(listed["particles"]),
            chatter=_any_of(listed["fillers"]),
            _beginning=_by_beginning(book),
        )

    def said_in(self, text: str) -> list[tuple[int, int, str]]:
        """The people's words in a plain text, from where to where; at each place the longest, none across."""
        found: list[tuple[int, int, str]] = []
        at = 0
        while at < len(text):
            ends = ((self._end_of(said, text, at), said) for said in self._beginning.get(text[at], ()))
            end, said = next(((end, said) for end, said in ends if end), (0, ""))
            if end:
                found.append((at, end, said))
            at = end or at + 1
        return found

    def without_chatter(self, text: str) -> list[str]:
        """What is left of a plain text, piece by piece."""
        return self.chatter.sub(" ", text).split()

    def _end_of(self, said: str, text: str, at: int) -> int:
        """Where a people's word that begins here ends, passing over particles; 0 if it is not here."""
        for place, letter in enumerate(said):
            gap = 0
            while (
                place and gap < WIDEST_GAP and text[at : at + 1] != letter and self._passes(text[at : at + 1])
            ):
                gap, at = gap + 1, at + 1
            if text[at : at + 1] != letter:
                return 0
            at += 1
        return at

    def _passes(self, letter: str) -> bool:
        return letter == " " or letter in self.particles


def wish_of(asked: str, book: WordBook) -> Wish:
    """The concepts of a wish in the order they are said; all of it as one where it is nothing but chatter."""
    text = plain(asked)
    concepts: list[Concept] = []
    done = 0
    for start, end, said in book.said_in(text):
        concepts += map(Concept, book.without_chatter(text[done:start]))
        concepts.append(Concept(said, book.means[said], _within(said, book.means)))
        done = end
    concepts += map(Concept, book.without_chatter(text[done:]))
    # A lone character beside whole words is a rest of chatter.
    telling = [one for one in concepts if len(one.said) > 1] or concepts
    return Wish(text, tuple(telling) or ((Concept(text),) if text else ()))


def _within(said: str, means: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What the people's words within a people's word mean, the longer ones first."""
    inner = [said[at : at + n] for n in range(len(said) - 1, 1, -1) for at in range(len(said) - n + 1)]
    return tuple(dict.fromkeys(meant for one in inner for meant in means.get(one, ())))


def _by_beginning(book: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for said in sorted(book, key=len, reverse=True):
        found.setdefault(said[0], []).append(said)
    return found


def _any_of(fillers: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(fillers, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else _NOTHING
