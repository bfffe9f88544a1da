"""Deciding by rule: registers are asked outside every transaction, then one writes what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson
import structlog

from tongban.cases.commands.certifying import certify
from tongban.cases.commands.change import HERE, Change, changing
from tongban.cases.commands.results import missing
from tongban.cases.models.stored import OF_STATE, aad_of, key_of, state_of
from tongban.cases.rules import instant
from tongban.cases.rules.answers import by_element
from tongban.cases.rules.instant import Why
from tongban.cases.rules.state import CaseHead, CaseState
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.forms import validate
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.keys import open_, ring
from tongban.kernel.sql import load, run

log = structlog.get_logger(__name__)

NAMED: Final[Mapping[str, Any]] = {"name": ["person-name"], "code": ["resident-id"]}
"""By which data elements an application names who it is for, where no certificate says so."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A case that awaits its rule, as it was before any register was asked."""

    state: CaseState
    rule: catalogue.GrantRule
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What asking came to: the answers by source and the certificates held, or why there are none."""

    answers: Mapping[str, exchange.Answer] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    why: Why | None = None


def decide_at_once(number: str, *, at: datetime) -> None:
    """Decide what was just submitted. Whatever goes wrong here, the clock finds the case again."""
    try:
        decide_by_rule(number, at=at)
    except Exception as error:
        log.error("cases.rule-failed", number=number, exc_info=error)


def decide_by_rule(number: str, *, at: datetime) -> None:
    """Ask the registers of the case's rule and write what follows; nothing where no rule is to decide.

    Told twice, or by two at once, it is decided once: what another did since the asking stands.
    """
    pending = _pending(number)
    if pending is None:
        return
    found = _ask(pending, at)
    with changing(number, at=at) as change:
        if change.state.version == pending.state.version:
            _write(change, pending.rule, found)


def _pending(number: str) -> _Pending | None:
    rows = run(load(HERE, "case_for_rule"), (number,))
    state = state_of(rows[0])
    item = catalogue.item_version(state.head.item, state.head.item_version)
    key = key_of(state.head.id, rows[0][16])
    if item.rule is None or key is None or not state.awaits_rule:
        return None
    name, sealed = rows[0][OF_STATE:]
    answers = orjson.loads(open_(key, bytes(sealed), aad_of(state, name)))
    own = is_own(item, state.head, by_element(item.form, answers))
    return _Pending(state, item.rule, own)


def is_own(item: catalogue.Item, head: CaseHead, answers: Mapping[str, str]) -> bool:
    """Whether the result would name the very person who applies; nobody else is asked about."""
    holder: Mapping[str, Any] = item.certificate["holder"] if item.certificate else NAMED
    numbers = [answers.get(element, "") for element in holder.get("code", ())]
    names = [answers.get(element, "") for element in holder.get("name", ())]
    return (
        head.filed_by == head.applicant
        and all(number and ring().person_key("person", number) == head.applicant for number in numbers)
        and all(name == identity.name_of(head.applicant) for name in names)
    )


def _ask(pending: _Pending, at: datetime) -> _Found:
    """Ask one after the other, and no more of them once one does not answer.

    After a pause all are asked anew: what a rule goes by is of one moment.
    """
    if not pending.is_own:
        return _Found(why=Why.NOT_ONESELF)
    head, rule = pending.state.head, pending.rule
    answers: dict[str, exchange.Answer] = {}
    for one in rule.registers:
        question = exchange.Question(one.register, one.asks, head.applicant)
        errand = exchange.Errand(head.id, rule.name, head.body, one.purpose, one.register_name, one.question)
        try:
            answer = validate(one.answer, exchange.ask(question, errand, at=at))
        except exchange.NothingKnown:
            return _Found(why=Why.NOTHING_KNOWN)
        except exchange.RegisterAway:
            return _Found(why=Why.REGISTER_AWAY)
        # What does not fit the question is no answer: upon it nothing is decided.
        if answer.faults:
            return _Found(why=Why.REGISTER_AWAY)
        answers[one.name] = answer.cleaned
    return _Found(answers, _held(rule, head, at))


def _held(rule: catalogue.GrantRule, head: CaseHead, at: datetime) -> frozenset[str]:
    """The names of those certificates of the rule of which the applicant holds a valid one."""
    types = {one.certificate for one in rule.certificates}
    found = certificates.held([head.applicant], types, at=at) if types else []
    valid = {one.type for one in found if one.valid}
    return frozenset(one.name for one in rule.certificates if one.certificate in valid)


def _write(change: Change, rule: catalogue.GrantRule, found: _Found) -> None:
    """The one transaction: granted and in the applicant's hands, or asked again, or on to officers."""
    if missing(change):
        change.record(instant.queue(change.state, Why.RESULT_UNDONE, at=change.at))
        return
    if found.why is Why.REGISTER_AWAY:
        again = instant.register_away(change.state, at=change.at)
        if again is not None:
            change.record(again)
            return
    if found.why is not None:
        change.record(instant.queue(change.state, found.why, at=change.at))
        return
    received_on = change.state.facts.received_on
    assert received_on is not None
    verdict = instant.decided(rule, found.answers, found.held, on=received_on)
    if verdict.grants:
        _grant(change, rule, verdict)
        return
    text = change.seal("notice", instant.in_words(rule, verdict))
    digest = _seal_record(change, rule, verdict)
    change.record(instant.queue(change.state, Why.NOT_GRANTED, at=change.at, text=text, found=digest))


def _grant(change: Change, rule: catalogue.GrantRule, verdict: instant.Verdict) -> None:
    at, law = change.at, change.law
    change.record(instant.accept(change.state, at=at, law=law))
    text = change.seal("decision", instant.in_words(rule, verdict))
    digest = _seal_record(change, rule, verdict)
    change.record(instant.grant(change.state, at=at, law=law, text=text, found=digest))
    certify(change, instant.record_of(rule, verdict)["printed"])
    change.record(instant.deliver(change.state, at=at, law=law))


def _seal_record(change: Change, rule: catalogue.GrantRule, verdict: instant.Verdict) -> str:
    """Keep by which version and row it was decided, upon which facts, and what of them is printed."""
    record = orjson.dumps(instant.record_of(rule, verdict), option=orjson.OPT_SORT_KEYS)
    return change.seal("register", record.decode())
