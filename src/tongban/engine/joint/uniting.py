"""Several forms as one: each thing is asked once, however many members need it.

Two fields ask the same thing when they are bound to the same data element, unless a member says that it
means another. The united form asks a field when any member that takes part would ask it, and never
otherwise; so whatever it asks, somebody needs, and what a member needs is asked. What one member requires is
required of all who are asked, for there is one answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from tongban.engine.forms import (
    AllOf,
    AnyOf,
    Condition,
    Equals,
    Field,
    Form,
    Kind,
    Not,
    OneOf,
    Present,
    Step,
    fields_of,
)

MOST_COMPARED: Final = 5_000
"""Comparisons of all conditions in a united form at most: more nobody can follow, nor a page work out."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A member with its form; `takes_part`: the condition over the first questions, None where always.

    `apart`: data elements by which this member asks for something else than the others do.
    """

    member: str
    form: Form
    takes_part: Condition | None = None
    apart: frozenset[str] = frozenset()

    def thing(self, element: str) -> str:
        """What is asked for: the same for all members, or this member's own."""
        return f"{element} of {self.member}" if element in self.apart else element


@dataclass(frozen=True, slots=True)
class Clash:
    """Why forms cannot be united: of which member's field, a stable code, the others concerned."""

    member: str
    field: str
    code: str
    others: tuple[str, ...] = ()


class NotUnited(ValueError):
    """The forms cannot be united; every clash is named."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__("; ".join(f"{one.code} {one.member}.{one.field}" for one in clashes))
        self.clashes = tuple(clashes)


@dataclass(frozen=True, slots=True)
class United:
    """One form for all. `places`: by member, under which name the united form asks each of its fields.

    `asked_by`: by name in the united form, the members that need it, each with the name it has there.
    """

    form: Form
    places: Mapping[str, Mapping[str, str]]
    asked_by: Mapping[str, tuple[tuple[str, str], ...]]

    def answers_of(self, member: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers to a member's own form among those to the united one."""
        return {own: answers[name] for own, name in self.places[member].items() if name in answers}


@dataclass(slots=True)
class _Merged:
    """A field on its way: who asks it, on which steps, under which conditions."""

    name: str
    asked: Field
    step: str
    whens: list[Condition | None] = field(default_factory=list)
    askers: list[tuple[str, str]] = field(default_factory=list)
    is_question: bool = False

    @property
    def when(self) -> Condition | None:
        return self.asked.when if self.is_question else any_of(self.whens)


def unite(first: Step, askings: Sequence[Asking]) -> United:
    """The form of all members behind the step of first questions, on whose answers it hangs who takes part.

    NotUnited where an answer could satisfy no member together, or where questions hang on each other; before
    any work where the conditions, each with those of what it speaks of, would be too long.
    """
    _bounded(askings)
    merged: dict[str, _Merged] = {}
    for each in first.fields:
        merged[each.element] = _Merged(each.name, each, first.code, is_question=True)
    places: dict[str, dict[str, str]] = {}
    clashes: list[Clash] = []
    for asking in askings:
        places[asking.member] = names = _names(asking, merged)
        for step, each, when in asking.form.asked:
            one = merged.get(asking.thing(each.element))
            if one is None:
                one = merged[asking.thing(each.element)] = _Merged(names[each.name], each, step.code)
            elif one.asked.kind is not each.kind:
                clashes.append(_clash(one, asking, each, "KIND"))
                continue
            else:
                one.asked = _narrowed(one.asked, each)
                if not _answerable(one.asked):
                    clashes.append(_clash(one, asking, each, "NO-ANSWER-FITS"))
            own = translated(when, asking.form, names) if when is not None else None
            one.whens.append(all_of(asking.takes_part, own))
            one.askers.append((asking.member, each.name))
    if clashes:
        raise NotUnited(clashes)
    form = _laid_out(first, askings, list(merged.values()))
    return United(form, places, {one.name: tuple(one.askers) for one in merged.values()})


def _names(asking: Asking, merged: Mapping[str, _Merged]) -> dict[str, str]:
    """The name in the united form of each of a member's fields; a name that is taken gets a number."""
    taken = {one.name for one in merged.values()}
    names: dict[str, str] = {}
    for _, each, _ in asking.form.asked:
        if (one := merged.get(asking.thing(each.element))) is not None:
            names[each.name] = one.name
            continue
        free = (each.name if nth == 1 else f"{each.name}_{nth}" for nth in count(1))
        names[each.name] = next(name for name in free if name not in taken)
        taken.add(names[each.name])
    return names


def _clash(one: _Merged, asking: Asking, each: Field, code: str) -> Clash:
    return Clash(asking.member, each.name, code, tuple(member for member, _ in one.askers))


def translated(when: Condition, form: Form, names: Mapping[str, str]) -> Condition:
    """A member's condition over the names of the united form.

    There a field may be answered because another member asks it. In the member's own form it counts only
    where that form asks it too, and so each comparison goes with the condition of the field it speaks of.
    """
    match when:
        case Not(inner):
            return Not(translated(inner, form, names))
        case AllOf(inners):
            return AllOf(tuple(translated(inner, form, names) for inner in inners))
        case AnyOf(inners):
            return AnyOf(tuple(translated(inner, form, names) for inner in inners))
        case Equals(name, _) | OneOf(name, _) | Present(name):
            renamed = replace(when, field=names[name])
            asked = next(condition for _, each, condition in form.asked if each.name == name)
            return renamed if asked is None else AllOf((translated(asked, form, names), renamed))


