"""Every way in which a few questions can be answered: few enough to be gone through one by one."""

from collections.abc import Iterator, Sequence
from typing import Final

from tongban.engine.forms import Field, Kind, Value, holds

MOST_WAYS: Final = 20_000


class TooManyWays(ValueError):
    """The questions can be answered in more ways than anybody will go through."""


def ways(questions: Sequence[Field]) -> Iterator[dict[str, Value]]:
    """All answers to questions of choice and yes-or-no, each asked under its own condition.

    TooManyWays past MOST_WAYS.
    """
    for number, answers in enumerate(_ways(questions, {})):
        if number == MOST_WAYS:
            raise TooManyWays
        yield answers


def _ways(questions: Sequence[Field], so_far: dict[str, Value]) -> Iterator[dict[str, Value]]:
    if not questions:
        yield dict(so_far)
        return
    first, *rest = questions
    if first.when is not None and not holds(first.when, so_far):
        yield from _ways(rest, so_far)
        return
    for answer in _answers(first):
        yield from _ways(rest, {**so_far, first.name: answer})


def _answers(question: Field) -> tuple[Value, ...]:
    if question.kind is Kind.BOOLEAN:
        return (True, False)
    return tuple(option.code for option in question.options)
