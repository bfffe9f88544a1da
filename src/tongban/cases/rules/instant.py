"""Granting by a published rule, upon what registers and certificates say: in favour only, nobody choosing.

A decision against somebody is a person's: whatever the rule does not grant joins the queue of the office
(nobody need accept what a machine alone decided of them: 个人信息保护法 Art. 24(3)).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from tongban.cases.events import CaseAccepted, CaseDelivered, CaseGranted, CaseQueued, CaseRegisterAway
from tongban.cases.rules.acting import legally
from tongban.cases.rules.answers import said
from tongban.cases.rules.law import CertificateHeld, GrantRule, Law, RegisterAsked, YearsSince
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState
from tongban.engine.calendar import legal_day
from tongban.engine.decisions import Row, decide, full_years
from tongban.engine.forms import Value

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
"""How long a register that did not answer is left alone; the last again and again (our own)."""


class Why(StrEnum):
    """Why a rule leaves a case to officers."""

    NOT_GRANTED = "not-granted"
    NOTHING_KNOWN = "nothing-known"
    REGISTER_AWAY = "register-away"
    NOT_ONESELF = "not-oneself"
    REVERSED = "reversed"
    RESULT_UNDONE = "result-undone"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule's table says of one applicant: the facts it went by, and the row that hit."""

    facts: Mapping[str, Any]
    row: Row | None

    @property
    def grants(self) -> bool:
        """Whether the row grants; whatever else it says is a person's to decide."""
        return self.row is not None and self.row.outputs.get("decision") == "grant"


def decided(
    rule: GrantRule, answers: Mapping[str, Mapping[str, Value]], held: Collection[str], *, on: date
) -> Verdict:
    """What the rule says upon these answers, by source.

    `held` are the certificates found, by their names in the rule; `on` is the day the application came.
    """
    facts: dict[str, Any] = {source: dict(answer) for source, answer in answers.items()}
    facts |= {one.name: {"held": one.name in held} for one in rule.certificates}
    for one in rule.years:
        source, _, field = one.since.partition(".")
        facts[one.name] = full_years(date.fromisoformat(facts[source][field]), on)
    number = decide(rule.table, facts).row
    return Verdict(facts, None if number is None else rule.table.rows[number - 1])


def accept(state: CaseState, *, at: datetime, law: Law) -> CaseAccepted | None:
    """Taken in by the rule, from the day it came; nothing where silence has accepted it already."""
    if state.stage is not Stage.SUBMITTED:
        return None
    assert state.facts.received_on is not None
    event = CaseAccepted(at=at, accepted_on=state.facts.received_on, rule=state.facts.rule)
    return legally(state, event, law)


def grant(state: CaseState, *, at: datetime, law: Law, text: str, found: str) -> CaseGranted:
    """Granted by the rule; `text` and `found` are digests of the decision and of what it went by."""
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


def record_of(rule: GrantRule, verdict: Verdict) -> dict[str, Any]:
    """What the case keeps sealed: the table's version, the row, the facts it went by, what is printed."""
    row = verdict.row.number if verdict.row else None
    return {"table": rule.version, "row": row, "facts": verdict.facts, "printed": _printed(rule, verdict)}


def _printed(rule: GrantRule, verdict: Verdict) -> dict[str, str]:
    """What the rule prints of the answers, in words, by data element."""
    fields = ((rule.fields[name], _value(name, verdict)) for name in rule.prints)
    return {field.element: said(field, value) for field, value in fields if value is not None}


def _value(name: str, verdict: Verdict) -> Value | None:
    source, _, field = name.partition(".")
    value: Value | None = verdict.facts[source].get(field)
    return value


def in_words(rule: GrantRule, verdict: Verdict) -> str:
    """What was asked and found, and what the rule says to it, as the applicant reads it."""
    lines = [
        *(answer_in_words(one, verdict.facts[one.name]) for one in rule.registers),
        *(_certificate_in_words(one, verdict) for one in rule.certificates),
        *(_years_in_words(one, rule, verdict) for one in rule.years),
    ]
    row = verdict.row
    if row is not None:
        law = f"依据：{row.law}。" if row.law else ""
        lines.append(f"按公布的规则（版本 {rule.short}）第 {row.number} 行：{row.reason}{law}")
    return "\n".join(lines)


def answer_in_words(asked: RegisterAsked, answer: Mapping[str, Value]) -> str:
    """What a register was asked and what it answered."""
    told = [
        f"{field.label}：{said(field, answer[field.name])}"
        for _, field, _ in asked.answer.asked
        if field.name in answer
    ]
    return f"向“{asked.register_name}”查询“{asked.question}”，答复是：{'；'.join(told)}。"


def _certificate_in_words(one: CertificateHeld, verdict: Verdict) -> str:
    found = "持有，有效" if verdict.facts[one.name]["held"] else "没有有效的"
    return f"查您持有的电子证照“{one.certificate_name}”：{found}。"


def _years_in_words(one: YearsSince, rule: GrantRule, verdict: Verdict) -> str:
    since = rule.fields[one.since].label
    return f"{one.label}：{verdict.facts[one.name]}，从{since}算起，算到收到申请那天。"
