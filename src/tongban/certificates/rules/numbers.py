"""What a certificate is called by in addresses: its number, or its whole identifier."""

import re
from typing import Final

from django.utils.translation import gettext as _

from tongban.certificates.rules.issuing import SERIAL_ALPHABET, SERIAL_LENGTH
from tongban.engine.codes import CertificateIdentifier, CodeError
from tongban.kernel.refusal import Refusal

NUMBER: Final = rf"([{SERIAL_ALPHABET}]{{{SERIAL_LENGTH}}})-([0-9]{{3}})"


def number_in(text: str) -> tuple[str, int]:
    """Serial and edition that a number or an identifier names; refused as unknown where it names neither."""
    written = text.strip().upper()
    if found := re.fullmatch(NUMBER, written):
        return found[1], int(found[2])
    try:
        parsed = CertificateIdentifier.parse(written)
    except CodeError as wrong:
        raise unknown() from wrong
    return parsed.serial, int(parsed.version)


def is_number(text: str) -> bool:
    """Whether this is written as a certificate is called, number or identifier; not whether there is one."""
    try:
        number_in(text)
    except Refusal:
        return False
    return True


def unknown() -> Refusal:
    """No such certificate; the same words whether it is ill-written or was never issued."""
    return Refusal(
        "certificates.unknown",
        says=_("没有这张证照，或者编号不对。"),
        do=_("请扫描证照上的二维码，或核对证照编号。查不到的，不要相信。"),
        status=404,
    )
