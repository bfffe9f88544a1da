"""Random well-typed expressions with data for them, and what they come to, worked out the slow way."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tongban.engine.expressions import BOOLEAN, DAY, NUMBER, TEXT, Type, choice_of, list_of
from tongban.engine.expressions.tree import (
    Binary,
    Call,
    Choose,
    Items,
    Literal,
    Name,
    Node,
    Range,
    Unary,
    Within,
)

STATES = ("paying", "closed", "中断")
TYPES: Mapping[str, Type] = {
    "state": choice_of(*STATES),
    "fund.state": choice_of(*STATES).or_nothing,
    "paid": NUMBER,
    "fund.months": NUMBER.or_nothing,
    "agreed": BOOLEAN,
    "told": BOOLEAN.or_nothing,
    "born": DAY,
    "fund.since": DAY.or_nothing,
    "note": TEXT,
    "needs": list_of(choice_of(*STATES)),
}

_NUMBERS = st.integers(-9, 9) | st.decimals(-9, 9, places=2).map(str)
_DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def data() -> st.SearchStrategy[dict[str, Any]]:
    """Data of these types."""
    fund = st.fixed_dictionaries(
        {},
        optional={
            "state": _maybe(st.sampled_from(STATES)),
            "months": _maybe(_NUMBERS),
            "since": _maybe(_DAYS),
        },
    )
    return st.fixed_dictionaries(
        {
            "state": st.sampled_from(STATES),
            "paid": _NUMBERS,
            "agreed": st.booleans(),
            "born": _DAYS,
            "note": st.sampled_from([*STATES, "", "a'b"]),
            "needs": st.lists(st.sampled_from(STATES), unique=True),
        },
        optional={"told": _maybe(st.booleans()), "fund": _maybe(fund)},
    )


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(" ".join)


def _of(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


_TEXTS = _of("state", "fund.state", "note", "'paying'", '"closed"', "'中断'", "null")
_MOMENTS = _of("date(born)", "date(fund.since)", "date('2000-02-29')", "date('1949-10-01')")
_COUNTED = st.recursive(
    _of("paid", "fund.months", "len(needs)", "2", "0.5", "-3"),
    lambda inner: _joined(inner, _of("+", "-", "*"), inner) | inner.map("({})".format),
    max_leaves=3,
)
_ORDER = _of("<", "<=", ">", ">=", "==", "!=")


def _range(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_of("[", "("), inner, inner, _of("]", ")")).map(
        lambda one: f"{one[0]}{one[1]}..{one[2]}{one[3]}"
    )


_ATOMS = (
    _of("agreed", "told == true", "true", "told != null", "fund.months != null", "fund.since == null")
    | _joined(_TEXTS, _of("==", "!="), _TEXTS)
    | _joined(_COUNTED, _ORDER, _COUNTED)
    | _joined(_MOMENTS, _ORDER, _MOMENTS)
    | _joined(_TEXTS, _of("in", "not in"), _of("needs", "['paying', 'closed']", "['中断']"))
    | _joined(_COUNTED, _of("in", "not in"), _range(_COUNTED))
    | _joined(_MOMENTS, _of("in", "not in"), _range(_MOMENTS))
)
TESTS = st.recursive(
    _ATOMS,
    lambda inner: (
        _joined(inner, _of("and", "or"), inner)
        | _joined(inner, _of("and", "or"), inner, _of("and", "or"), inner)
        | inner.map("not ({})".format)
        | inner.map("({})".format)
        | _joined(inner, _of("?"), inner, _of(":"), inner)
    ),
    max_leaves=5,
)
"""Texts that are often well-typed; that a maybe is asked for first is left to chance."""


def slowly(node: Node | Items | Range, given: Mapping[str, Any]) -> Any:
    """What the tree comes to over this data; exact, and with nothing of ZEN."""
    match node:
        case Literal(value, _):
            return value
        case Name(path, _):
            return _value(path, given)
        case Call(function, inner, _):
            value = slowly(inner, given)
            return Decimal(len(value)) if function == "len" else date.fromisoformat(value)
        case Unary(sign, inner, _):
            return not slowly(inner, given) if sign == "not" else -slowly(inner, given)
        case Choose(test, yes, no, _):
            return slowly(yes if slowly(test, given) else no, given)
        case Within(item, among, negated, _):
            return _within(slowly(item, given), among, given) is not negated
        case Binary("and" | "or" as sign, left, right, _):
            so = slowly(left, given)
            return slowly(right, given) if so is (sign == "and") else so
        case Binary(sign, left, right, _):
            return _OF_SIGN[sign](slowly(left, given), slowly(right, given))
    raise AssertionError(node)


_OF_SIGN: dict[str, Any] = {
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
}


def _value(path: str, given: Mapping[str, Any]) -> Any:
    value: Any = given
    for part in path.split("."):
        value = value.get(part) if value is not None else None
    number = value is not None and TYPES[path].given == NUMBER
    return Decimal(value) if number else value


def _within(item: Any, among: Items | Range | Name, given: Mapping[str, Any]) -> bool:
    match among:
        case Items(items, _):
            return item in [slowly(one, given) for one in items]
        case Range(low, high, ends, _):
            start, end = slowly(low, given), slowly(high, given)
            above = start < item or (ends[0] == "[" and start == item)
            return bool(above and (item < end or (ends[1] == "]" and item == end)))
        case Name(path, _):
            return item in _value(path, given)
