"""Hearing what was meant: letters read as pinyin, and characters that sound like those that were meant.

Both go the same way: the keys under which sounds are kept are asked for together, and of what sounds so the
likeliest is chosen. `Sayings` are the answers: by key, each thing said with how often it is said.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from tongban.engine.search.slips import neighbours
from tongban.engine.search.sounds import blurred_keys, initials_key, spellings

LONGEST_RUN: Final = 48
"""Letters that are read at most; a question has no more."""
SHORTEST: Final = 2
MOST_HEARD: Final = 0.6
"""How much of a run of letters must be heard as words for the rest to be passed over."""
WIDEST: Final = 6
"""Characters of a slip's surroundings that are listened to at most."""

Sayings = Mapping[str, Mapping[str, int]]
_LETTERS: Final = re.compile(r"[a-z]+(?: +[a-z]+)*")


def runs_of_letters(text: str) -> list[str]:
    """The runs of letters in a plain text that may be pinyin, as they stand there."""
    return [run for run in _LETTERS.findall(text) if SHORTEST <= len(run) <= LONGEST_RUN]


def keys_of_letters(run: str) -> set[str]:
    """The sounds to ask for of a run of letters: all of it in every way, and every part of it in full."""
    letters = run.replace(" ", "")
    parts = {letters[at:end] for at in range(len(letters)) for end in range(at + SHORTEST, len(letters) + 1)}
    return parts | {initials_key(letters), *blurred_keys(letters)} | neighbours(letters)


def heard_in_letters(run: str, sayings: Sayings) -> str:
    """What a run of letters says; empty if nothing that can be found sounds so.

    All of it in full before its first letters, those before a blurred sound and that before a slip of the
    fingers; else word after word.
    """
    letters = run.replace(" ", "")
    for key in (letters, initials_key(letters), *blurred_keys(letters)):
        if key in sayings:
            return _likeliest(sayings[key])
    slips = [saying for key in sorted(neighbours(letters)) for saying in sayings.get(key, {}).items()]
    return _likeliest(dict(slips)) if slips else _word_after_word(letters, sayings)


def _word_after_word(letters: str, sayings: Sayings) -> str:
    """The words that say the most of the letters, the longer the better."""
    best: list[tuple[int, int, list[str]]] = [(0, 0, [])]
    for end in range(1, len(letters) + 1):
        ways = [best[end - 1]]
        for start in range(end - 1):
            if letters[start:end] in sayings:
                value, told, said = best[start]
                length = end - start
                word = _likeliest(sayings[letters[start:end]])
                ways.append((value + length * length, told + length, [*said, word]))
        best.append(max(ways, key=lambda way: way[0]))
    _, told, said = best[-1]
    return "".join(said) if told >= MOST_HEARD * len(letters) else ""


def keys_of_slips(said: str, unknown: Iterable[str]) -> dict[str, set[str]]:
    """The sounds to ask for of what stands around pairs that stand nowhere, by what stands there."""
    strange = tuple(unknown)
    windows = {
        said[at : at + width]
        for width in range(2, WIDEST + 1)
        for at in range(len(said) - width + 1)
        if any(pair in said[at : at + width] for pair in strange)
    }
    return {
        window: {key for way in spellings(window) for key in (way.full, *_blurred(way.full, window))}
        for window in windows
    }


def _blurred(full: str, window: str) -> tuple[str, ...]:
    """Blurred, too many words of two characters sound the same."""
    return blurred_keys(full) if len(window) > SHORTEST else ()


def heard_in_slips(said: str, keys: Mapping[str, set[str]], sayings: Sayings) -> str:
    """The words with what sounds the same in the place of a slip, the widest known; else as they were."""
    for window in sorted(keys, key=lambda one: (-len(one), one)):
        found: dict[str, int] = {}
        for key in keys[window]:
            found |= {word: times for word, times in sayings.get(key, {}).items() if len(word) == len(window)}
        if found:
            return said.replace(window, _likeliest(found), 1)
    return said


def _likeliest(said: Mapping[str, int]) -> str:
    """What is said most often; of several the shortest."""
    return min(said, key=lambda word: (-said[word], len(word), word))
