"""The unified social credit code (统一社会信用代码, GB 32100): 18 characters, the last by 3^i mod 31."""

import re
import secrets
from typing import Final

from stdnum.cn import uscc

from tongban.engine.codes.errors import CodeError
from tongban.engine.codes.writing import plain
from tongban.engine.phrase import phrase

# The library wants a digit first; rural collectives (N) and others (Y) have a letter there: the form is ours.
_FORM: Final = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")
_AGAIN: Final = phrase("请对照营业执照或法人证书重新填写18位代码。")


def check_credit_code(text: str) -> str:
    """The code in its plain form; blanks, dashes, small and full-width letters are understood.

    CodeError `codes.credit-code.length`, `.characters` or `.check`.
    """
    code = credit_code_form(text)
    if not has_right_check(code):
        raise CodeError(
            "codes.credit-code.check", phrase("统一社会信用代码校验不通过，可能有一位写错。"), _AGAIN
        )
    return code


_SUBJECT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SUBJECT_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def made_credit_code(kind: str, region: str) -> str:
    """A code for a new subject: `kind` says who registers and what (91: an enterprise), `region` six digits.

    The nine characters of the subject are drawn at random, with their own check (GB 11714, mod 11).
    """
    subject = "MA" + "".join(secrets.choice(_SUBJECT) for _ in range(6))
    total = sum(int(char, 36) * weight for char, weight in zip(subject, _SUBJECT_WEIGHTS, strict=True))
    body = f"{kind}{region}{subject}{'0123456789X0'[11 - total % 11]}"
    return body + str(uscc.calc_check_digit(body))


def credit_code_of(first: str) -> str:
    """The code whose first 17 characters these are, its check character worked out; else CodeError."""
    code = credit_code_form(f"{first}0")
    return code[:17] + str(uscc.calc_check_digit(code[:17]))


def credit_code_form(text: str) -> str:
    """The code in its plain form, its check character not looked at."""
    code = plain(text)
    if len(code) != 18:
        raise CodeError(
            "codes.credit-code.length",
            phrase("统一社会信用代码应为18位，现在是%(number)s位。", number=len(code)),
            _AGAIN,
        )
    if not _FORM.fullmatch(code):
        raise CodeError(
            "codes.credit-code.characters",
            phrase("统一社会信用代码中有不该出现的字符：第3至8位只有数字，其余各位没有字母I、O、S、V、Z。"),
            phrase("请检查是否把数字1、0、5、2写成了字母。"),
        )
    return code


def has_right_check(code: str) -> bool:
    """Whether the last character follows from the others."""
    return uscc.calc_check_digit(code[:17]) == code[17]
