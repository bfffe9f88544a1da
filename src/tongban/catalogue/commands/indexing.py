"""The index of search: what can be found of a source, made anew when the source has changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from tongban.catalogue.rules.entries import Entry, EntryKind
from tongban.engine.search import core, phrases, plain, sounds_of, terms_of
from tongban.kernel.sql import load, run

FORMAT: Final = "2"
"""Raised whenever entries would be made otherwise of the same source: they are then made anew."""

_LOCK: Final = 0x7365656B
"""Number of the advisory lock of the index ("seek"): counts of terms are changed by one writer at a time."""

_SPELLED: Final = frozenset({EntryKind.ITEM, EntryKind.GUIDE, EntryKind.JOINT})
"""What is found by how it sounds: its title, the words of it, and people's words."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who tells what can be found, and of what: its entries, read only where it is another than at its mark.

    `mark` says what it was like: a digest or a version. `said` is what else people may write to find it.
    """

    name: str
    mark: str
    entries: Iterable[Entry] = ()
    said: Iterable[str] = ()


def index(source: str, entries: Iterable[Entry], *, mark: str) -> bool:
    """Let just these entries of a source be found; False where they were made of this very mark already.

    In the caller's transaction, if there is one: what is rolled back is never found. The texts must not tell
    of a person.
    """
    return bool(index_all([Source(source, mark, entries)]))


def unindex(source: str) -> None:
    """Let nothing of a source be found any more."""
    with transaction.atomic():
        run("select pg_advisory_xact_lock($1::bigint)", [_LOCK])
        _remove([source])


def index_all(sources: Sequence[Source]) -> list[str]:
    """Let just the entries of these sources be found; the names of those that had changed.

    Six statements at most, however many they are.
    """
    with transaction.atomic():
        run("select pg_advisory_xact_lock($1::bigint)", [_LOCK])
        known = dict(run(_sql("search_marks"), [[one.name for one in sources]]))
        changed = [one for one in sources if known.get(one.name) != _marked(one)]
        if changed:
            _remove([one.name for one in changed])
            _write(changed)
        return [one.name for one in changed]


def _marked(source: Source) -> str:
    return f"{FORMAT}:{source.mark}"


def _remove(sources: list[str]) -> None:
    gone = run(_sql("search_remove"), [sources])
    _count((term, -times) for term, times in gone)


def _write(sources: Iterable[Source]) -> None:
    counts: Counter[str] = Counter()
    marks, rows, sounds = [], [], []
    for source in sources:
        said = {plain(one) for one in source.said}
        for entry in source.entries:
            rows.append((source.name, *_row(entry, counts)))
            said |= _phrases(entry) if entry.kind in _SPELLED else set()
        marks.append((source.name, _marked(source)))
        sounds += [(source.name, sound, word) for word in sorted(said) for sound in sounds_of(word)]
    counts[""] = len(rows)
    run(_sql("search_write"), _columns(rows, 17))
    _count(counts.items())
    run(_sql("search_tell"), [*_columns(marks, 2), *_columns(sounds, 3)])


def _count(counted: Iterable[tuple[str, int]]) -> None:
    ordered = sorted(counted)
    if ordered:
        run(_sql("search_count"), _columns(ordered, 2))


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [[row[column] for row in rows] for column in range(width)]


def _row(entry: Entry, counts: Counter[str]) -> tuple[object, ...]:
    """One entry as it is stored; its terms are counted."""
    title, body, about = terms_of(entry.title), plain(entry.body), plain(entry.about)
    words = [plain(word) for word in entry.words]
    weighed = {
        "A": title.words,
        "B": title.grams | {gram for word in entry.words for gram in terms_of(word).grams},
        "C": terms_of(entry.about).grams,
        "D": terms_of(entry.body).grams,
    }
    counts.update(frozenset().union(*weighed.values()))
    return (
        entry.kind.value,
        entry.key,
        entry.title,
        entry.about,
        entry.body,
        plain(entry.title),
        title.cut,
        core(entry.title),
        "\n".join(words),
        about,
        body,
        entry.for_people,
        entry.for_enterprises,
        entry.since,
        entry.until,
        " ".join(f"'{term}':1{weight}" for weight, terms in weighed.items() for term in sorted(terms)),
    )


def _phrases(entry: Entry) -> set[str]:
    return phrases(entry.title) | {plain(word) for word in entry.words}


def _sql(name: str) -> str:
    return load("tongban.catalogue", name)
