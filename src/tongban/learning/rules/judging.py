"""How what was done in an exercise is judged: each check against the story of its cases, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongban.learning.rules.exercise import Check


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened in a case since the exercise began.

    `due`: the last days that held when it happened, by name. `told`: what its event says. `words`: the text
    sealed with it; `places`: what a notice named.
    """

    case: str
    kind: str
    on: date
    due: Mapping[str, date]
    told: Mapping[str, Any]
    words: str = ""
    places: tuple[str, ...] = ()


class Verdict(StrEnum):
    """How it stands with a check, and with a whole exercise."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"  # not done yet, and not too late


def judge(check: Check, steps: Sequence[Step]) -> Verdict:
    """Whether this was done rightly, wrongly, or not yet."""
    kind = check.happened or check.never
    found = [step for step in steps if step.case == check.case and step.kind == kind]
    if check.never:
        return Verdict.WRONG if found else Verdict.RIGHT
    if any(_fits(check, step) for step in found):
        return Verdict.RIGHT
    lost = any(step.case == check.case and step.kind in check.lost_with for step in steps)
    return Verdict.WRONG if found or lost else Verdict.OPEN


def verdict_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Of the whole: right if all is, wrong if anything is, else there is more to do."""
    found = set(verdicts)
    if Verdict.WRONG in found:
        return Verdict.WRONG
    return Verdict.OPEN if Verdict.OPEN in found else Verdict.RIGHT


def _fits(check: Check, step: Step) -> bool:
    last = step.due.get(check.within)
    in_time = not check.within or (last is not None and step.on <= last)
    told = all(step.told.get(name) == said for name, said in check.told.items())
    named = all(any(place in there for there in step.places) for place in check.places)
    worded = not check.words or any(word in step.words for word in check.words)
    return in_time and told and named and worded
