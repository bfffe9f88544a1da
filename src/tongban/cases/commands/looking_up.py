"""Looking up: a register is asked for a step of a flow, outside every transaction; then it is written."""

from dataclasses import dataclass
from datetime import datetime

import orjson

from tongban.cases.commands.change import HERE, Change, changing
from tongban.cases.commands.deciding import is_own
from tongban.cases.events import Event
from tongban.cases.models.stored import OF_STATE, aad_of, key_of, state_of
from tongban.cases.rules import looking_up
from tongban.cases.rules.answers import by_element
from tongban.cases.rules.law import law_of
from tongban.cases.rules.looking_up import Look
from tongban.cases.rules.place import version_followed
from tongban.cases.rules.state import CaseState
from tongban.catalogue import api as catalogue
from tongban.engine.forms import Value, validate
from tongban.exchange import api as exchange
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.keys import open_
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class _Pending:
    """A step that is to ask, its case as it was before, and whether it may ask of whoever applies."""

    state: CaseState
    look: Look
    asks: catalogue.RegisterAsked
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Came:
    """What asking came to: an answer, or that nothing is known (None)."""

    answer: dict[str, Value] | None


def look_up(number: str, *, at: datetime) -> None:
    """Ask the register of the step that is due and write what follows; nothing where none is.

    Told twice, or by two at once, it is written once; where somebody acted since the asking, what they did
    stands, and the step asks again.
    """
    pending = _pending(number, at)
    if pending is None:
        return
    came = _ask(pending, at) if pending.is_own else None
    with changing(number, at=at) as change:
        if change.state.version == pending.state.version:
            change.record(_what_follows(change, pending, came))


def _pending(number: str, at: datetime) -> _Pending | None:
    row = run(load(HERE, "case_for_rule"), (number,))[0]
    state, key = state_of(row), key_of(row[0], row[16])
    item = catalogue.item_version(state.head.item, state.head.item_version)
    followed = catalogue.item_version(state.head.item, version_followed(state))
    look = looking_up.due(state, law_of(item, calendar_in_force(), followed), at=at)
    if look is None or key is None or followed.process is None:
        return None
    name, sealed = row[OF_STATE:]
    answers = orjson.loads(open_(key, bytes(sealed), aad_of(state, name)))
    own = is_own(item, state.head, by_element(item.form, answers))
    return _Pending(state, look, followed.process.looks[look.step], own)


def _ask(pending: _Pending, at: datetime) -> _Came | None:
    """What the register says of the applicant; None where it is away."""
    head, asks = pending.state.head, pending.asks
    question = exchange.Question(asks.register, asks.asks, head.applicant)
    why = f"{head.item}@{version_followed(pending.state)}:{pending.look.step}"
    errand = exchange.Errand(head.id, why, head.body, asks.purpose, asks.register_name, asks.question)
    try:
        answer = validate(asks.answer, exchange.ask(question, errand, at=at))
    except exchange.NothingKnown:
        return _Came(None)
    except exchange.RegisterAway:
        return None
    # What does not fit the question is no answer: nobody reads it as one.
    return None if answer.faults else _Came(answer.cleaned)


def _what_follows(change: Change, pending: _Pending, came: _Came | None) -> Event:
    look, at = pending.look, change.at
    if not pending.is_own:
        return looking_up.left(look, at=at)
    if came is None:
        return looking_up.away(look, at=at)
    text = change.seal("finding", looking_up.in_words(look, came.answer))
    return looking_up.answered(look, known=came.answer is not None, at=at, text=text)
