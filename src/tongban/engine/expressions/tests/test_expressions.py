"""Expressions: what is refused and where, and that what passes means the same to us and to ZEN, always."""

from threading import Thread
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tongban.engine.expressions import (
    BOOLEAN,
    NUMBER,
    TEXT,
    ExpressionError,
    ExpressionFailed,
    checked,
    choice_of,
    compiled,
    faults_of,
    list_of,
    types_of,
)
from tongban.engine.expressions.tests.worlds import TESTS, TYPES, data, slowly
from tongban.engine.expressions.tree import tree_of
from tongban.engine.forms import form_of


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("state = 'closed'", 7, "UNREADABLE"),
        ("state == 'close'", 10, "NO-SUCH-CHOICE"),
        ("'close' == state", 1, "NO-SUCH-CHOICE"),
        ("state in ['closed', 'close']", 21, "NO-SUCH-CHOICE"),
        ("'close' in needs", 1, "NO-SUCH-CHOICE"),
        ("paid == '7'", 6, "WRONG-TYPE"),
        ("note > 'a'", 6, "WRONG-TYPE"),
        ("note + 1 == 2", 1, "WRONG-TYPE"),
        ("sate == 'closed'", 1, "NAME-UNKNOWN"),
        ("fund.stat == 'closed'", 1, "NAME-UNKNOWN"),
        ("born > '2026-01-01'", 6, "WRONG-TYPE"),
        ("born == date('2026-01-01')", 6, "WRONG-TYPE"),
        ("date(born) > date('2026-02-30')", 19, "NOT-A-DAY"),
        ("date('now') > date(born)", 6, "NOT-A-DAY"),
        ("date(note) > date(born)", 6, "WRONG-TYPE"),
        ("date(fund.since) > date(born)", 6, "MAYBE-NOTHING"),
        ("fund.since != null or date(fund.since) > date(born)", 28, "MAYBE-NOTHING"),
        ("fund.months > 1", 1, "MAYBE-NOTHING"),
        ("told", 1, "MAYBE-NOTHING"),
        ("not told", 5, "MAYBE-NOTHING"),
        ("paid == null", 6, "NEVER-NOTHING"),
        ("null == null", 6, "NEVER-NOTHING"),
        ("needs == needs", 7, "WRONG-TYPE"),
        ("len(note) > 1", 5, "WRONG-TYPE"),
        ("paid and agreed", 1, "WRONG-TYPE"),
        ("paid", 1, "WRONG-RESULT"),
        ("date(born)", 1, "WRONG-RESULT"),
        ("agreed ? paid > 1 : 'x'", 8, "WRONG-TYPE"),
        ("paid * paid * paid > 1", 6, "NUMBER-TOO-LARGE"),
        ("paid / 2 > 1", 6, "UNREADABLE"),
        ("paid > 1234567890123456", 8, "NUMBER-TOO-LONG"),
        ("paid > 3 岁", 10, "UNREADABLE"),
        ("not agreed == true", 12, "UNREADABLE"),
        ("paid == paid == true", 14, "UNREADABLE"),
        ("1 < paid < 3", 10, "UNREADABLE"),
        ("state in ('closed')", 10, "UNREADABLE"),
        ("paid in ]1..3[", 9, "UNREADABLE"),
        ("sum([1]) > 1", 1, "FUNCTION-UNKNOWN"),
        ("some(needs, # == 'x')", 13, "UNREADABLE"),
        ("'a\\n' == note", 1, "UNREADABLE"),
        ("`a` == note", 1, "UNREADABLE"),
        ("Paid > 1", 1, "UNREADABLE"),
        ("not.in == 1", 1, "UNREADABLE"),
        ("paid == 1; agreed", 10, "UNREADABLE"),
        ("needs[0] == 'closed'", 6, "UNREADABLE"),
        ("agreed and", 11, "UNREADABLE"),
        ("", 1, "UNREADABLE"),
        ("(" * 40 + "agreed" + ")" * 40, 31, "TOO-DEEP"),
        ("agreed and " * 201 + "agreed", 2000, "TOO-LONG"),
        ("+".join("1" * 300) + " > 1", 401, "TOO-LONG"),
    ],
)
def test_what_is_wrong_is_said_by_its_column(text: str, column: int, code: str) -> None:
    [fault] = faults_of(text, TYPES)
    assert (fault.column, fault.code) == (column, code)
    assert fault.says.endswith(("。", "？"))
    with pytest.raises(ExpressionError):
        checked(text, TYPES)


def test_every_fault_is_said_at_once() -> None:
    faults = faults_of("sate == 'x' and paid == 'y' or state == 'z'", TYPES)
    assert [fault.code for fault in faults] == ["NAME-UNKNOWN", "WRONG-TYPE", "NO-SUCH-CHOICE"]


