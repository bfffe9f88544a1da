"""Slips of the fingers: one letter wrong, missing, too many, or two changed about."""

from string import ascii_lowercase
from typing import Final

SHORTEST: Final = 5
"""Letters below which a slip could mean anything."""
LONGEST: Final = 24


def neighbours(letters: str) -> frozenset[str]:
    """Everything one slip away from these letters; nothing for what is too short or too long to tell."""
    if not SHORTEST <= len(letters) <= LONGEST:
        return frozenset()
    parts = [(letters[:at], letters[at:]) for at in range(len(letters) + 1)]
    found = {head + tail[1:] for head, tail in parts if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    found |= {head + each + tail[1:] for head, tail in parts if tail for each in ascii_lowercase}
    found |= {head + each + tail for head, tail in parts for each in ascii_lowercase}
    return frozenset(found - {letters})
