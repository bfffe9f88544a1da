"""Consulting: a colleague or another body is asked in the case, with a day to answer by.

The law's days go on meanwhile: asking is none of the procedures that stop them (行政许可法 Art. 45).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_noop as noop

from tongban.cases.events import (
    CaseForwarded,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationDeclined,
    Event,
)
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.clocks import Light, light_of
from tongban.cases.rules.state import Awaited, CaseState
from tongban.engine.calendar import Calendar, Clock, Deadline, legal_day
from tongban.kernel.access import Officer, Role
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.refusal import Refusal

LEAST_DAYS: Final = 1
MOST_DAYS: Final = 10
"""Working days to answer in (our own), so that a question outlasts no promise by much."""

OWN_TERM: Final = noop("办理机关自己定的答复期限")

ANSWER: Final = frozenset({Role.HANDLER, Role.LEADER})
"""Who may be asked and answer, as the access table has it."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose answer is wanted: one officer's of that body, or where none is named whoever's there."""

    body: BodyCode
    officer: OfficerId | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its event tells it; `warn` is the first yellow day."""

    whom: Whom
    asked_by: OfficerId | None
    until: Deadline
    warn: date

    def light(self, today: date) -> Light | None:
        """Green, yellow from the day before the last, red after the last."""
        return light_of(self.until.due, self.warn, None, today)


def colleague_asked(found: Officer | None, body: BodyCode, by: Officer) -> Whom:
    """The colleague who is asked; refused unless they serve there, may answer, are there and are another."""
    if found is None or found.body != body:
        code, says = "off-duty", "这位同事现在不在岗，或者不在这个单位。"
    elif found.id == by.id:
        code, says = "self", "不用问自己。"
    elif not found.roles & ANSWER:
        code, says = "no-role", "这位同事没有经办或者负责人的职责，看不到办件内容，答复不了。"
    elif found.away:
        code, says = "away", "这位同事今天不在。"
    else:
        return Whom(body, found.id)
    raise Refusal(
        f"cases.consult.{code}", says=says, do="请选另一位今天在岗的同事，或者另一个单位。", status=422
    )


def body_asked(code: BodyCode, known: Mapping[BodyCode, str], own: BodyCode) -> Whom:
    """The body that is asked; refused where it is one's own, or nobody serves it."""
    if code not in known or code == own:
        raise Refusal(
            "cases.consult.unknown-body",
            says="没有这个可以征求意见的单位。",
            do="请从列表里选；本单位的，请直接选同事。",
            status=422,
        )
    return Whom(code)


def can_answer(body: BodyCode, own: BodyCode, serving: Iterable[Officer]) -> bool:
    """Whether another body than the case's own has somebody who may answer, among who serves there."""
    return body != own and any(one.roles & ANSWER for one in serving)


def ask(  # noqa: PLR0913 - a question names all it needs
    state: CaseState, acting: Acting, *, whom: Whom, days: int, text: str, task: str | None = None
) -> ConsultationAsked:
    """Ask somebody; `text` is the salted digest of the question. No legal clock stops for it.

    `task`: the task of the flow that asks, where one does.
    """
    if not state.worked_on:
        raise Refusal(
            "cases.consult.wrong-stage",
            says="这件事现在不在审查，不能征求意见。",
            do="请在受理和审查时征求意见。",
        )
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Refusal(
            "cases.consult.days",
            says=f"答复期限要在 {LEAST_DAYS} 到 {MOST_DAYS} 个工作日之间。",
            do="请选一个天数；更久的，说明这件事要走法定的特别程序，或者申请延期。",
            status=422,
        )
    waits = [one for one in state.awaited if not (one.second or one.over)]
    if any((one.body, one.officer) == (whom.body, whom.officer) for one in waits):
        raise Refusal(
            "cases.consult.already-asked",
            says="已经征求过同一方的意见，还没有答复。",
            do="请等答复；要补充的，打电话说明，答复后可以再问。",
        )
    return ConsultationAsked(
        at=acting.at,
        by=acting.by.id,
        body=whom.body,
        officer=whom.officer,
        text=text,
        answer_by=_until(days, acting.at, acting.law.calendar),
        task=task,
    )


def _until(days: int, at: datetime, calendar: Calendar) -> Mapping[str, Any]:
    clock = Clock(days, legal_day(at), rule=OWN_TERM)
    warned = replace(clock, limit=days - 1).due(calendar).due
    return {**clock.due(calendar).as_record(), "warn": warned.isoformat()}


def question_in(event: Event | None) -> Question | None:
    """The question that this event asks; None for any other event."""
    if not isinstance(event, ConsultationAsked):
        return None
    whom = Whom(BodyCode(event.body), OfficerId(event.officer) if event.officer else None)
    warn = date.fromisoformat(event.answer_by["warn"])
    asked_by = OfficerId(event.by) if event.by else None
    return Question(whom, asked_by, Deadline.from_record(event.answer_by), warn)


def answered_in(event: Event) -> int | None:
    """The place in the story of the question that this event answers or declines; None for any other."""
    return event.consultation if isinstance(event, ConsultationAnswered | ConsultationDeclined) else None


def missed_in(event: Event) -> tuple[int, ...]:
    """The places in the story of the questions without whose answer this event sent the case up."""
    return (event.unanswered or ()) if isinstance(event, CaseForwarded) else ()


def declines(event: Event) -> bool:
    """Whether this event says why there is no answer."""
    return isinstance(event, ConsultationDeclined)


def is_asked(one: Awaited | Whom, by: Officer) -> bool:
    """Whether it is this officer, or whom they stand in for, or their body, whose answer is wanted."""
    return by.acts_as(one.officer) if one.officer else one.body == by.body


def may_answer(state: CaseState, seq: int, *, by: Officer, asked_by: UUID | None) -> None:
    """Refuse who is not asked, who asked, a second answer, and an answer that comes after the decision."""
    awaited = next((one for one in state.awaited if one.asking == str(seq) and not one.second), None)
    if awaited is None:
        raise Refusal(
            "cases.consultation.answered",
            says="没有这条征求意见，或者已经答复过了。",
            do="请回到工作台看看其他待办。",
        )
    if not state.undecided:
        raise over()
    if not is_asked(awaited, by) or by.id == asked_by:
        raise Refusal(
            "cases.consultation.not-asked",
            says="这条征求意见问的不是您。",
            do="请由被问到的同事或者单位答复。",
            status=403,
        )


def answer(seq: int, *, by: Officer, at: datetime, text: str) -> ConsultationAnswered:
    """The opinion; `text` is its salted digest."""
    return ConsultationAnswered(at=at, by=by.id, consultation=seq, text=text)


def decline(seq: int, *, by: Officer, at: datetime, text: str) -> ConsultationDeclined:
    """Why there is no opinion; `text` is its salted digest."""
    return ConsultationDeclined(at=at, by=by.id, consultation=seq, text=text)


def over() -> Refusal:
    """The refusal once the office has decided: nobody needs the answer, nor may read for it any more."""
    return Refusal(
        "cases.consultation.over",
        says="这件事已经有了决定，不用再答复。",
        do="请回到工作台看看其他待办。",
    )


def unknown() -> Refusal:
    """No such question."""
    return Refusal(
        "cases.consultation.unknown",
        says="没有这一条征求意见。",
        do="请回到工作台，从列表里打开。",
        status=404,
    )
