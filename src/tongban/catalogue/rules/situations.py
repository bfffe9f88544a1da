"""Situations (情形引导): what a few answers make of an item's questions and of its list of materials."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tongban.catalogue.rules.item import Item, Material, Situation, Telling
from tongban.engine.forms import Value, fields_of, holds

PREFIX: Final = "s-"
"""Before the code of a data element it names an answer in an address: `s-dwelling-kind=rented`."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the answer given and its label; `telling` says what it means, if anything."""

    situation: Situation
    answer: str | bool
    label: str
    telling: Telling | None

    @property
    def query(self) -> tuple[str, str]:
        """The answer as a parameter of an address."""
        return PREFIX + self.situation.element, written(self.answer)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the answers so far come to: the question to ask next, if any, or the answer that ends it all."""

    answered: tuple[Answered, ...]
    asking: Situation | None
    ended: Answered | None

    @property
    def values(self) -> dict[str, Value]:
        """The answers that the form asks for too, by its fields."""
        return {one.situation.field: one.answer for one in self.answered if one.situation.field}

    @property
    def exact(self) -> bool:
        """Whether every question was answered and none stands in the way."""
        return bool(self.answered) and self.asking is None and self.ended is None

    @property
    def query(self) -> list[tuple[str, str]]:
        """The answers as the parameters of an address, in the order they were asked."""
        return [one.query for one in self.answered]


@dataclass(frozen=True, slots=True)
class Asked:
    """The materials of an item as they concern one person.

    `bring` is handed in for sure, `perhaps` only in some cases, `spared` is looked at and never asked for,
    `dropped` concerns others.
    """

    bring: tuple[Material, ...]
    perhaps: tuple[Material, ...]
    spared: tuple[Material, ...]
    dropped: tuple[Material, ...]


def written(answer: str | bool) -> str:
    """An answer as it stands in an address: a code, `true` or `false`."""
    return answer if isinstance(answer, str) else str(answer).lower()


def narrow(situations: Sequence[Situation], given: Mapping[str, str]) -> Narrowed:
    """Walk the questions with the answers given (by parameter), as far as they lead.

    A question that the form would not ask is passed over; so is whatever was given to it, for it may be a
    leftover of another answer. What is no answer to a question counts as none, and the question is asked.
    """
    answered: list[Answered] = []
    values: dict[str, Value] = {}
    for one in situations:
        if one.when is not None and not holds(one.when, values):
            continue
        found = _answered(one, given.get(PREFIX + one.element, ""))
        if found is None:
            return Narrowed(tuple(answered), one, None)
        answered.append(found)
        if found.telling is not None and found.telling.ends:
            return Narrowed(tuple(answered), None, found)
        if one.field:
            values[one.field] = found.answer
    return Narrowed(tuple(answered), None, None)


def _answered(one: Situation, text: str) -> Answered | None:
    for answer, label in one.answers:
        if written(answer) == text:
            telling = next((each for each in one.tells if each.answer == answer), None)
            return Answered(one, answer, label, telling)
    return None


def materials_asked(item: Item, narrowed: Narrowed) -> Asked:
    """The item's materials, sorted by what is known of this person.

    Whether a material is asked for is certain once every field its condition speaks of is settled: answered,
    or a question that is not asked of this person.
    """
    settled = frozenset(_settled(item, narrowed))
    sorted_: dict[str, list[Material]] = {"bring": [], "perhaps": [], "spared": [], "dropped": []}
    for one in item.materials:
        certain = one.when is None or fields_of(one.when) <= settled
        if certain and one.when is not None and not holds(one.when, narrowed.values):
            place = "dropped"
        elif not one.may_be_handed_in:
            place = "spared"
        else:
            place = "bring" if certain else "perhaps"
        sorted_[place].append(one)
    return Asked(**{place: tuple(found) for place, found in sorted_.items()})


def _settled(item: Item, narrowed: Narrowed) -> Iterator[str]:
    values = narrowed.values
    yield from values
    for one in item.situations:
        unasked = (
            one.when is not None and fields_of(one.when) <= values.keys() and not holds(one.when, values)
        )
        if one.field and one.field not in values and unasked:
            yield one.field
