"""Finding: what can be done and read for a wish, however it is written.

A wish is understood in the process (engine.search) by the word book of the catalogue. Two statements then say
how rare its terms are and give back the likeliest entries, which are measured here one by one. What is
written in letters, or in characters that stand nowhere, is first looked for by its sound.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from tongban.catalogue.queries.finding_in_words import found_in_words
from tongban.catalogue.queries.published import word_book
from tongban.catalogue.rules.entries import Entry as Entry
from tongban.catalogue.rules.entries import EntryKind as EntryKind
from tongban.engine.search import (
    Concept,
    Fitting,
    Sayings,
    Text,
    Weights,
    Wish,
    grams,
    heard_in_letters,
    heard_in_slips,
    keys_of_letters,
    keys_of_slips,
    plain,
    runs_of_letters,
    wish_of,
)
from tongban.kernel.languages import reading_in, told
from tongban.kernel.sql import load, run

LONGEST_QUESTION: Final = 100
LOOKED_AT: Final = (1000, 400)
"""Entries that are ranked at most by what of their terms was asked: of items, and of each other group."""
RANKED_BY: Final = 12
"""Terms by which is ranked, the rarest of those asked for."""
MEASURED: Final = (160, 30)
"""Entries that are measured whole at most: of items, and of each other group."""
RANKS: Final = (0.1, 0.2, 0.6, 1.0)
"""What a term counts in running text, in what an entry belongs to, as a pair of characters, as a word."""
COMMON: Final = 3000
"""Entries that single pairs may bring in all; beyond that a phrase brings what holds all of its pairs. The
rarest pair brings what it can, however common: of a wish that nothing fits, something is near."""
FITS: Final = 0.22
"""How well at least a thing found must fit."""
BESIDE_THE_BEST: Final = 0.6
"""How well, beside the best found, at least."""

WORDS_OF: Final = (3, 4)
"""Characters of words that are longer than a pair and looked for as words."""
GROUPS: Final = {
    "items": (EntryKind.ITEM, EntryKind.GUIDE, EntryKind.JOINT),
    "passages": (EntryKind.PASSAGE,),
    "announcements": (EntryKind.ANNOUNCEMENT,),
}
MOST_FOUND: Final = 40
SHOWN: Final = {"items": MOST_FOUND, "passages": 5, "announcements": 5}
NEAREST: Final = 5
GLANCE: Final = 90
"""Characters of a passage that are shown."""

Row = tuple[Any, ...]
Audience = Literal["", "person", "enterprise"]
Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces: True for what was asked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `code` names the item or guide it is, or belongs to; of others it is their key."""

    kind: EntryKind
    code: str
    key: str
    title: Pieces
    about: str
    body: Pieces
    fits: float

    @property
    def name(self) -> str:
        """The title as it is written."""
        return "".join(text for text, _ in self.title)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be about to be written; `kind` where it names an item or a guide."""

    pieces: Pieces
    kind: EntryKind | None = None

    @property
    def says(self) -> str:
        """What would be written."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a wish, each group the best first.

    `instead` is what was looked for in the place of what was written, where that was a sound or a slip; empty
    else. `understood` are people's words in it with what offices call them. `near` holds what fits badly,
    where nothing fits well.
    """

    asked: str
    instead: str = ""
    understood: tuple[tuple[str, str], ...] = ()
    items: tuple[Hit, ...] = ()
    passages: tuple[Hit, ...] = ()
    announcements: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing fits."""
        return not (self.items or self.passages or self.announcements)


def search(asked: str, *, on: date, audience: Audience = "") -> Found:
    """What fits a wish, of all that everyone may read; told in the reader's language, and found by it.

    Of announcements those that are shown on that day.

    Two statements, none where words of another language find something; one more where it has letters that
    may be pinyin, two more where it has characters that stand nowhere and others that sound the same do.
    """
    asked = asked.strip()[:LONGEST_QUESTION]
    said = plain(asked)
    if not said:
        return Found(asked)
    if in_words := found_in_words(asked):
        return Found(asked, items=_named(in_words, audience))
    text = _read(said)
    wish = wish_of(text, word_book())
    weights = _weights(wish)
    heard = _heard(wish, weights)
    if heard != text:
        text, wish = heard, wish_of(heard, word_book())
        weights = _weights(wish)
    found = _grouped(asked, wish, weights, audience, on)
    return replace(found, instead=text if text != said else "")


