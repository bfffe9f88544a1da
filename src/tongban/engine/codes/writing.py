"""How people write numbers: full-width, with blanks, with any of many dashes."""

from typing import Final

_BLANKS: Final = " \t\r\n\v\f\u00a0\u200b\u3000\ufeff"
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_PLAIN: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord(mark): None for mark in _BLANKS + _DASHES
}


def plain(text: str) -> str:
    """The number without blanks and dashes, in ASCII capitals where it was full-width or lower case."""
    return text.translate(_PLAIN).upper()
