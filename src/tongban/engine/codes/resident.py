"""The resident identity number (公民身份号码, GB 11643): 18 characters, check digit MOD 11-2."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from tongban.engine.codes.errors import CodeError
from tongban.engine.codes.masks import mask_id
from tongban.engine.codes.writing import plain
from tongban.engine.phrase import phrase

UNKNOWN_COUNTY: Final = "codes.resident-id.unknown-county"
"""The warning that no county is known to have had the first six digits in the year of birth."""

_FORM: Final = re.compile(r"[0-9]{17}[0-9X]")
_AGAIN: Final = phrase("请对照身份证重新填写18位号码。")


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number whose form, birth date and check digit are right.

    `place` is province and county at birth, None where the county is not known; that is a warning and no
    fault: real people hold such numbers (counties missing from the published list, residents of Hong Kong,
    Macao and Taiwan). `repr` and `str` are masked; `number` is not.
    """

    number: str
    birth: date
    sex: Literal["female", "male"]
    place: str | None

    @property
    def region(self) -> str:
        """The first six digits: the county's code at registration."""
        return self.number[:6]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what is unusual about the number."""
        return () if self.place else (UNKNOWN_COUNTY,)

    def __repr__(self) -> str:
        return f"ResidentId({mask_id(self.number)})"


def check_resident_id(text: str) -> ResidentId:
    """The number as a value; blanks, full-width characters and a small x are understood.

    CodeError `codes.resident-id.length`, `.characters`, `.birth` or `.check`.
    """
    number = plain(text)
    if len(number) != 18:
        raise CodeError(
            "codes.resident-id.length",
            phrase("公民身份号码应为18位，现在是%(number)s位。", number=len(number)),
            _AGAIN,
        )
    if not _FORM.fullmatch(number):
        raise CodeError(
            "codes.resident-id.characters", phrase("公民身份号码前17位应是数字，最后一位是数字或X。"), _AGAIN
        )
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise CodeError(
            "codes.resident-id.birth", phrase("公民身份号码第7至14位不是一个日期。"), _AGAIN
        ) from None
    if number[17] != ric.calc_check_digit(number):
        raise CodeError(
            "codes.resident-id.check",
            phrase("公民身份号码校验不通过，可能有一位写错或相邻两位写反。"),
            _AGAIN,
        )
    sex: Literal["female", "male"] = "male" if int(number[16]) % 2 else "female"
    return ResidentId(number, birth, sex, _place(number[:6], number[6:10]))


@lru_cache(maxsize=65536)
def _place(region: str, year: str) -> str | None:
    try:
        found = ric.get_birth_place(f"{region}{year}0101")
    except (ValidationError, KeyError):  # KeyError: the province is known and the county is not
        return None
    return f"{found['province']}{found['county']}"
