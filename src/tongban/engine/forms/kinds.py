"""The kinds of answer: how each is cleaned, and what is wrong with one that cannot be.

A cleaned value is plain JSON and has one spelling only, so that equal answers have equal digests: text is
trimmed, dates are ISO 8601, amounts and numbers with decimals are decimal text with all their places.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias, cast
from unicodedata import category

from tongban.engine.codes import CodeError, check_credit_code, check_resident_id
from tongban.engine.phrase import phrase

Value: TypeAlias = str | int | bool | list[str]
Cleaner: TypeAlias = Callable[[object], Value]


class Kind(StrEnum):
    """What sort of answer a data element holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    RESIDENT_ID = "resident-id"
    USCC = "uscc"
    PHONE = "phone"
    ADDRESS = "address"
    AMOUNT = "amount"
    BOOLEAN = "boolean"


LIMITS: Final[Mapping[Kind, Mapping[str, type]]] = {
    Kind.TEXT: {"min_length": int, "max_length": int, "multiline": bool},
    Kind.NUMBER: {"minimum": int, "maximum": int, "decimals": int},
    Kind.DATE: {"earliest": date, "latest": date},
    Kind.CHOICE: {},
    Kind.CHOICES: {"least": int, "most": int},
    Kind.RESIDENT_ID: {},
    Kind.USCC: {},
    Kind.PHONE: {"mobile": bool},
    Kind.ADDRESS: {"min_length": int, "max_length": int},
    Kind.AMOUNT: {"minimum": int, "maximum": int},
    Kind.BOOLEAN: {"must_agree": bool},
}
"""Which limits a kind knows and the type of each; a date limit is written as ISO text."""


class Wrong(Exception):
    """This answer cannot stand: a stable code, what is wrong and what to do."""

    def __init__(self, code: str, says: str, do: str) -> None:
        super().__init__(code)
        self.code, self.says, self.do = code, says, do


_WIDE_DIGIT = re.compile(r"[０-９]")
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.([0-9]{1,15}))?")
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_PHONE_FILLING = re.compile(r"[\s()-]+")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise Wrong("form.not-text", phrase("这里要填文字。"), phrase("请按文字填写；程序请传字符串。"))
    return given


def _narrow(text: str) -> str:
    """The text in ASCII where it was full-width, without blanks around it."""
    return (text if text.isascii() else text.translate(_WIDE)).strip()


def _printable(text: str) -> str:
    """Refuse what cannot be stored or shown: controls, lone surrogates, marks that turn the writing round."""
    # isprintable is fast and right for nearly all; it also refuses odd spaces, which are harmless.
    if text.isprintable():
        return text
    if any((category(char) in ("Cc", "Cs") and char != "\n") or char in _BIDI for char in text):
        raise Wrong(
            "form.unprintable",
            phrase("里面有看不见的特殊字符。"),
            phrase("请删掉后重新手工输入，不要从别处粘贴。"),
        )
    return text


def _within(text: str, shortest: int, longest: int) -> str:
    if len(text) > longest:
        raise Wrong(
            "form.too-long",
            phrase("填写超过了 %(longest)s 个字。", longest=longest),
            phrase("请缩短到 %(longest)s 个字以内。", longest=longest),
        )
    if len(text) < shortest:
        raise Wrong(
            "form.too-short",
            phrase("填写不足 %(shortest)s 个字。", shortest=shortest),
            phrase("请写完整，至少 %(shortest)s 个字。", shortest=shortest),
        )
    return text


def _line_cleaner(limits: Mapping[str, object], shortest: int, longest: int) -> Cleaner:
    shortest = cast(int, limits.get("min_length", shortest))
    longest = cast(int, limits.get("max_length", longest))
    multiline = bool(limits.get("multiline"))

    def clean(given: object) -> str:
        text = _text(given)
        text = text.replace("\r\n", "\n") if multiline else _BREAKS.sub(" ", text)
        return _printable(
            _within(_WIDE_DIGIT.sub(lambda digit: str(int(digit[0])), text).strip(), shortest, longest)
        )

    return clean


def _number_cleaner(limits: Mapping[str, object], decimals: int) -> Cleaner:
    least, most = limits.get("minimum"), limits.get("maximum")
    one = Decimal(1).scaleb(-decimals)

    def clean(given: object) -> int | str:
        number = _decimal(given, decimals)
        if least is not None and number < cast(int, least):
            raise Wrong(
                "form.too-small",
                phrase("不能小于 %(least)s。", least=least),
                phrase("请填 %(least)s 或更大的数。", least=least),
            )
        if most is not None and number > cast(int, most):
            raise Wrong(
                "form.too-large",
                phrase("不能大于 %(most)s。", most=most),
                phrase("请填 %(most)s 或更小的数。", most=most),
            )
        # Adding zero turns minus zero into zero.
        return str((number + 0).quantize(one)) if decimals else int(number)

    return clean


def _decimal(given: object, decimals: int) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise Wrong("form.not-a-number", phrase("这里要填数字。"), phrase("请只填数字，例如 120。"))
    # A number of thousands of digits cannot even be turned into text.
    if isinstance(given, int) and abs(given) >= 10**15:
        raise Wrong("form.not-a-number", phrase("数字太大了。"), phrase("请检查是否多写了位数。"))
    if isinstance(given, float) and given.is_integer() and abs(given) < 10**15:
        given = int(given)
    text = _narrow(given) if isinstance(given, str) else repr(given)
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise Wrong(
            "form.not-a-number", phrase("这里要填数字。"), phrase("请只填数字，例如 120，不要写单位和逗号。")
        )
    if len((found[1] or "").rstrip("0")) > decimals:
        most = (
            phrase("最多保留 %(decimals)s 位小数。", decimals=decimals) if decimals else phrase("请填整数。")
        )
        raise Wrong("form.too-many-decimals", phrase("小数位数太多。"), most)
    return Decimal(text)


