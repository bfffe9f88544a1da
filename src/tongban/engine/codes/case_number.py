"""Our case number (办件编号): region6-yyyymmdd-seq7-check1, check digit ISO 7064 MOD 11,10."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from tongban.engine.codes.errors import CodeError
from tongban.engine.codes.writing import plain
from tongban.engine.phrase import phrase

LAST_SEQ: Final = 9_999_999

# ISO 7064 MOD 11,10, from a state 1..10 by a digit to the next: add mod 10 (0 counts as 10), double mod 11.
_STATES: Final = tuple(
    {str(digit): ((state + digit) % 10 or 10) * 2 % 11 for digit in range(10)} for state in range(11)
)
_CHECKS: Final = tuple(str((11 - state) % 10) for state in range(11))
_FORM: Final = re.compile(r"[0-9]{22}")
_REGION: Final = re.compile(r"[0-9]{6}")
_AGAIN: Final = phrase("请对照收件凭证上的办件编号重新输入，共22位数字。")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case's public name: where and when, never who. It is no place in a queue: do not sort by it."""

    region: str
    day: date
    seq: int
    check: str

    @classmethod
    def make(cls, region: str, day: date, seq: int) -> "CaseNumber":
        """The number of the `seq`-th case (0 to 9,999,999) of a region (GB/T 2260, six digits) and a legal
        day.

        ValueError for a region or sequence that does not fit: numbers are given by us, not typed by anyone.
        """
        if not 0 <= seq <= LAST_SEQ:
            raise ValueError(f"no case number for sequence {seq}")
        state = _prefix(region, day)[1]
        for digit in f"{seq:07d}":
            state = _STATES[state][digit]
        return cls(region, day, seq, _CHECKS[state])

    @classmethod
    def parse(cls, text: str) -> "CaseNumber":
        """The number as people type it: hyphens may be missing, digits may be full-width, blanks do not
        matter.

        CodeError `codes.case-number.form`, `.check` or `.day`.
        """
        digits = plain(text)
        if not _FORM.fullmatch(digits):
            raise CodeError("codes.case-number.form", phrase("办件编号应为22位数字。"), _AGAIN)
        if check_digit(digits[:21]) != digits[21]:
            raise CodeError(
                "codes.case-number.check", phrase("没有这个办件编号，可能有一位输错或相邻两位输反。"), _AGAIN
            )
        try:
            day = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
        except ValueError:
            raise CodeError(
                "codes.case-number.day", phrase("办件编号第7至14位不是一个日期。"), _AGAIN
            ) from None
        return cls(digits[:6], day, int(digits[14:21]), digits[21])

    def __str__(self) -> str:
        return f"{_prefix(self.region, self.day)[0]}-{self.seq:07d}-{self.check}"


def check_digit(digits: str) -> str:
    """The digit that makes a row of ASCII digits right by ISO 7064 MOD 11,10.

    It catches every wrong digit and 880 of 900 swaps of two neighbours.
    """
    return _CHECKS[_state_after(digits)]


def _state_after(digits: str) -> int:
    state = 10
    for digit in digits:
        state = _STATES[state][digit]
    return state


@lru_cache(maxsize=4096)
def _prefix(region: str, day: date) -> tuple[str, int]:
    """What all numbers of a region and day share: how they begin, and the state of the check digit there."""
    if not _REGION.fullmatch(region):
        raise ValueError(f"no case number for region {region!r}")
    written = f"{day.year:04d}{day.month:02d}{day.day:02d}"
    return f"{region}-{written}", _state_after(region + written)