def _bounded(askings: Sequence[Asking]) -> None:
    """Refuse conditions that would be too long once translated, at the field where they come to be so.

    Counted, not made: a chain of questions that speak of two before them doubles with each.
    """
    total = 0
    for asking in askings:
        lengths: dict[str, int] = {}
        for _, each, when in asking.form.asked:
            lengths[each.name] = 0 if when is None else sum(1 + lengths[name] for name in _compared(when))
            total += lengths[each.name]
            if total > MOST_COMPARED:
                raise NotUnited([Clash(asking.member, each.name, "TOO-LONG")])


def _compared(when: Condition) -> Iterator[str]:
    """The field of each comparison, as often as it is made."""
    match when:
        case Not(inner):
            yield from _compared(inner)
        case AllOf(inners) | AnyOf(inners):
            for inner in inners:
                yield from _compared(inner)
        case Equals(name, _) | OneOf(name, _) | Present(name):
            yield name


def all_of(*conditions: Condition | None) -> Condition | None:
    """That all hold; None, which always holds, where none is named."""
    found = tuple(dict.fromkeys(one for one in conditions if one is not None))
    return AllOf(found) if len(found) > 1 else next(iter(found), None)


def any_of(conditions: Sequence[Condition | None]) -> Condition | None:
    """That one of them holds; None, which always holds, where one of them always does."""
    if any(one is None for one in conditions):
        return None
    return _either(tuple(dict.fromkeys(one for one in conditions if one is not None)))


def _either(conditions: tuple[Condition, ...]) -> Condition | None:
    return AnyOf(conditions) if len(conditions) > 1 else next(iter(conditions), None)


_TIGHTER: Final = {
    **dict.fromkeys(("min_length", "minimum", "earliest", "least"), max),
    **dict.fromkeys(("max_length", "maximum", "latest", "most", "decimals"), min),
}
"""Of two limits the one that satisfies both; those not named are true or false, and hold if either does."""


def _narrowed(one: Field, other: Field) -> Field:
    """The field with the limits and options that both members can take."""
    limits = dict(one.limits)
    for name, limit in other.limits.items():
        both = (limits[name], limit) if name in limits else (limit, limit)
        limits[name] = _TIGHTER.get(name, any)(both)
    shared = {option.code for option in other.options}
    return replace(
        one,
        limits=limits,
        options=tuple(option for option in one.options if option.code in shared),
        required=one.required or other.required,
        personal=one.personal or other.personal,
        help=one.help or other.help,
        why=one.why or other.why,
    )


def _answerable(each: Field) -> bool:
    limits = each.limits
    pairs = (("min_length", "max_length"), ("minimum", "maximum"), ("earliest", "latest"), ("least", "most"))
    chooses = each.kind in (Kind.CHOICE, Kind.CHOICES)
    apart = any(low in limits and high in limits and limits[low] > limits[high] for low, high in pairs)
    return not apart and not (chooses and len(each.options) < max(1, limits.get("least", 1)))


def _laid_out(first: Step, askings: Sequence[Asking], merged: Sequence[_Merged]) -> Form:
    """The fields in steps, each behind all that its condition speaks of."""
    order = [first.code, *_steps_in_order(askings, first.code)]
    titles = {step.code: step.title for asking in reversed(askings) for step in asking.form.steps}
    titles[first.code] = first.title
    left = sorted(merged, key=lambda one: (not one.is_question, order.index(one.step)))
    steps: dict[str, list[Field]] = {}
    known: set[str] = set()
    last = 0
    while left:
        # The earliest whose condition can be judged; what has waited for an answer comes right behind it.
        ready = next((one for one in left if _spoken_of(one.when) <= known), None)
        if ready is None:
            raise NotUnited([Clash(*one.askers[0], "CIRCLE", _others(one, left)) for one in left])
        left.remove(ready)
        last = max(last, order.index(ready.step))
        known.add(ready.name)
        steps.setdefault(order[last], []).append(replace(ready.asked, name=ready.name, when=ready.when))
    return Form(tuple(Step(code, titles[code], tuple(fields)) for code, fields in steps.items()))


def _others(one: _Merged, left: Sequence[_Merged]) -> tuple[str, ...]:
    return tuple(member for other in left if other is not one for member, _ in other.askers)


def _spoken_of(when: Condition | None) -> frozenset[str]:
    return frozenset() if when is None else fields_of(when)


def _steps_in_order(askings: Sequence[Asking], first: str) -> list[str]:
    """The codes of all steps: one that several members have stands once, before what follows it there."""
    order: list[str] = []
    for asking in askings:
        codes = [step.code for step in asking.form.steps if step.code != first]
        for at, code in enumerate(codes):
            if code not in order:
                order.insert(_place_for(codes, at, order), code)
    return order


def _place_for(codes: Sequence[str], at: int, order: Sequence[str]) -> int:
    """Right before the next step that stands there already, but behind all that come before this one."""
    behind = max((order.index(code) + 1 for code in codes[:at] if code in order), default=0)
    after = next((order.index(code) for code in codes[at + 1 :] if code in order), len(order))
    return max(behind, after)
