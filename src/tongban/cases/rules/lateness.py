"""Lateness: a late case is explained to its applicant; whoever supervises may order that it is seen to.

No explanation moves a deadline or takes a light back: 行政许可法 Art. 42 knows one extension and no excuse.
An explanation holds for the deadline it was given for, until the day it names; then another is due.
"""

from datetime import date
from typing import Final

from django.utils.translation import gettext_noop as noop

from tongban.cases.events import Event, LatenessExplained, SupervisionOrdered
from tongban.cases.rules.acting import Acting, one_of
from tongban.cases.rules.clocks import Light, light, lit_by
from tongban.cases.rules.state import CaseState
from tongban.cases.rules.words import CAUSES
from tongban.engine.calendar import Calendar, Clock, workdays_after
from tongban.kernel.access import Officer
from tongban.kernel.refusal import Refusal

ANSWER_DAYS: Final = (1, 2, 3, 5)
"""Working days in which an order may want its answer (our own)."""

LONGEST_HOPE: Final = 10
"""Working days to which an explanation may put off what no later deadline of the law bounds (our own)."""

OWN_TERM: Final = noop("督办的答复期限")


def supervise(state: CaseState, acting: Acting, *, days: int, text: str) -> SupervisionOrdered:
    """Order that a pressing case is seen to and explained; `text` is the salted digest of the order."""
    if (refusal := against_supervising(state, acting.by, acting.today)) is not None:
        raise refusal
    if days not in ANSWER_DAYS:
        raise Refusal(
            "cases.supervise.days",
            says=f"答复期限只能是 {'、'.join(map(str, ANSWER_DAYS))} 个工作日。",
            do="请选一个天数。",
            status=422,
        )
    until = Clock(days, acting.today, rule=OWN_TERM).due(acting.law.calendar)
    return SupervisionOrdered(at=acting.at, by=acting.by.id, text=text, answer_by=until.as_record())


def against_supervising(state: CaseState, by: Officer, today: date) -> Refusal | None:
    """Why this officer cannot order now that the case is seen to; None when they can."""
    if state.closed or light(state.facts, today) not in (Light.YELLOW, Light.RED):
        return Refusal(
            "cases.supervise.in-time",
            says="这件事没有超期，也没有快到期，不用督办。",
            do="请在它快到期或者已经超期时再督办。",
        )
    if state.lateness.answer_by is not None:
        return Refusal(
            "cases.supervise.already",
            says="已经督办，办理机关还没有答复。",
            do="请等答复；过了答复期限还没有的，请联系该机关负责人。",
        )
    if by.acts_as(state.turn.taken_by):
        return Refusal(
            "cases.supervise.own",
            says="这件事就在您手上，不能自己督办自己。",
            do="请直接办理，或者说明为什么超期。",
            status=403,
        )
    return None


def explain(state: CaseState, acting: Acting, *, cause: str, until: date, text: str) -> LatenessExplained:
    """Say why a case is late, and until when it will be done; `text` is the digest of what is told."""
    due = lit_by(state.facts)
    if due is None or not wants_explanation(state, acting.today):
        raise Refusal(
            "cases.explain.in-time",
            says="这件事没有超期，或者已经说明过，现在不用说明。",
            do="请接着办理；过了说明里的日子还没办完，再说明一次。",
        )
    one_of(cause, CAUSES, "cause")
    latest = latest_hope(state, acting.today, acting.law.calendar)
    if not acting.today <= until <= latest:
        raise Refusal(
            "cases.explain.until",
            says=f"预计的日子只能在今天到 {latest:%Y-%m-%d} 之间。",
            do="请按实际写：法定期限还没到的，不能晚于法定期限；已经过了的，不能晚于十个工作日。",
            status=422,
        )
    return LatenessExplained(at=acting.at, by=acting.by.id, cause=cause, due=due.day, until=until, text=text)


def latest_hope(state: CaseState, today: date, calendar: Calendar) -> date:
    """The last day an explanation may name: the law's own last day while it lies ahead."""
    statutory = state.facts.due("statutory")
    if statutory is not None and statutory.day >= today:
        return statutory.day
    return workdays_after(calendar, today, LONGEST_HOPE).last


def wants_explanation(state: CaseState, today: date) -> bool:
    """Whether the office owes a word: an order is open, or it is late and nothing said of that holds."""
    return standing(state, today) in (ORDERED, UNEXPLAINED)


def explained_in(event: Event) -> tuple[str, date] | None:
    """The cause that this event gives, and the day it names; None for any other event."""
    return (event.cause, event.until) if isinstance(event, LatenessExplained) else None


def orders(event: Event) -> bool:
    """Whether this event orders that the case is seen to."""
    return isinstance(event, SupervisionOrdered)


ORDERED: Final = "ordered"
UNEXPLAINED: Final = "unexplained"


def is_ordered(state: CaseState) -> bool:
    """Whether an order waits for its answer now: none does while a case is closed or with its applicant."""
    return not state.closed and lit_by(state.facts) is not None and state.lateness.answer_by is not None


def standing(state: CaseState, today: date) -> str | None:
    """How it stands with a case's lateness: an order is open, it is unexplained, its cause; None in time."""
    if is_ordered(state):
        return ORDERED
    if state.closed or light(state.facts, today) is not Light.RED:
        return None
    return state.lateness.cause if holds(state, today) else UNEXPLAINED


def holds(state: CaseState, today: date) -> bool:
    """Whether the last explanation is of the deadline that is missed now, and its day has not passed."""
    due, said = lit_by(state.facts), state.lateness
    return due is not None and said.due == due.day and said.until is not None and today <= said.until
