"""Deciding by rule: a register is asked outside every transaction, then one writes what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import structlog

from tongban.cases.commands.certifying import certify
from tongban.cases.commands.change import HERE, Change, changing
from tongban.cases.models.stored import OF_STATE, aad_of, key_of, state_of
from tongban.cases.rules import instant
from tongban.cases.rules.answers import by_element
from tongban.cases.rules.instant import Why
from tongban.cases.rules.state import CaseHead, CaseState
from tongban.catalogue import api as catalogue
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.keys import open_, ring
from tongban.kernel.sql import load, run

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A case that awaits its rule, as it was before the register was asked."""

    state: CaseState
    rule: catalogue.GrantRule
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What asking came to: an answer, or why there is none."""

    answer: exchange.Answer | None = None
    why: Why | None = None


def decide_at_once(number: str, *, at: datetime) -> None:
    """Decide what was just submitted. Whatever goes wrong here, the clock finds the case again."""
    try:
        decide_by_rule(number, at=at)
    except Exception as error:
        log.error("cases.rule-failed", number=number, exc_info=error)


def decide_by_rule(number: str, *, at: datetime) -> None:
    """Ask the register of the case's rule and write what follows; nothing where no rule is to decide.

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
    own = _is_own(item, state.head, by_element(item.form, answers))
    return _Pending(state, item.rule, own)


def _is_own(item: catalogue.Item, head: CaseHead, answers: Mapping[str, str]) -> bool:
    """Whether the certificate would name the very person who applies; the register is asked of them alone."""
    holder: Mapping[str, Any] = item.certificate["holder"] if item.certificate else {}
    numbers = [answers.get(element, "") for element in holder.get("code", ())]
    names = [answers.get(element, "") for element in holder.get("name", ())]
    return (
        head.filed_by == head.applicant
        and all(number and ring().person_key("person", number) == head.applicant for number in numbers)
        and all(name == identity.name_of(head.applicant) for name in names)
    )


def _ask(pending: _Pending, at: datetime) -> _Found:
    if not pending.is_own:
        return _Found(why=Why.NOT_ONESELF)
    head, rule = pending.state.head, pending.rule
    question = exchange.Question(rule.register, rule.asks, head.applicant)
    errand = exchange.Errand(head.id, rule.name, head.body, rule.purpose, rule.register_name, rule.question)
    try:
        return _Found(exchange.ask(question, errand, at=at))
    except exchange.NothingKnown:
        return _Found(why=Why.NOTHING_KNOWN)
    except exchange.RegisterAway:
        return _Found(why=Why.REGISTER_AWAY)


def _write(change: Change, rule: catalogue.GrantRule, found: _Found) -> None:
    """The one transaction: granted and in the applicant's hands, or asked again, or on to officers."""
    if found.answer is not None and instant.grants(rule, found.answer):
        _grant(change, rule, found.answer)
        return
    if found.why is Why.REGISTER_AWAY:
        again = instant.register_away(change.state, at=change.at)
        if again is not None:
            change.record(again)
            return
    text = digest = None
    if found.answer is not None:
        text = change.seal("notice", instant.in_words(rule, found.answer))
        digest = _seal_answer(change, rule, found.answer)
    why = found.why or Why.NOT_GRANTED
    change.record(instant.queue(change.state, why, at=change.at, text=text, found=digest))


def _grant(change: Change, rule: catalogue.GrantRule, answer: exchange.Answer) -> None:
    at, law = change.at, change.law
    change.record(instant.accept(change.state, at=at, law=law))
    text = change.seal("decision", f"{instant.in_words(rule, answer)}\n公布的规则：{rule.says}")
    digest = _seal_answer(change, rule, answer)
    change.record(instant.grant(change.state, at=at, law=law, text=text, found=digest))
    certify(change, _printed(rule, answer))
    change.record(instant.deliver(change.state, at=at, law=law))


def _seal_answer(change: Change, rule: catalogue.GrantRule, answer: exchange.Answer) -> str:
    """Keep what the rule prints of the answer, so that an officer's grant prints it too."""
    return change.seal("register", orjson.dumps(_printed(rule, answer), option=orjson.OPT_SORT_KEYS).decode())


def _printed(rule: catalogue.GrantRule, answer: exchange.Answer) -> dict[str, str]:
    """What the rule prints of an answer, in words, by data element."""
    return by_element(rule.answer, {name: answer[name] for name in rule.prints if name in answer})
