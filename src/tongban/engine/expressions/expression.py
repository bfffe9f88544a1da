"""Expressions as values: read once, worked out by ZEN over data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, TypeAlias

from zen import compile_expression

from tongban.engine.expressions.checking import faults_in
from tongban.engine.expressions.faults import ExpressionError, ExpressionFailed, ExpressionFault
from tongban.engine.expressions.tree import names_in, tree_of
from tongban.engine.expressions.types import BOOLEAN, Sort, Type
from tongban.engine.expressions.words import refused

Value: TypeAlias = str | int | float | bool | list[Any] | None

_MOST: Final = 10**15


@dataclass(frozen=True, slots=True)
class Expression:
    """One that can be worked out: its text, the names it uses, and their types where it was checked."""

    text: str
    names: tuple[str, ...]
    types: tuple[Type | None, ...]
    zen: Any = field(repr=False, compare=False)

    def of(self, data: Mapping[str, Any]) -> Value:
        """What it yields over this data, `{"fund": {"state": "paying"}}` for `fund.state`.

        ZEN is told of the names used and of nothing else. ExpressionFailed where the data is not of the types
        it was checked over, or where an expression that was not checked meets what it cannot compare.
        """
        return self.over(given_for(data, zip(self.names, self.types, strict=True)))

    def over(self, given: Mapping[str, Any]) -> Value:
        """The same over data that `given_for` made ready, for several expressions over one set of names."""
        try:
            found = self.zen.evaluate(given)
        # Whatever ZEN says holds a stack trace with paths of the machine: it is not told on.
        except Exception:
            raise ExpressionFailed(f"could not be worked out: {self.text}") from None
        return int(found) if isinstance(found, float) and found.is_integer() else found


def given_for(data: Mapping[str, Any], names: Iterable[tuple[str, Type | None]]) -> dict[str, Any]:
    """What of the data these names speak of, made ready for ZEN; ExpressionFailed as for `Expression.of`."""
    given: dict[str, Any] = {}
    for path, type_ in names:
        _put(given, path, _prepared(path, _dug(data, path), type_))
    return given


@lru_cache(maxsize=4_096)
def compiled(text: str) -> Expression:
    """The expression of this text; ExpressionError with the column where it cannot be read."""
    tree = tree_of(text)
    names = tuple(dict.fromkeys(name.path for name in names_in(tree)))
    for name in names_in(tree):
        if any(other.startswith(f"{name.path}.") for other in names):
            says = f"“{name.path}”不能既是一个值，又有下一级。请核对名字。"
            raise refused(name.at, "NAME-UNKNOWN", says)
    try:
        zen = compile_expression(text)
    except Exception:
        raise refused(1, "UNREADABLE", "这个表达式写得太复杂，读不出来。请拆成几个。") from None
    return Expression(text, names, (None,) * len(names), zen)


def faults_of(text: str, types: Mapping[str, Type], wanted: Type | None = BOOLEAN) -> list[ExpressionFault]:
    """Everything wrong with this text over these names; `wanted` is what it must yield, None for anything."""
    try:
        compiled(text)
    except ExpressionError as error:
        return list(error.faults)
    return faults_in(tree_of(text), types, wanted)


def checked(text: str, types: Mapping[str, Type], wanted: Type | None = BOOLEAN) -> Expression:
    """The expression, well-typed over these names; ExpressionError with every fault where it is not."""
    if faults := faults_of(text, types, wanted):
        raise ExpressionError(tuple(faults))
    plain = compiled(text)
    return Expression(text, plain.names, tuple(types[name] for name in plain.names), plain.zen)


def _dug(data: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted name; None where there is none."""
    found: Any = data
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _put(given: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for part in above:
        given = given.setdefault(part, {})
    given[last] = value


def _prepared(path: str, value: Any, type_: Type | None) -> Any:
    """The value as ZEN takes it; ExpressionFailed where it is not of its type."""
    if type_ is None:
        return value
    if value is None and type_.maybe:
        return None
    if type_.sort is Sort.NUMBER:
        value = _number(value)
    if not _fits(value, type_):
        raise ExpressionFailed(f"{path} is no {type_.sort}")
    return value


def _number(value: Any) -> Any:
    """A number that was kept as decimal text, as amounts are; a whole one stays whole."""
    if isinstance(value, str | Decimal):
        try:
            exact = Decimal(value)
        except InvalidOperation:
            return None
        digits = exact.as_tuple().digits
        return float(exact) if exact.is_finite() and len(digits) <= len(str(_MOST)) - 1 else None
    return value


def _fits(value: Any, type_: Type) -> bool:
    match type_.sort:
        case Sort.NUMBER:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and abs(value) < _MOST
        case Sort.BOOLEAN:
            return isinstance(value, bool)
        case Sort.LIST:
            each = type_.each
            return isinstance(value, list) and (each is None or all(_fits(one, each) for one in value))
        case Sort.CHOICE:
            return value in type_.choices
        case Sort.DAY:
            return isinstance(value, str) and len(value) == len("2026-01-31")
        case Sort.TEXT:
            return isinstance(value, str)
