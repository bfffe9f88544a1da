"""The code on a paper, by which anyone checks it: 20 characters that say nothing and cannot be guessed."""

import re
import secrets
from typing import Final

# Crockford's base 32: no I, L, O or U, which are read as 1, 1, 0 and V.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("ILOU", "110V")
_LENGTH: Final = 20
_SHAPE: Final = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}")


def new_code() -> str:
    """A new code of 100 random bits, in its stored form."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def spoken(code: str) -> str:
    """The code in groups of four, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))


def plain_code(written: str) -> str | None:
    """The stored form of a code however it was typed; None for what cannot be one."""
    text = "".join(char for char in written[:80].upper() if char.isalnum()).translate(_READ_AS)
    return text if _SHAPE.fullmatch(text) else None