def _date_cleaner(limits: Mapping[str, object]) -> Cleaner:
    earliest, latest = cast(str, limits.get("earliest", "")), cast(str, limits.get("latest", "9999-12-31"))

    def clean(given: object) -> str:
        found = _DATE.fullmatch(_narrow(_text(given)))
        try:
            day = date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
        except ValueError:
            day = ""
        if not day:
            raise Wrong(
                "form.not-a-date", phrase("日期不对。"), phrase("请按“年-月-日”填写，例如 2026-03-05。")
            )
        # ISO dates of four-digit years sort as text.
        if day < earliest:
            raise Wrong(
                "form.too-early",
                phrase("日期不能早于 %(earliest)s。", earliest=earliest),
                phrase("请核对日期。"),
            )
        if day > latest:
            raise Wrong(
                "form.too-late", phrase("日期不能晚于 %(latest)s。", latest=latest), phrase("请核对日期。")
            )
        return day

    return clean


def _choice_cleaner(options: Collection[str]) -> Cleaner:
    known = frozenset(options)

    def clean(given: object) -> str:
        if not isinstance(given, str) or (code := given.strip()) not in known:
            raise Wrong(
                "form.not-a-choice", phrase("这个选项不在可选范围内。"), phrase("请从列出的选项中选一个。")
            )
        return code

    return clean


def _choices_cleaner(limits: Mapping[str, object], options: Collection[str]) -> Cleaner:
    least, most = cast(int, limits.get("least", 0)), cast(int, limits.get("most", len(options)))

    def clean(given: object) -> list[str]:
        picked = [given] if isinstance(given, str) else given
        if not isinstance(picked, list) or not all(isinstance(each, str) for each in picked):
            raise Wrong(
                "form.not-a-choice",
                phrase("选项的写法不对。"),
                phrase("请从列出的选项中选；程序请传代码的列表。"),
            )
        chosen = {each.strip() for each in picked}
        if not chosen.issubset(options):
            raise Wrong(
                "form.not-a-choice", phrase("有的选项不在可选范围内。"), phrase("请只从列出的选项中选。")
            )
        if len(chosen) < least:
            raise Wrong(
                "form.too-few",
                phrase("至少要选 %(least)s 项。", least=least),
                phrase("请选 %(least)s 项或更多。", least=least),
            )
        if len(chosen) > most:
            raise Wrong(
                "form.too-many",
                phrase("最多只能选 %(most)s 项。", most=most),
                phrase("请去掉几项，留下 %(most)s 项以内。", most=most),
            )
        return [option for option in options if option in chosen]

    return clean


def _resident_id(given: object) -> str:
    try:
        return check_resident_id(_text(given)).number
    except CodeError as error:
        raise Wrong(error.code, error.says, error.do) from error


def _credit_code(given: object) -> str:
    try:
        return check_credit_code(_text(given))
    except CodeError as error:
        raise Wrong(error.code, error.says, error.do) from error


def _phone_cleaner(limits: Mapping[str, object]) -> Cleaner:
    only_mobile = bool(limits.get("mobile"))

    def clean(given: object) -> str:
        text = _PHONE_FILLING.sub("", _narrow(_within(_text(given), 0, 40)))
        if found := _MOBILE.fullmatch(text):
            return found[1]
        if only_mobile:
            raise Wrong(
                "form.phone", phrase("手机号码不对。"), phrase("请填 11 位手机号码，例如 138 开头的号码。")
            )
        if _LANDLINE.fullmatch(text):
            return text
        raise Wrong(
            "form.phone",
            phrase("电话号码不对。"),
            phrase("请填 11 位手机号码，或带区号的座机，例如 028-12345678。"),
        )

    return clean


def _boolean_cleaner(limits: Mapping[str, object]) -> Cleaner:
    must_agree = bool(limits.get("must_agree"))

    def clean(given: object) -> bool:
        if isinstance(given, str):
            given = {"true": True, "false": False}.get(given.strip().lower())
        if not isinstance(given, bool):
            raise Wrong(
                "form.not-yes-or-no",
                phrase("这里只能选“是”或“否”。"),
                phrase("请选一个；程序请传 true 或 false。"),
            )
        if must_agree and not given:
            raise Wrong(
                "form.must-agree",
                phrase("这一项需要您同意才能提交。"),
                phrase("同意就选“是”；有疑问请到窗口咨询。"),
            )
        return given

    return clean


def cleaner(kind: Kind, limits: Mapping[str, object], options: Collection[str]) -> Cleaner:
    """The function that turns an answer of this kind into its one spelling, or raises Wrong."""
    makers: dict[Kind, Callable[[], Cleaner]] = {
        Kind.TEXT: lambda: _line_cleaner(limits, 1, 200),
        Kind.ADDRESS: lambda: _line_cleaner(limits, 4, 200),
        Kind.NUMBER: lambda: _number_cleaner(limits, cast(int, limits.get("decimals", 0))),
        Kind.AMOUNT: lambda: _number_cleaner({"minimum": 0, **limits}, 2),
        Kind.DATE: lambda: _date_cleaner(limits),
        Kind.CHOICE: lambda: _choice_cleaner(options),
        Kind.CHOICES: lambda: _choices_cleaner(limits, options),
        Kind.PHONE: lambda: _phone_cleaner(limits),
        Kind.BOOLEAN: lambda: _boolean_cleaner(limits),
        Kind.RESIDENT_ID: lambda: _resident_id,
        Kind.USCC: lambda: _credit_code,
    }
    return makers[kind]()
