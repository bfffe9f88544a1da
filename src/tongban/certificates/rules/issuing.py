"""What a new certificate says: its holder, its lines, how long it holds."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tongban.engine.calendar import corresponding_day
from tongban.engine.codes import CodeError, check_credit_code, mask_name
from tongban.kernel.ids import BodyCode, CaseId, PersonKey, RegionCode

SERIAL_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, so that nobody misreads one."""
SERIAL_LENGTH: Final = 16
"""80 random bits: whoever knows a serial was shown the certificate, for none can be guessed or counted up."""


@dataclass(frozen=True, slots=True)
class Order:
    """A certificate to be issued: of which type (as its pack says, with `slug`), to whom, for which grant.

    `holder` is the applicant; `granted` the place of the grant in the story of its case. `answers` are the
    words answered, by data element; `filed_by` the person who may act for an enterprise that it founds.
    """

    type: Mapping[str, Any]
    holder: PersonKey
    filed_by: PersonKey
    case: CaseId
    case_number: str
    granted: int
    granted_on: date
    body: BodyCode
    body_name: str
    region: RegionCode
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed: the holder by name and code, and the printed lines as (label, text), facts aside."""

    holder_name: str
    holder_code: str
    lines: tuple[tuple[str, str], ...]


def new_serial() -> str:
    """A serial that nobody can guess."""
    return "".join(secrets.choice(SERIAL_ALPHABET) for _ in range(SERIAL_LENGTH))


def content_of(order: Order) -> Content:
    """What is printed for this holder; a line whose element was not answered is left out."""
    holder = order.type["holder"]
    lines = [
        (one["label"], order.answers[one["element"]])
        for one in order.type["elements"]
        if one.get("element") in order.answers
    ]
    return Content(_first(holder["name"], order), _first(holder["code"], order), tuple(lines))


def _first(elements: Sequence[str], order: Order) -> str:
    return next((order.answers[element] for element in elements if order.answers.get(element)), "")


def until(lasting: Mapping[str, Any] | None, since: date) -> date | None:
    """The last day of a period of months that began on `since` (民法典 Arts. 201, 202); None for good."""
    return None if lasting is None else corresponding_day(since, lasting["value"])


def shown(content: Content) -> str:
    """How strangers see the holder: a person masked; an enterprise whole, for its register is public."""
    try:
        check_credit_code(content.holder_code)
    except CodeError:
        return mask_name(content.holder_name)
    return content.holder_name
