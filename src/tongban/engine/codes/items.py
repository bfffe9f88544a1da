"""Codes of service items (GB/T 39554.1): basic code 12, implementation code 31, handling code 33.

Only the form is judged. Which types, departments and levels exist differs from dictionary to dictionary, so
these parts stay as they were written.
"""

import re
from dataclasses import dataclass
from typing import Final

from tongban.engine.codes.credit_code import credit_code_form, has_right_check
from tongban.engine.codes.errors import CodeError
from tongban.engine.codes.writing import plain

BODY_CHECK: Final = "codes.item.body-check"
"""The warning that the body's credit code has a wrong check character, as some published item codes have."""

_DIGITS: Final = re.compile(r"[0-9]+")
_LEVEL: Final = re.compile(r"[0-9A-Z]")
_AGAIN: Final = "请对照权责清单或办事指南上的事项编码重新填写。"


@dataclass(frozen=True, slots=True)
class BasicCode:
    """基本编码: origin (00 national, else a province) + type + department class + main item + sub-item."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "BasicCode":
        """CodeError `codes.item.length` or `codes.item.characters`."""
        code = _of_length(plain(text), 12, "基本编码")
        if not _DIGITS.fullmatch(code):
            raise CodeError("codes.item.characters", "事项基本编码只能是数字。", _AGAIN)
        return cls(code)

    @property
    def origin(self) -> str:
        return self.text[0:2]

    @property
    def item_type(self) -> str:
        return self.text[2:4]

    @property
    def department(self) -> str:
        return self.text[4:6]

    @property
    def main_item(self) -> str:
        return self.text[6:9]

    @property
    def sub_item(self) -> str:
        return self.text[9:12]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ImplementationCode:
    """实施编码: the body's credit code (18) + level of exercise (1) + basic code (12)."""

    body: str
    level: str
    basic: BasicCode

    @classmethod
    def parse(cls, text: str) -> "ImplementationCode":
        """CodeError `codes.item.length`, `codes.item.characters` or `codes.credit-code.characters`."""
        code = _of_length(plain(text), 31, "实施编码")
        if not _LEVEL.fullmatch(code[18]):
            raise CodeError("codes.item.characters", "实施编码第19位（行使层级）应是数字或字母。", _AGAIN)
        return cls(credit_code_form(code[:18]), code[18], BasicCode.parse(code[19:]))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what is unusual about the code."""
        return () if has_right_check(self.body) else (BODY_CHECK,)

    def __str__(self) -> str:
        return f"{self.body}{self.level}{self.basic}"


@dataclass(frozen=True, slots=True)
class HandlingCode:
    """业务办理项编码: implementation code (31) + serial (2)."""

    implementation: ImplementationCode
    serial: str

    @classmethod
    def parse(cls, text: str) -> "HandlingCode":
        """CodeError as for the implementation code."""
        code = _of_length(plain(text), 33, "业务办理项编码")
        if not _DIGITS.fullmatch(code[31:]):
            raise CodeError("codes.item.characters", "业务办理项编码最后两位应是数字。", _AGAIN)
        return cls(ImplementationCode.parse(code[:31]), code[31:])

    def __str__(self) -> str:
        return f"{self.implementation}{self.serial}"


def parse_item_code(text: str) -> BasicCode | ImplementationCode | HandlingCode:
    """Whichever of the three the length says; CodeError `codes.item.length` for any other length."""
    code = plain(text)
    match len(code):
        case 12:
            return BasicCode.parse(code)
        case 31:
            return ImplementationCode.parse(code)
        case 33:
            return HandlingCode.parse(code)
    raise CodeError("codes.item.length", f"事项编码应为12、31或33位，现在是{len(code)}位。", _AGAIN)


def _of_length(code: str, length: int, name: str) -> str:
    if len(code) != length:
        raise CodeError("codes.item.length", f"{name}应为{length}位，现在是{len(code)}位。", _AGAIN)
    return code
