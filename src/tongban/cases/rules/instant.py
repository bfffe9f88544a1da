"""Granting by a published rule, upon what a register answers: in favour only, without anyone's discretion.

A decision against somebody is a person's: whatever the rule does not grant joins the queue of the office
(nobody need accept what a machine alone decided of them: 个人信息保护法 Art. 24(3)).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from tongban.cases.events import CaseAccepted, CaseDelivered, CaseGranted, CaseQueued, CaseRegisterAway
from tongban.cases.rules.acting import legally
from tongban.cases.rules.answers import said
from tongban.cases.rules.law import GrantRule, Law
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState
from tongban.engine.calendar import legal_day
from tongban.engine.forms import Value, holds

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
"""How long a register that did not answer is left alone; the last again and again (our own)."""


class Why(StrEnum):
    """Why a rule leaves a case to officers."""

    NOT_GRANTED = "not-granted"
    NOTHING_KNOWN = "nothing-known"
    REGISTER_AWAY = "register-away"
    NOT_ONESELF = "not-oneself"
    REVERSED = "reversed"


def grants(rule: GrantRule, answer: Mapping[str, Value]) -> bool:
    """Whether the rule grants upon this answer."""
    return holds(rule.grants_when, answer)


def accept(state: CaseState, *, at: datetime, law: Law) -> CaseAccepted | None:
    """Taken in by the rule, from the day it came; nothing where silence has accepted it already."""
    if state.stage is not Stage.SUBMITTED:
        return None
    assert state.facts.received_on is not None
    event = CaseAccepted(at=at, accepted_on=state.facts.received_on, rule=state.facts.rule)
    return legally(state, event, law)


def grant(state: CaseState, *, at: datetime, law: Law, text: str, found: str) -> CaseGranted:
    """Granted by the rule; `text` and `found` are digests of the decision and of the register's answer."""
    event = CaseGranted(at=at, decided_on=legal_day(at), text=text, rule=state.facts.rule, found=found)
    return legally(state, event, law)


def deliver(state: CaseState, *, at: datetime, law: Law) -> CaseDelivered:
    """Delivered by being there: the applicant holds the result on their own page."""
    event = CaseDelivered(at=at, delivered_on=legal_day(at), way="online", rule=state.facts.rule)
    return legally(state, event, law)


def register_away(state: CaseState, *, at: datetime) -> CaseRegisterAway | None:
    """The register did not answer: asked again after a longer pause; None once the rule's time is over."""
    facts = state.facts
    assert facts.rule is not None
    assert facts.asks_until is not None
    tries = facts.asked or 0
    again = at + PAUSES[min(tries, len(PAUSES) - 1)]
    if again > facts.asks_until:
        return None
    return CaseRegisterAway(at=at, rule=facts.rule, tries=tries + 1, asks_at=again)


def queue(
    state: CaseState, why: Why, *, at: datetime, text: str | None = None, found: str | None = None
) -> CaseQueued:
    """The case joins the queue of its office, as one that arrived at this moment."""
    assert state.facts.rule is not None
    return CaseQueued(at=at, rule=state.facts.rule, why=why, text=text, found=found)


def in_words(rule: GrantRule, answer: Mapping[str, Value]) -> str:
    """What was asked of which register, and what it answered, as the applicant reads it."""
    told = [
        f"{field.label}：{said(field, answer[field.name])}"
        for _, field, _ in rule.answer.asked
        if field.name in answer
    ]
    return f"向“{rule.register_name}”查询“{rule.question}”，答复是：{'；'.join(told)}。"
