"""Base64 and decimals as the C2SP formats spell them: one spelling for one value, all others refused."""

import binascii
import re
from base64 import b64decode, b64encode

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def to_base64(value: bytes) -> str:
    """Standard base64 (RFC 4648 §4) with padding."""
    return b64encode(value).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes of a canonical standard base64 text; ValueError for any other text."""
    try:
        value = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64") from error
    if to_base64(value) != text:
        raise ValueError("not canonical base64")
    return value


def from_decimal(text: str) -> int:
    """A number from ASCII digits without leading zeros, below 2**63; ValueError for any other text."""
    if not _DECIMAL.fullmatch(text) or (value := int(text)) >= 2**63:
        raise ValueError("not a decimal number without leading zeros below 2**63")
    return value