def suggestions(begun: str, *, limit: int) -> list[Suggestion]:
    """What somebody who has written this much may be about to write.

    Costs one statement for letters that begin something, else a search; none for words of another language.
    """
    if in_words := found_in_words(begun):
        return [Suggestion(hit.title, hit.kind) for hit in _named(in_words, "")[:limit]]
    text = plain(begun[:LONGEST_QUESTION])
    runs = runs_of_letters(text)
    if runs == [text]:
        letters = text.replace(" ", "")
        if said := [one for (one,) in run(_sql("sounds_begin"), [f"{letters}%", limit])]:
            return [Suggestion(((one, False),)) for one in said]
    # Nobody is suggested an announcement, whatever the day.
    return [Suggestion(hit.title, hit.kind) for hit in search(begun, on=date.min).items[:limit]]


def _read(text: str) -> str:
    """The text with its letters read as pinyin, where something that can be found sounds so."""
    runs = runs_of_letters(text)
    if not runs:
        return text
    sayings = _sayings({key for each in runs for key in keys_of_letters(each)} - _known_letters(runs))
    for each in runs:
        text = text.replace(each, heard_in_letters(each, sayings) or each, 1)
    return text


def _known_letters(runs: Iterable[str]) -> set[str]:
    """Letters that people's words have, as KTV; they are no pinyin."""
    return {each for each in runs if each in word_book().letters}


def _heard(wish: Wish, weights: Weights) -> str:
    """The wish with what sounds the same in the place of characters that stand nowhere."""
    text = wish.asked
    slips = {
        one.said: keys
        for one in wish.concepts
        if not one.meanings and (keys := keys_of_slips(one.said, _unknown(one, weights)))
    }
    if not slips:
        return text
    sayings = _sayings({key for each in slips.values() for ways in each.values() for key in ways})
    for said, keys in slips.items():
        text = text.replace(said, heard_in_slips(said, keys, sayings), 1)
    return text


def _unknown(concept: Concept, weights: Weights) -> list[str]:
    return [
        pair
        for pair in grams(concept.said)
        if len(pair) > 1 and not pair.isascii() and pair not in weights.standing
    ]


def _sayings(keys: Iterable[str]) -> Sayings:
    sayings: dict[str, dict[str, int]] = {}
    for sound, said, times in run(_sql("sounds_like"), [sorted(keys)]):
        sayings.setdefault(sound, {})[said] = times
    return sayings


def _weights(wish: Wish) -> Weights:
    terms = {"", *(term for phrase in _phrases(wish) for term in _terms(phrase))}
    standing: dict[str, int] = dict(run(_sql("words_standing"), [sorted(terms)]))
    entries = standing.pop("", 1)
    return Weights(entries, standing, word_book().asides)


def _phrases(wish: Wish) -> Iterator[str]:
    for concept in wish.concepts:
        yield from (concept.said, *concept.meanings, *concept.within)


def _terms(phrase: str) -> Iterator[str]:
    """The pairs of a phrase, and what may be a longer word in it."""
    yield from grams(phrase)
    for length in WORDS_OF:
        yield from (phrase[at : at + length] for at in range(len(phrase) - length + 1))


def _query(wish: Wish, weights: Weights) -> str:
    """What to look for: rare terms each by itself, common ones where all of a phrase are there together.

    A lone character stands for every pair that begins with it.
    """
    rare: dict[str, None] = {}
    room = COMMON
    for term in _rarest_first(weights):
        room -= weights.standing[term]
        if room >= 0 or not rare:
            rare[_quoted(term)] = None
    for phrase in _phrases(wish):
        pairs = grams(phrase)
        if len(phrase) == 1:
            rare[f"{_quoted(phrase)}:*"] = None
        elif pairs and all(pair in weights.standing for pair in pairs):
            rare["(" + " & ".join(map(_quoted, pairs)) + ")"] = None
    return " | ".join(rare)


