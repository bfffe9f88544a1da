"""Mobile numbers of the mainland: eleven digits, however they are written."""

import re
from typing import Final

from tongban.engine.codes.errors import CodeError
from tongban.engine.codes.writing import plain
from tongban.engine.phrase import phrase

_MOBILE: Final = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")


def check_mobile(text: str) -> str:
    """The number in its eleven digits; blanks, dashes, full-width digits and +86 are understood.

    CodeError `codes.mobile`.
    """
    found = _MOBILE.fullmatch(plain(text))
    if found is None:
        raise CodeError("codes.mobile", phrase("手机号码不对。"), phrase("请填 11 位手机号码。"))
    return found[1]
