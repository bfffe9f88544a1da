"""The plan of a joint service: its first questions, and which member takes part when, after whose result."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tongban.engine.forms import (
    AllOf,
    Condition,
    Equals,
    Field,
    Kind,
    Step,
    Value,
    condition_of,
    form_of,
    holds,
)

FIRST: Final = "which-items"
"""The code of the step that asks the first questions."""


@dataclass(frozen=True, slots=True)
class After:
    """Whose result is waited for, a member or a group of which exactly one takes part; what that feeds."""

    result_of: str
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A member: `takes_part` over the answers to the first questions, None where it always does.

    `apart`: data elements and kinds of material that mean something else here than with the other members.
    """

    item: str
    why: str
    takes_part: Condition | None
    optional: bool
    exactly_one: str
    after: tuple[After, ...]
    apart: frozenset[str] = frozenset()

    def is_in(self, answers: Mapping[str, Value]) -> bool:
        """Whether it takes part after these answers."""
        return self.takes_part is None or holds(self.takes_part, answers)


@dataclass(frozen=True, slots=True)
class Plan:
    """The first step, and the members in the order written."""

    first: Step
    members: tuple[Planned, ...]

    def taking_part(self, answers: Mapping[str, Value]) -> list[Planned]:
        """The members that take part after these answers, in the order written."""
        return [one for one in self.members if one.is_in(answers)]

    def waits(self, part: Sequence[Planned]) -> dict[str, tuple[str, ...]]:
        """By item of those taking part, whose results it waits for; who takes no part is not waited for."""
        return {
            one.item: tuple(
                dict.fromkeys(other for each in one.after for other in _meant(each.result_of, part))
            )
            for one in part
        }

    def fed(self, one: Planned, part: Sequence[Planned]) -> dict[str, tuple[str, ...]]:
        """By kind of material of this member, whose results among those taking part stand for it."""
        found: dict[str, tuple[str, ...]] = {}
        for each in one.after:
            for kind in each.feeds:
                found[kind] = (*found.get(kind, ()), *_meant(each.result_of, part))
        return {kind: items for kind, items in found.items() if items}


def _meant(result_of: str, part: Collection[Planned]) -> Iterator[str]:
    return (other.item for other in part if result_of in (other.item, other.exactly_one))


def plan_of(joint: Mapping[str, Any], *, title: str, choosing: Callable[[str], str]) -> Plan:
    """The plan of a joint service's data, whose questions are resolved.

    `title` is that of the first step; `choosing` words the question whether an optional item is wanted.
    """
    fields = [
        *_questions(joint),
        *(_choice(one, choosing) for one in joint["members"] if one.get("optional")),
    ]
    return Plan(Step(FIRST, title, tuple(fields)), tuple(map(_planned, joint["members"])))


def _questions(joint: Mapping[str, Any]) -> Sequence[Field]:
    steps = [{"code": FIRST, "title": FIRST, "fields": joint["questions"]}] if joint["questions"] else []
    return [each for step in form_of({"steps": steps}).steps for each in step.fields]


def choice_of(item: str) -> str:
    """The name of the question whether an optional item is wanted."""
    return f"take_{item.replace('-', '_')}"


def _choice(one: Mapping[str, Any], choosing: Callable[[str], str]) -> Field:
    item, when = one["item"], _when(one)
    label = choosing(item)
    return Field(choice_of(item), f"take-{item}", label, Kind.BOOLEAN, help=one["why"], when=when)


def _when(one: Mapping[str, Any]) -> Condition | None:
    return condition_of(one["when"]) if "when" in one else None


def _planned(one: Mapping[str, Any]) -> Planned:
    when, optional = _when(one), one.get("optional", False)
    takes_part = when
    if optional:
        wanted = Equals(choice_of(one["item"]), value=True)
        takes_part = wanted if when is None else AllOf((when, wanted))
    after = tuple(After(each["result_of"], tuple(each.get("feeds", ()))) for each in one.get("after", ()))
    return Planned(
        item=one["item"],
        why=one["why"],
        takes_part=takes_part,
        optional=optional,
        exactly_one=one.get("exactly_one", ""),
        after=after,
        apart=frozenset(one.get("apart", ())),
    )
