"""Against brute force: what the check says of a table is what going through all inputs shows."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tongban.engine.decisions import (
    Anything,
    Between,
    Cell,
    Nothing,
    OneOf,
    Policy,
    Table,
    check,
    decide,
    read,
)
from tongban.engine.expressions import ExpressionFailed

_CHOICES = st.sampled_from(["-", "a", "b", "a | b", "b | c", "c"])
_WHOLE = st.sampled_from(["-", "0", "1 | 3", "> 1", ">= 1", "< 2", "<= 2", "[0..2]", "(0..3)", "null"])
_NUMBERS = st.sampled_from(["-", "1", "> 1", ">= 1", "< 1", "<= 1", "(1..2)", "[1..2)", "1 | 2"])
_DAYS = st.sampled_from(["-", "2026-01-02", "> 2026-01-02", "<= 2026-01-02", "[2026-01-01..2026-01-03)"])
_FLAGS = st.sampled_from(["-", "true", "false", "null"])
_TEXTS = st.sampled_from(["-", "x", "y"])

COLUMNS: dict[str, tuple[st.SearchStrategy[str], list[Any]]] = {
    "kind: a | b | c": (_CHOICES, ["a", "b", "c"]),
    "months: whole?": (_WHOLE, [None, -1, 0, 1, 2, 3, 4]),
    "paid: number": (_NUMBERS, [0, "0.5", 1, "1.5", 2, "2.5"]),
    "since: day": (_DAYS, [(date(2025, 12, 30) + timedelta(days=one)).isoformat() for one in range(6)]),
    "told: boolean?": (_FLAGS, [None, True, False]),
    "note: text": (_TEXTS, ["x", "y", "z"]),
}
"""By heading: random cells, and values among which each that any such cell tells apart has its like."""


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, list[str]]:
    """A random table of up to three columns and five rows, with its headings."""
    headings = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=3, unique=True))
    policy = draw(st.sampled_from(list(Policy)))
    lines = [",".join([policy, *(f"if {one}" for one in headings), "then out: whole", "reason"])]
    for number in range(1, draw(st.integers(1, 5)) + 1):
        cells = [draw(COLUMNS[one][0]) for one in headings]
        lines.append(",".join([str(number), *cells, str(number), "理由"]))
    table, _, faults = read("\n".join(lines).encode())
    assert faults == []
    assert table is not None
    return table, headings


def inputs_of(headings: list[str]) -> Iterator[dict[str, Any]]:
    """Every combination of values of these columns."""
    names = [one.partition(":")[0] for one in headings]
    for values in product(*(COLUMNS[one][1] for one in headings)):
        yield dict(zip(names, values, strict=True))


def hits(table: Table, facts: dict[str, Any]) -> list[int]:
    """The rows that hold, by their cells alone."""
    values = [_plain(facts[column.name], column.type.sort) for column in table.inputs]
    return [row.number for row in table.rows if all(map(_holds, row.cells, values))]


def _plain(value: Any, sort: str) -> Any:
    if value is None:
        return None
    if sort == "number":
        return float(value)
    return date.fromisoformat(value) if sort == "day" else value


def _holds(cell: Cell, value: Any) -> bool:
    match cell:
        case Anything():
            return True
        case Nothing():
            return value is None
        case OneOf(values):
            return value is not None and value in values
        case Between(low, high, with_low, with_high):
            above = value is not None and (low is None or value > low or (with_low and value == low))
            return above and (high is None or value < high or (with_high and value == high))


@settings(max_examples=200)
@given(tables())
def test_the_check_says_what_going_through_all_inputs_shows(drawn: tuple[Table, list[str]]) -> None:
    table, headings = drawn
    found = [hits(table, facts) for facts in inputs_of(headings)]
    said = {fault.code for fault in check(table)}
    event(",".join(sorted(said)) or "sound")
    assert ("TABLE-GAP" in said) is any(not rows for rows in found)
    overlaps = table.policy is Policy.UNIQUE and any(len(rows) > 1 for rows in found)
    assert ("TABLE-OVERLAP" in said) is overlaps
    answers = {row for rows in found for row in (rows[:1] if table.policy is Policy.FIRST else rows)}
    idle = {fault.row - 1 for fault in check(table) if fault.code == "ROW-UNREACHABLE"}
    assert idle == {row.number for row in table.rows} - answers


@settings(max_examples=150)
@given(tables())
def test_zen_comes_to_what_the_cells_say(drawn: tuple[Table, list[str]]) -> None:
    table, headings = drawn
    for facts in inputs_of(headings):
        rows = hits(table, facts)
        wanted = rows[:1] if table.policy is Policy.FIRST else rows
        if table.policy is Policy.UNIQUE and len(rows) > 1:
            wanted = []
        assert list(decide(table, facts).rows) == wanted


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_does_more_than_be_refused(content: bytes) -> None:
    table, _, faults = read(content)
    assert (table is None) is bool(faults)


@given(
    st.lists(
        st.lists(st.sampled_from([*"-<>[].,|", "first", "if a: whole", "1", "null"]), max_size=5), max_size=4
    )
)
def test_no_table_of_odd_cells_does_more_than_be_refused(rows: list[list[str]]) -> None:
    table, _, faults = read("\n".join(",".join(row) for row in rows).encode())
    assert (table is None) is bool(faults)
    if table is not None:
        try:
            decide(table, {})
        except ExpressionFailed:
            return
