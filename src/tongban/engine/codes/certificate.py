"""The identifier of an electronic certificate (电子证照标识, GB/T 36904): what it is made of, and its check.

`1.2.156.3005.2.<type 21>.<issuer>.<serial>.<version 3>.<check 1>`: the check character is ISO 7064 MOD 37,36
over type, issuer, serial and version.
"""

import re
from dataclasses import dataclass
from typing import Final

from stdnum.iso7064 import mod_37_36

from tongban.engine.codes.credit_code import credit_code_form, has_right_check
from tongban.engine.codes.errors import CodeError
from tongban.engine.codes.writing import plain

ROOT: Final = "1.2.156.3005.2"
_AGAIN: Final = "请对照证照上的标识重新填写，或扫描证照上的二维码。"
_TYPE: Final = re.compile(r"[0-9A-Z]{18}[0-9]{3}")
_SERIAL: Final = re.compile(r"[0-9A-Z]{1,32}")
_VERSION: Final = re.compile(r"[0-9]{3}")


@dataclass(frozen=True, slots=True)
class CertificateIdentifier:
    """A certificate's identifier in its parts; `issuer` is a credit code, or the shorter code some use."""

    type: str
    issuer: str
    serial: str
    version: str

    @classmethod
    def parse(cls, text: str) -> "CertificateIdentifier":
        """The identifier as written, with or without its root `1.2.156.3005.2`; small letters are understood.

        CodeError `codes.certificate.form` or `.check`.
        """
        parts = plain(text).removeprefix(f"{ROOT}.").split(".")
        if len(parts) != 5 or not _is_well_formed(parts):
            raise CodeError(
                "codes.certificate.form",
                "电子证照标识写法不对：应当是类型、机构、流水号、版本号、校验位五段，用点分开。",
                _AGAIN,
            )
        found = cls(*parts[:4])
        if found.check != parts[4]:
            raise CodeError("codes.certificate.check", "电子证照标识校验不通过，可能有一位写错。", _AGAIN)
        return found

    @property
    def check(self) -> str:
        """The check character: one digit or capital."""
        body = self.type + self.issuer + self.serial + self.version
        return str(mod_37_36.calc_check_digit(body))

    def __str__(self) -> str:
        return ".".join((ROOT, self.type, self.issuer, self.serial, self.version, self.check))


def check_certificate_type(code: str) -> str:
    """The 21 characters of a certificate's type: the defining authority's credit code and a serial.

    CodeError `codes.certificate-type.form`, `codes.credit-code.characters` or `codes.credit-code.check`.
    """
    written = plain(code)
    if not _TYPE.fullmatch(written):
        raise CodeError(
            "codes.certificate-type.form",
            "证照类型代码应为21位：定义机构的统一社会信用代码，加3位数字。",
            "请对照证照类型目录重新填写。",
        )
    if not has_right_check(credit_code_form(written[:18])):
        raise CodeError("codes.credit-code.check", "证照类型代码里的机构代码校验不通过。", _AGAIN)
    return written


def _is_well_formed(parts: list[str]) -> bool:
    kind, issuer, serial, version, check = parts
    # Issuers of old certificates stand with a code of the region alone: their length is not judged.
    return bool(
        _TYPE.fullmatch(kind)
        and re.fullmatch(r"[0-9A-Z]{6,18}", issuer)
        and _SERIAL.fullmatch(serial)
        and _VERSION.fullmatch(version)
        and re.fullmatch(r"[0-9A-Z]", check)
    )
