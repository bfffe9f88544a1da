"""Conditions: a few words about other answers, read from data and never run as code."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from tongban.engine.forms.kinds import Value

Literal: TypeAlias = str | int | bool

DEEPEST = 8
"""How deep all and any may nest: deeper nobody can read, and reading it must not exhaust the stack."""


@dataclass(frozen=True, slots=True)
class Equals:
    """The answer is this; for a field of several choices: this one is among them."""

    field: str
    value: Literal


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer is one of these; for a field of several choices: at least one of these is among them."""

    field: str
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """The field was shown and answered rightly."""

    field: str


@dataclass(frozen=True, slots=True)
class Not:
    """The inner condition does not hold."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    conditions: tuple["Condition", ...]


Condition: TypeAlias = Equals | OneOf | Present | Not | AllOf | AnyOf


class ConditionError(ValueError):
    """The data is no condition; `path` leads to the place, `says` tells in plain Chinese what is wrong."""

    def __init__(self, path: tuple[str | int, ...], says: str) -> None:
        super().__init__(says)
        self.path, self.says = path, says


def holds(condition: Condition, values: Mapping[str, Value]) -> bool:
    """Whether the condition holds over cleaned values; a field that is absent equals nothing."""
    match condition:
        case Equals(field, value):
            return _is(values.get(field), value)
        case OneOf(field, wanted):
            given = values.get(field)
            return any(_is(given, value) for value in wanted)
        case Present(field):
            return field in values
        case Not(inner):
            return not holds(inner, values)
        case AllOf(inners):
            return all(holds(inner, values) for inner in inners)
        case AnyOf(inners):
            return any(holds(inner, values) for inner in inners)


def _is(given: Value | None, wanted: Literal) -> bool:
    return wanted in given if isinstance(given, list) else given == wanted


def fields_of(condition: Condition) -> frozenset[str]:
    """Every field that the condition speaks of."""
    match condition:
        case Equals(field, _) | OneOf(field, _) | Present(field):
            return frozenset((field,))
        case Not(inner):
            return fields_of(inner)
        case AllOf(inners) | AnyOf(inners):
            return frozenset().union(*map(fields_of, inners))


def literals_of(condition: Condition) -> frozenset[tuple[str, Literal]]:
    """Every (field, value) that the condition compares."""
    match condition:
        case Equals(field, value):
            return frozenset(((field, value),))
        case OneOf(field, values):
            return frozenset((field, value) for value in values)
        case Present(_):
            return frozenset()
        case Not(inner):
            return literals_of(inner)
        case AllOf(inners) | AnyOf(inners):
            return frozenset().union(*map(literals_of, inners))


def condition_of(data: object, path: tuple[str | int, ...] = ()) -> Condition:
    """Read `{field, equals|in|present}`, `{not: …}`, `{all: […]}` or `{any: […]}`, else raise ConditionError.

    `present: false` reads as not present.
    """
    if len(path) > 2 * DEEPEST:
        raise ConditionError(path, "条件嵌套太深，没有人看得懂。请拆成几个字段。")
    if not isinstance(data, Mapping):
        raise ConditionError(path, "条件要写成一组键值，例如 {field: kind, equals: personal}。")
    keys = frozenset(data)
    if keys == {"not"}:
        return Not(condition_of(data["not"], (*path, "not")))
    if keys == {"all"}:
        return AllOf(_several(data["all"], (*path, "all")))
    if keys == {"any"}:
        return AnyOf(_several(data["any"], (*path, "any")))
    if keys in ({"field", "equals"}, {"field", "in"}, {"field", "present"}):
        return _about_one_field(data, path)
    raise ConditionError(path, f"看不懂这个条件。{_meant(keys)}")


_COMPARING = ("equals", "in", "present")


def _meant(keys: frozenset[object]) -> str:
    for key in sorted(str(key) for key in keys - {"field", "not", "all", "any", *_COMPARING}):
        if near := get_close_matches(key, _COMPARING, n=1):
            return f"“{key}”是不是想写“{near[0]}”？例如 {{field: kind, equals: personal}}。"
    return (
        "field 加一个 equals、in 或 present，例如 {field: kind, equals: personal}；"
        "或单独一个 not、all、any，例如 {not: {field: kind, equals: a}}、"
        "{any: [{field: kind, equals: a}, {field: online, equals: true}]}。"
    )


def _several(data: object, path: tuple[str | int, ...]) -> tuple[Condition, ...]:
    if not isinstance(data, list) or not data:
        raise ConditionError(
            path, "这里要写一个不空的列表，每项是一个条件，例如 [{field: kind, equals: a}]。"
        )
    return tuple(condition_of(each, (*path, at)) for at, each in enumerate(data))


def _about_one_field(data: Mapping[str, object], path: tuple[str | int, ...]) -> Condition:
    field = data["field"]
    if not isinstance(field, str):
        raise ConditionError((*path, "field"), "field 要写字段的名字。")
    if "present" in data:
        if not isinstance(data["present"], bool):
            raise ConditionError((*path, "present"), "present 只能写 true 或 false。")
        return Present(field) if data["present"] else Not(Present(field))
    if isinstance(data.get("equals"), list):
        raise ConditionError((*path, "equals"), "equals 只写一个值。几个里有一个就行，请用 in: [a, b]。")
    if "equals" in data:
        return Equals(field, _literal(data["equals"], (*path, "equals")))
    wanted = data["in"]
    if not isinstance(wanted, list) or not wanted:
        raise ConditionError((*path, "in"), "in 要写一个不空的列表，例如 in: [a, b]。")
    return OneOf(field, tuple(_literal(each, (*path, "in", at)) for at, each in enumerate(wanted)))


def _literal(data: object, path: tuple[str | int, ...]) -> Literal:
    if isinstance(data, str | int):
        return data
    raise ConditionError(path, "要比较的值只能是文字、整数、true 或 false。")