def _rarest(weights: Weights) -> str:
    """The terms that say the most."""
    return " | ".join(map(_quoted, _rarest_first(weights)[:RANKED_BY]))


def _rarest_first(weights: Weights) -> list[str]:
    return sorted(weights.standing, key=lambda term: (weights.standing[term], term))


def _quoted(term: str) -> str:
    return f"'{term}'"


def _grouped(asked: str, wish: Wish, weights: Weights, audience: Audience, on: date) -> Found:
    query = _query(wish, weights)
    if not query:
        return Found(asked)
    fitting = Fitting(wish, weights)
    only = (audience == "person", audience == "enterprise")
    items, others = LOOKED_AT
    rows = run(_sql("find"), [query, list(RANKS), items, *MEASURED, *only, _rarest(weights), others, on])
    measured = sorted(((fitting.of(_text(row)), row) for row in rows), key=lambda one: -one[0])
    groups = {group: [one for one in measured if one[1][0] in kinds] for group, kinds in GROUPS.items()}
    good = {group: _good(ones) for group, ones in groups.items()}
    near = [] if any(good.values()) else [one for one in groups["items"] if one[0] > 0]
    shown = {group: _hits(ones[: SHOWN[group]], fitting) for group, ones in good.items()}
    understood = tuple(
        (one.said, one.meanings[0])
        for one in wish.concepts
        if one.meanings and one.said not in one.meanings[0]
    )
    return Found(asked, "", understood, **shown, near=_hits(near[:NEAREST], fitting))


def _good(measured: Sequence[tuple[float, Row]]) -> list[tuple[float, Row]]:
    least = max([FITS, *(BESIDE_THE_BEST * fits for fits, _ in measured[:1])])
    return [one for one in measured if one[0] >= least]


def _text(row: Row) -> Text:
    kind, _, _, _, _, title, cut, core, words, around, body = row
    if kind == EntryKind.PASSAGE:
        # What it is a passage of has an entry of its own; here only what the passage itself says counts.
        return Text(title, cut, core, body=body)
    return Text(title, cut, core, tuple(words), around, body)


def _hits(measured: Sequence[tuple[float, Row]], fitting: Fitting) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            kind=EntryKind(row[0]),
            code=row[1].split("/")[0],
            key=row[1],
            title=_title(row[2], fitting),
            about=_about(row[3]),
            # What is written there is put together from a guide's words: in another language nobody wrote it.
            body=() if reading_in() else _around_the_mark(tuple(fitting.marked(row[4]))),
            fits=round(fits, 3),
        )
        for fits, row in measured
    )


def _title(title: str, fitting: Fitting) -> Pieces:
    words = told(title)
    return tuple(fitting.marked(title)) if words == title else ((words, False),)


def _about(about: str) -> str:
    return " · ".join(map(told, about.split(" · ")))


def _named(found: Iterable[tuple[float, Entry]], audience: Audience) -> tuple[Hit, ...]:
    """Items and guides found by their words, for whom they are meant."""
    meant = [
        (fits, one)
        for fits, one in found
        if (one.for_people or audience != "person") and (one.for_enterprises or audience != "enterprise")
    ]
    return tuple(
        Hit(one.kind, one.key, one.key, ((told(one.title), False),), _about(one.about), (), round(fits, 3))
        for fits, one in meant[:MOST_FOUND]
    )


def _around_the_mark(pieces: Pieces) -> Pieces:
    """Of a long text as much as is read at a glance, the first marked words within."""
    before = ""
    for at, (text, marked) in enumerate(pieces):
        if marked or at == len(pieces) - 1:
            start = before[-GLANCE // 3 :]
            rest = ((start, False), *pieces[at:]) if start else pieces[at:]
            cut = (("…", False), *rest) if len(before) > len(start) else rest
            return tuple(_shortened(cut))
        before += text
    return pieces


def _shortened(pieces: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    room = GLANCE
    for text, marked in pieces:
        if len(text) > room:
            yield text[:room] + "…", marked
            return
        room -= len(text)
        yield text, marked


def _sql(name: str) -> str:
    return load("tongban.catalogue", name)
