"""A draft at a window: in whose hands it is and how long, how its person confirms, what was typed again."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from tongban.engine.calendar import end_of, legal_day
from tongban.kernel.access import Officer, Thing
from tongban.kernel.ids import BodyCode, OfficerId, PersonKey
from tongban.kernel.refusal import Refusal

SIGNED_PAPER: Final = "signed-at-window"
"""The material that a photo of the signed check page is handed in as; no item asks for it."""

SIGNED_PAPER_NAME: Final = noop("本人签字的核对单")


class KnownBy(StrEnum):
    """How a window knew who stood there."""

    REGISTER = "register"  # 人口信息核对
    CARD = "card"  # 登记簿没有答复，只看了身份证


class Confirmed(StrEnum):
    """How the person confirmed what was filled in for them."""

    READ = "read"  # 当面看过、同意
    SIGNED = "signed"  # 在打印的核对单上签了字


@dataclass(frozen=True, slots=True)
class Hold:
    """A draft is in the hands of this officer at a window of this body, until that moment."""

    by: OfficerId
    body: BodyCode
    until: datetime
    known: KnownBy

    def stands(self, at: datetime) -> bool:
        """Whether it is not over yet."""
        return at < self.until


def hold_of(officer: Officer, known: KnownBy, at: datetime) -> Hold:
    """What an officer holds from now on: until the legal day is over, and no longer."""
    return Hold(officer.id, officer.body, end_of(legal_day(at)), known)


def thing_of(owner: PersonKey | None, bearer: bytes | None, hold: Hold | None, at: datetime | None) -> Thing:
    """A draft as the access function sees it: an officer has it only while the hold stands."""
    if hold is None or at is None or not hold.stands(at):
        return Thing(applicant=owner, bearer=bearer)
    return Thing(applicant=owner, body=hold.body, taken_by=hold.by)


def refuse_held_elsewhere(hold: Hold | None, officer: Officer, at: datetime) -> None:
    """Refuse to take a draft out of the hands of a colleague who is filling it in."""
    if hold is not None and hold.stands(at) and hold.by != officer.id:
        raise Refusal(
            "cases.draft.at-another-window",
            says="这份草稿正在另一个窗口填。",
            do="请到那个窗口接着办，或者请那边的同事按“交还本人”。",
        )


def confirmed_in(text: str, signed: int) -> Confirmed:
    """How the person confirmed; refused where nobody said, and a signature without a picture of it."""
    if text not in set(Confirmed):
        raise Refusal(
            "cases.draft.not-confirmed",
            says="还没有记下本人怎样确认。",
            do="请把这一页给本人看一遍，或者打印出来请本人签字，再选一项。",
            status=422,
        )
    if text == Confirmed.SIGNED and not signed:
        raise Refusal(
            "cases.draft.no-signed-paper",
            says="选了“在核对单上签字”，还没有拍签字的那一页。",
            do="请拍照或扫描，再提交。",
            status=422,
        )
    return Confirmed(text)


def refuse_unread(confirmed: str) -> None:
    """Refuse corrections, and what was to follow, of which nobody says that the person saw it."""
    if confirmed != Confirmed.READ:
        raise Refusal(
            "cases.resubmit.unread",
            says="还没有记下本人看过。",
            do="请把要提交的内容给本人看一遍，本人同意后再勾选、提交。",
            status=422,
        )


def typed_again(answers: Mapping[str, Any], sources: Mapping[str, str], held: Collection[str]) -> int:
    """How many answers somebody typed that the platform held already; never which, nor whose.

    `held` is what is known of the person, by its text: an answer that says the same need not have been typed,
    under whatever question it stands.
    """
    known = {_plain(one) for one in held} - {""}
    typed = (value for name, value in answers.items() if name not in sources and isinstance(value, str))
    return sum(_plain(value) in known for value in typed)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def received_in_words(known: str, confirmed: str) -> str:
    """What a window did, as the story tells it."""
    return " ".join((_(CONFIRMED_WORDS[confirmed]), _(KNOWN_WORDS[known])))


CONFIRMED_WORDS: Final[Mapping[str, str]] = {
    Confirmed.READ: noop("在窗口填写，本人当面看过、同意。"),
    Confirmed.SIGNED: noop("在窗口填写，本人在核对单上签了字。"),
}
KNOWN_WORDS: Final[Mapping[str, str]] = {
    KnownBy.REGISTER: noop("姓名和号码已和人口信息核对。"),
    KnownBy.CARD: noop("当时人口信息没有答复，窗口只看了身份证。"),
}