def test_a_near_name_is_offered() -> None:
    [fault] = faults_of("fund.stat == 'closed'", TYPES)
    assert "“fund.state”" in fault.says


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("state == 'closed' and paid >= 6", True),
        ("paid + 0.1 == 6.6", True),
        ("fund.months != null and fund.months > 1", False),
        ("fund.months == null or fund.months > 1", True),
        ("not (fund.since == null) and date(fund.since) > date(born)", False),
        ("fund.state != 'closed'", True),
        ("date(born) in [date('1988-06-15')..date('1988-06-15')]", True),
        ("date(born) in (date('1988-06-15')..date('1988-06-15')]", False),
        ("paid not in [7..9]", True),
        ("'paying' in needs and len(needs) == 1", True),
        ('note == "a\'b"', True),
        ("agreed ? told == true : true", True),
    ],
)
def test_an_expression_means_what_it_says(text: str, comes_to: bool) -> None:
    given = {
        "state": "closed",
        "paid": "6.50",
        "agreed": False,
        "born": "1988-06-15",
        "note": "a'b",
        "needs": ["paying"],
    }
    assert checked(text, TYPES).of(given) is comes_to


@pytest.mark.parametrize(
    ("text", "wanted", "fits"),
    [
        ("paid > 1 ? 'a' : 'b'", choice_of("a", "b"), True),
        ("paid > 1 ? 'a' : 'c'", choice_of("a", "b"), False),
        ("paid > 1 ? 'a' : 'c'", TEXT, True),
        ("paid > 1 ? 'a' : note", TEXT, True),
        ("paid > 1 ? 'a' : null", TEXT, False),
        ("paid > 1 ? 'a' : null", TEXT.or_nothing, True),
        ("paid * 2 + 1", NUMBER, True),
        ("paid", BOOLEAN, False),
        ("fund.months", NUMBER, False),
        ("fund.months", NUMBER.or_nothing, True),
        ("needs", list_of(choice_of("paying")), False),
        ("needs", TYPES["needs"], True),
        ("state", choice_of("paying"), False),
        ("paid", None, True),
    ],
)
def test_the_result_has_the_type_that_is_wanted(text: str, wanted: Any, fits: bool) -> None:
    assert (not faults_of(text, TYPES, wanted)) is fits


@settings(max_examples=400)
@given(TESTS, data())
def test_what_passes_never_fails_and_means_to_zen_what_it_means_to_us(text: str, values: Any) -> None:
    faults = faults_of(text, TYPES)
    event("passes" if not faults else faults[0].code)
    assume(not faults)
    assert checked(text, TYPES).of(values) is slowly(tree_of(text), values)


_WORDS = "paid 1 'x' not and or in == < + - * ( ) [ ] .. , ? : date len null true . a.b 0.5"


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=12))
def test_whatever_we_can_read_zen_can_read_too(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        try:
            tree_of(text)
        except ExpressionError:
            continue
        compiled(text)


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for fault in faults_of(text, TYPES):
        assert 1 <= fault.column <= len(text) + 1


def test_a_failure_tells_nothing_of_the_machine_nor_of_the_data() -> None:
    with pytest.raises((ExpressionFailed, RuntimeError)) as failed:
        compiled("secret > 1").of({"secret": "13800000001"})
    assert failed.type is ExpressionFailed
    assert "/" not in str(failed.value)
    assert "13800000001" not in str(failed.value)
    assert failed.value.__suppress_context__


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"paid": "x"},
        {"paid": True},
        {"paid": 10**15},
        {"paid": float("nan")},
        {"paid": "1234567890123456.5"},
        {"paid": None},
    ],
)
def test_data_of_another_type_is_no_data(given: dict[str, Any]) -> None:
    with pytest.raises(ExpressionFailed, match="paid"):
        checked("paid > 1", TYPES).of(given)


def test_zen_is_told_of_nothing_but_the_names_used() -> None:
    assert compiled("paid > 1").of({"paid": 2, "other": object()}) is True


def test_one_is_worked_out_in_any_thread() -> None:
    found: list[Any] = []
    expression = checked("paid > 1", TYPES)
    thread = Thread(target=lambda: found.append(expression.of({"paid": 2})))
    thread.start()
    thread.join()
    assert found == [True]


def test_the_answers_of_a_form_have_types() -> None:
    fields: list[dict[str, Any]] = [
        {"name": "kind", "kind": "choice", "options": [{"code": "a", "label": "甲"}]},
        {"name": "rooms", "kind": "number", "required": False},
        {"name": "paid", "kind": "amount", "when": {"field": "kind", "equals": "a"}},
        {"name": "person", "kind": "resident-id"},
        {"name": "needs", "kind": "choices", "options": [{"code": "b", "label": "乙"}]},
        {"name": "born", "kind": "date"},
        {"name": "agreed", "kind": "boolean"},
    ]
    told = [{"element": one["name"], "label": one["name"], **one} for one in fields]
    types = types_of(form_of({"steps": [{"code": "all", "title": "全部", "fields": told}]}))
    assert types == {
        "kind": choice_of("a"),
        "rooms": NUMBER.or_nothing,
        "paid": NUMBER.or_nothing,
        "person": TEXT,
        "needs": list_of(choice_of("b")),
        "born": TYPES["born"],
        "agreed": BOOLEAN,
    }
