"""Contests: an applicant doubts that an officer had to look, and is answered by somebody else, in time.

The right to know who handled one's data and why is the law's (个人信息保护法 Arts. 44, 50); the term and who
answers are our own promise.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from tongban.cases.events import ContestAnswered, Event, LookContested
from tongban.engine.calendar import Calendar, Clock, Deadline, legal_day
from tongban.kernel.access import Officer
from tongban.kernel.ids import OfficerId
from tongban.kernel.refusal import Refusal

ANSWER_WITHIN: Final = 10
"""Working days until a contest is answered (our own promise; the law says 及时)."""

OWN_PROMISE: Final = noop("通办自己的承诺")


@dataclass(frozen=True, slots=True)
class Contested:
    """A contest as it stands: whose look it is about, its last day, and whether it was answered."""

    seq: int
    looked_by: OfficerId
    answered: bool


def contest(*, look: int, text: str, at: datetime, calendar: Calendar) -> LookContested:
    """The applicant doubts a look; `text` is the salted digest of what was written."""
    clock = Clock(ANSWER_WITHIN, legal_day(at), rule=OWN_PROMISE)
    return LookContested(at=at, look=look, text=text, answer_by=clock.due(calendar).as_record())


@dataclass(frozen=True, slots=True)
class Asked:
    """What a contest says of itself: the look it is about, and the last day to answer."""

    look: int
    until: Deadline


def asked_in(event: Event | None) -> Asked | None:
    """The contest that this event is; None for any other event."""
    if not isinstance(event, LookContested):
        return None
    return Asked(event.look, Deadline.from_record(event.answer_by))


def answered_in(event: Event) -> int | None:
    """The place in the story of the contest that this event answers; None for any other event."""
    return event.contest if isinstance(event, ContestAnswered) else None


def may_answer(contested: Contested, by: Officer) -> None:
    """Refuse whoever looked, and a second answer."""
    if contested.looked_by == by.id:
        raise Refusal(
            "cases.contest.own-look",
            says=_("这是您自己的查看，不能由您自己答复。"),
            do=_("请由本单位其他负责人或者监督人员答复。"),
            status=403,
        )
    if contested.answered:
        raise Refusal(
            "cases.contest.answered",
            says=_("这条疑问已经答复过了。"),
            do=_("请回到工作台看看其他待办。"),
        )


def answer(contested: Contested, *, by: Officer, at: datetime, text: str) -> ContestAnswered:
    """What came of it, in words the applicant reads; `text` is their salted digest."""
    may_answer(contested, by)
    return ContestAnswered(at=at, by=by.id, contest=contested.seq, text=text)


def asked_twice() -> Refusal:
    """The refusal of a second contest of one look."""
    return Refusal(
        "cases.contest.asked",
        says=_("这次查看您已经提出过疑问。"),
        do=_("请等待答复；答复会写在“谁看了我的信息”里。"),
    )


def unknown_look() -> Refusal:
    """No such look at this case."""
    return Refusal(
        "cases.look.unknown",
        says=_("没有这一次查看的记录。"),
        do=_("请回到“谁看了我的信息”，从列表里选。"),
        status=404,
    )


def unknown_contest() -> Refusal:
    """No such contest."""
    return Refusal(
        "cases.contest.unknown",
        says=_("没有这一条疑问。"),
        do=_("请回到工作台，从列表里打开。"),
        status=404,
    )
