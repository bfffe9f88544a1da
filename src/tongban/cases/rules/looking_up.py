"""Steps of a flow that ask a register: asked by the platform itself, again where it is away.

It asks of whoever applies, and of nobody else. Whatever the register says or does not say, the step can be
done by hand at any time; and nothing is decided by it: that is an act, and somebody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.cases.events import FlowRegisterAway, RegisterAnswered
from tongban.cases.rules.instant import PAUSES, answer_in_words
from tongban.cases.rules.law import Law, RegisterAsked
from tongban.cases.rules.place import asks_of, wait_of
from tongban.cases.rules.state import CaseState
from tongban.engine.flow import FOUND, NOT_FOUND
from tongban.engine.forms import Value


@dataclass(frozen=True, slots=True)
class Look:
    """A step that is to ask its register now: its key, its id and name in the drawing, how often it asked."""

    task: str
    step: str
    title: str
    tries: int
    register: RegisterAsked


def due(state: CaseState, law: Law, *, at: datetime) -> Look | None:
    """The step whose register is to be asked by now, the longest due first; None where none is."""
    asks = sorted(
        (datetime.fromisoformat(one["at"]), key, one["tries"]) for key, one in asks_of(state).items()
    )
    if law.net is None or not asks or asks[0][0] > at:
        return None
    _, key, tries = asks[0]
    node = law.net.node(wait_of(key).node)
    return Look(key, node.id, node.name, tries, law.looks[node.id])


def in_words(look: Look, answer: Mapping[str, Value] | None) -> str:
    """What was asked and what came of it, as officer and applicant read it."""
    if answer is not None:
        return answer_in_words(look.register, answer)
    asked = look.register
    return f"向“{asked.register_name}”查询“{asked.question}”，登记簿里没有查到。"


def answered(look: Look, *, known: bool, at: datetime, text: str) -> RegisterAnswered:
    """The register knows of the applicant, or it does not; `text` is the digest of `in_words`."""
    outcome = FOUND if known else NOT_FOUND
    return RegisterAnswered(at=at, task=look.task, title=look.title, outcome=outcome, text=text)


def away(look: Look, *, at: datetime) -> FlowRegisterAway:
    """It did not answer: asked again after a longer pause, the last pause again and again."""
    pause = PAUSES[min(look.tries, len(PAUSES) - 1)]
    return FlowRegisterAway(at=at, task=look.task, tries=look.tries + 1, asks_at=at + pause)


def left(look: Look, *, at: datetime) -> FlowRegisterAway:
    """It may not be asked: whoever has the case finds out by hand."""
    return FlowRegisterAway(at=at, task=look.task, tries=look.tries)
