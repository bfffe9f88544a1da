"""Messages: a word between the applicant and the office. It moves no clock, and nobody's turn."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from tongban.cases.events import CaseMessageSent, Event
from tongban.cases.rules.evolve import evolve
from tongban.cases.rules.state import CaseState, Side
from tongban.engine.calendar import legal_day
from tongban.kernel.refusal import Refusal

MOST_LETTERS: Final = 1_000
"""Of one message (our own); what is longer is a material."""

MOST_A_DAY: Final = 10
"""Messages of one side in one case (our own), so that nobody is drowned."""

STAYS_OPEN: Final = timedelta(days=30)
"""How long after the end one may still ask about it (our own)."""


def send(
    state: CaseState, story: Iterable[Event], *, by: UUID | None, at: datetime, text: str
) -> CaseMessageSent:
    """A word of the applicant's, or of an officer's (`by`); `text` is its salted digest."""
    told = list(story)
    _still_open(state, told, at)
    today = [
        one
        for one in told
        if isinstance(one, CaseMessageSent)
        and side_of(one) is side_of_sender(by)
        and legal_day(one.at) == legal_day(at)
    ]
    if len(today) >= MOST_A_DAY:
        raise Refusal(
            "cases.message.too-many",
            says=_("今天在这件事里已经留言 %(most)s 次。") % {"most": MOST_A_DAY},
            do=_("请明天再留言；着急的，请拨打 12345，说出办件编号。"),
            status=429,
        )
    return CaseMessageSent(at=at, by=by, text=text)


_WHAT_IS: Final = {
    "message": noop("留言"),
    "contest": noop("疑问"),
    "answer": noop("答复"),
    "hand-over": noop("移交的原因"),
    "note": noop("备注"),
    "question": noop("要问的"),
    "decline": noop("不答复的理由"),
    "order": noop("督办的要求"),
    "explanation": noop("说明"),
    "finding": noop("办理情况"),
}


def worded(text: str, what: str) -> str:
    """The words of a message, a contest or an answer, trimmed; refused when empty or too long."""
    text, name = text.strip(), _(_WHAT_IS[what])
    if not text:
        raise Refusal(
            f"cases.{what}.empty",
            says=_("%(name)s还没有写内容。") % {"name": name},
            do=_("请用自己的话写下来，再发送。"),
            status=422,
        )
    if len(text) > MOST_LETTERS:
        raise Refusal(
            f"cases.{what}.too-long",
            says=_("%(name)s超过 %(most)s 字，现在是 %(now)s 字。")
            % {"name": name, "most": MOST_LETTERS, "now": len(text)},
            do=_("请写得短一些，或者分成几次写。"),
            status=422,
        )
    return text


def side_of(message: CaseMessageSent) -> Side:
    """Who spoke."""
    return side_of_sender(message.by)


def side_of_sender(by: UUID | None) -> Side:
    """The side of whoever speaks: an officer for the office, else the applicant."""
    return Side.OFFICE if by else Side.APPLICANT


def talks_until(state: CaseState, story: Iterable[Event]) -> datetime | None:
    """Until when one may write; None while the case is open."""
    if not state.closed:
        return None
    return ended_at(state, story) + STAYS_OPEN


def ended_at(state: CaseState, story: Iterable[Event]) -> datetime:
    """When the case came to where it stands: the last event that changed its stage."""
    folded, ended = CaseState(state.head), None
    for event in story:
        after = evolve(folded, event)
        if ended is None or after.stage is not folded.stage:
            ended = event.at
        folded = after
    assert ended is not None
    return ended


def _still_open(state: CaseState, story: list[Event], at: datetime) -> None:
    until = talks_until(state, story)
    if until is not None and at > until:
        raise Refusal(
            "cases.message.over",
            says=_("这件事已经结束超过 %(days)s 天，不能再留言。") % {"days": STAYS_OPEN.days},
            do=_("还有问题的，请拨打 12345，说出办件编号。"),
        )
