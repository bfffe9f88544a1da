"""What of a personal fact may be shown to whoever need not know it. Masking happens on the server, always.

Enterprise names are public and are not masked. Whatever is not understood is hidden whole.
"""

import re
from typing import Final

# The dots between the parts of a name: · ‧ • ・ ･
_DOTS: Final = "\u00b7\u2027\u2022\u30fb\uff65"
_MOBILE: Final = re.compile(r"(?:\+?86)?(1[0-9]{2})[0-9]{4}([0-9]{4})")
_LANDLINE: Final = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))-?[0-9]{3,4}([0-9]{4})")
# A level of the address: any two characters (新乡市, 镇江市), then none that ends a level or is part of
# a house number.
_LEVEL: Final = r"(?:.{{1,2}}[^省市区县州盟旗镇乡号栋幢0-9０-９]{{0,9}}?(?:{ends}))?"
_TO_THE_STREET: Final = re.compile(
    r"(?:.{2,8}?(?:省|自治区|特别行政区))?"
    + _LEVEL.format(ends="市|自治州|地区|盟")
    + _LEVEL.format(ends="(?<![小社校])区|县|市|旗")
    + _LEVEL.format(ends="街道|镇|乡|苏木")
)


def mask_name(name: str) -> str:
    """A person's name: 张* · 张*丰 · 欧**锋; of a name in parts the first stays: 阿依古丽·***.

    One star for each hidden character; compound surnames count as any other characters.
    """
    name = name.strip()
    for at, mark in enumerate(name):
        if mark in _DOTS and at:
            return name[: at + 1] + "*" * max(1, len(name) - at - 1)
    if len(name) <= 2:
        return name[:1] + "*" if len(name) == 2 else "*" * len(name)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_id(number: str) -> str:
    """An identity document's number: first 3 and last 4 of a resident's 18 (510***********1234).

    Of shorter numbers (passports, permits) the first and the last 2; below 7 characters nothing.
    """
    number = number.strip()
    if len(number) >= 15:
        return number[:3] + "*" * (len(number) - 7) + number[-4:]
    if len(number) >= 7:
        return number[:1] + "*" * (len(number) - 3) + number[-2:]
    return "*" * len(number)


def mask_phone(phone: str) -> str:
    """A mobile number 138****5678, a landline 028-****1234; of anything else, the last 2 of 7 or more."""
    number = re.sub(r"[\s()（）-]", "", phone)
    if mobile := _MOBILE.fullmatch(number):
        return f"{mobile[1]}****{mobile[2]}"
    if landline := _LANDLINE.fullmatch(number):
        return f"{landline[1]}-****{landline[2]}"
    shown = 2 if len(number) >= 7 else 0
    return "*" * (len(number) - shown) + number[len(number) - shown :]


def mask_mail(address: str) -> str:
    """A mail address: z***@example.com; nothing of what is none."""
    name, at, place = address.strip().partition("@")
    return f"{name[0]}***@{place}" if name and at and place else "***" if address.strip() else ""


def mask_address(address: str) -> str:
    """An address down to the street or township at most: 四川省成都市锦江区春熙路街道****."""
    address = address.strip()
    if not address:
        return ""
    found = _TO_THE_STREET.match(address)
    return (found[0] if found else "") + "****"
