"""Search: what people write, as what can be found: plain writing, sounds, people's words, likeness.

Owns: how a text is made comparable, how it sounds, what a wish means by a word book, how well a text fits.
Says: `terms_of`, `spellings`, `WordBook`, `wish_of`, `Fitting`.
Asks: opencc for simplified characters, pypinyin for sounds, rjieba for words.
"""

from tongban.engine.search.fitting import Fitting, Text, Weights
from tongban.engine.search.hearing import (
    Sayings,
    heard_in_letters,
    heard_in_slips,
    keys_of_letters,
    keys_of_slips,
    runs_of_letters,
)
from tongban.engine.search.sounds import Spelling, sounds_of, spellings
from tongban.engine.search.terms import Terms, core, phrases, terms_of, words
from tongban.engine.search.wishes import Concept, Wish, WordBook, wish_of
from tongban.engine.search.writing import grams, plain

__all__ = [
    "Concept",
    "Fitting",
    "Sayings",
    "Spelling",
    "Terms",
    "Text",
    "Weights",
    "Wish",
    "WordBook",
    "core",
    "grams",
    "heard_in_letters",
    "heard_in_slips",
    "keys_of_letters",
    "keys_of_slips",
    "phrases",
    "plain",
    "runs_of_letters",
    "sounds_of",
    "spellings",
    "terms_of",
    "wish_of",
    "words",
]
