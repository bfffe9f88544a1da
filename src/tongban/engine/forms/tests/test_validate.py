"""Judging answers: what each kind takes and refuses, all faults at once, nothing raises."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.forms import Form, FormError, Kind, form_of, problems_of, validate

RESIDENT = "11010519491231002X"
CREDIT = "11510104MB9000015X"
OPTIONS = [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙"}, {"code": "c", "label": "丙"}]


def a_field(kind: str, name: str = "it", **more: Any) -> dict[str, Any]:
    return {"name": name, "element": name, "label": "那一项", "kind": kind, **more}


def a_form(*fields: dict[str, Any], **step: Any) -> Form:
    return form_of({"steps": [{"code": "only", "title": "一步", "fields": list(fields), **step}]})


def cleaned(kind: str, answer: Any, **more: Any) -> Any:
    validation = validate(a_form(a_field(kind, **more)), {"it": answer})
    assert validation.faults == ()
    return validation.cleaned["it"]


def fault(kind: str, answer: Any, **more: Any) -> str:
    validation = validate(a_form(a_field(kind, **more)), {"it": answer})
    assert "it" not in validation.cleaned
    [only] = validation.faults
    assert only.says
    assert only.do
    return only.code


@pytest.mark.parametrize(
    ("kind", "more", "answer", "value"),
    [
        ("text", {}, "  张三　", "张三"),
        ("text", {}, "１２号楼，３单元", "12号楼，3单元"),
        ("text", {}, "一行\r\n两行", "一行 两行"),
        ("text", {"limits": {"multiline": True}}, "一行\r\n两行", "一行\n两行"),
        ("text", {}, "𠀀", "𠀀"),
        ("number", {}, " ３０ ", 30),
        ("number", {}, 30.0, 30),
        ("number", {}, "30.0", 30),
        ("number", {"limits": {"decimals": 1}}, "35.5", "35.5"),
        ("number", {"limits": {"decimals": 2}}, 35, "35.00"),
        ("number", {}, "-0", 0),
        ("amount", {}, "１２００．５", "1200.50"),
        ("amount", {}, 1200, "1200.00"),
        ("date", {}, "2026-3-5", "2026-03-05"),
        ("date", {}, "２０２６年３月５日", "2026-03-05"),
        ("date", {}, "2024-02-29", "2024-02-29"),
        ("choice", {"options": OPTIONS}, " b ", "b"),
        ("choices", {"options": OPTIONS}, ["c", "a", "c"], ["a", "c"]),
        ("choices", {"options": OPTIONS}, "b", ["b"]),
        ("resident-id", {}, "１１０１０５ 19491231 002x", RESIDENT),
        ("uscc", {}, " 11510104mb9000015x", CREDIT),
        ("phone", {}, "+86 138-0000-0000", "13800000000"),
        ("phone", {}, "（０２８）8661 2345", "02886612345"),
        ("address", {}, " 锦江区某街１号 ", "锦江区某街1号"),
        ("boolean", {}, "true", True),
        ("boolean", {}, False, False),
        ("boolean", {"limits": {"must_agree": True}}, True, True),
    ],
)
def test_an_answer_is_cleaned_into_its_one_spelling(
    kind: str, more: dict[str, Any], answer: Any, value: Any
) -> None:
    once = cleaned(kind, answer, **more)
    assert once == value
    assert type(once) is type(value)
    assert cleaned(kind, once, **more) == once


@pytest.mark.parametrize(
    ("kind", "more", "answer", "code"),
    [
        ("text", {}, 7, "form.not-text"),
        ("text", {}, "x" * 201, "form.too-long"),
        ("text", {"limits": {"min_length": 2}}, "张", "form.too-short"),
        ("text", {}, "张\0三", "form.unprintable"),
        ("text", {}, "张\ud800", "form.unprintable"),
        ("text", {}, "张\u202e三", "form.unprintable"),
        ("number", {}, "三十", "form.not-a-number"),
        ("number", {}, True, "form.not-a-number"),
        pytest.param("number", {}, 10**5000, "form.not-a-number", id="huge"),
        ("number", {}, float("nan"), "form.not-a-number"),
        ("number", {}, float("inf"), "form.not-a-number"),
        ("number", {}, "٣", "form.not-a-number"),
        ("number", {}, "3.5", "form.too-many-decimals"),
        ("number", {"limits": {"minimum": 1}}, 0, "form.too-small"),
        ("number", {"limits": {"maximum": 9}}, "10", "form.too-large"),
        ("amount", {}, "-0.01", "form.too-small"),
        ("amount", {}, "1.001", "form.too-many-decimals"),
        ("date", {}, "2026-02-29", "form.not-a-date"),
        ("date", {}, "2026-W01-1", "form.not-a-date"),
        ("date", {}, 20260101, "form.not-text"),
        ("date", {"limits": {"earliest": "1900-01-01"}}, "1899-12-31", "form.too-early"),
        ("date", {"limits": {"latest": "2026-12-31"}}, "2027-01-01", "form.too-late"),
        ("choice", {"options": OPTIONS}, "d", "form.not-a-choice"),
        ("choice", {"options": OPTIONS}, {"a": 1}, "form.not-a-choice"),
        ("choices", {"options": OPTIONS}, ["a", "d"], "form.not-a-choice"),
        ("choices", {"options": OPTIONS}, [{"a": 1}], "form.not-a-choice"),
        ("choices", {"options": OPTIONS, "limits": {"least": 2}}, ["a", "a"], "form.too-few"),
        ("choices", {"options": OPTIONS, "limits": {"most": 1}}, ["a", "b"], "form.too-many"),
        ("resident-id", {}, RESIDENT[:-1] + "1", "codes.resident-id.check"),
        ("uscc", {}, CREDIT[:-1] + "0", "codes.credit-code.check"),
        ("phone", {}, "12345", "form.phone"),
        ("phone", {"limits": {"mobile": True}}, "028-86612345", "form.phone"),
        ("address", {}, "某街", "form.too-short"),
        ("boolean", {}, 1, "form.not-yes-or-no"),
        ("boolean", {}, "yes", "form.not-yes-or-no"),
        ("boolean", {"limits": {"must_agree": True}}, False, "form.must-agree"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_with_its_reason(
    kind: str, more: dict[str, Any], answer: Any, code: str
) -> None:
    assert fault(kind, answer, **more) == code


@pytest.mark.parametrize("empty", [None, "", " 　", []])
def test_an_empty_answer_is_missing_where_needed_and_left_out_where_not(empty: Any) -> None:
    assert fault("text", empty) == "form.missing"
    validation = validate(a_form(a_field("text", required=False)), {"it": empty})
    assert (validation.cleaned, validation.faults) == ({}, ())


def test_every_fault_is_told_at_once_with_its_step() -> None:
    form = form_of(
        {
            "steps": [
                {
                    "code": "who",
                    "title": "谁",
                    "fields": [a_field("text", "name"), a_field("phone", "phone")],
                },
                {"code": "when", "title": "何时", "fields": [a_field("date", "day")]},
            ]
        }
    )
    faults = validate(form, {"phone": "1", "day": "x", "surplus": 1}).faults
    assert [(one.step, one.field, one.code) for one in faults] == [
        ("who", "name", "form.missing"),
        ("who", "phone", "form.phone"),
        ("when", "day", "form.not-a-date"),
        ("", "surplus", "form.unknown-field"),
    ]


SHOWN = a_field("choice", "kind", options=OPTIONS)
UNDER_A = a_field("text", "detail", when={"field": "kind", "equals": "a"})
AFTER_DETAIL = a_field("text", "more", when={"field": "detail", "present": True})


def test_a_field_is_asked_only_under_its_condition() -> None:
    form = a_form(SHOWN, UNDER_A)
    assert [one.field for one in validate(form, {"kind": "a"}).faults] == ["detail"]
    assert validate(form, {"kind": "b"}).ok


def test_an_answer_that_was_not_asked_is_dropped_without_fault_and_seen_by_no_condition() -> None:
    form = a_form(SHOWN, UNDER_A, AFTER_DETAIL)
    validation = validate(form, {"kind": "b", "detail": "旧答案", "more": "更旧的"})
    assert validation.faults == ()
    assert validation.cleaned == {"kind": "b"}


def test_a_step_under_a_condition_asks_nothing_where_it_does_not_hold() -> None:
    form = form_of(
        {
            "steps": [
                {"code": "one", "title": "一", "fields": [SHOWN]},
                {
                    "code": "two",
                    "title": "二",
                    "when": {"field": "kind", "equals": "a"},
                    "fields": [
                        a_field("text", "x"),
                        a_field("text", "y", when={"field": "kind", "equals": "b"}),
                    ],
                },
            ]
        }
    )
    assert validate(form, {"kind": "b"}).ok
    assert [one.field for one in validate(form, {"kind": "a"}).faults] == ["x"]


def test_a_flood_of_unknown_fields_is_answered_with_few_faults() -> None:
    faults = validate(a_form(a_field("text", required=False)), {f"x{at}": 1 for at in range(10_000)}).faults
    assert len(faults) == 21


def test_a_fault_never_repeats_the_answer() -> None:
    faults = validate(a_form(a_field("resident-id")), {"it": "110105194912310021"}).faults
    assert "110105194912310021" not in repr(faults)


@pytest.mark.parametrize("answers", [None, [], "x", 7, 1.5, True])
def test_what_is_no_set_of_answers_is_one_fault(answers: Any) -> None:
    [only] = validate(a_form(a_field("text")), answers).faults
    assert only.code == "form.not-answers"


EVERY_KIND = a_form(
    *(
        a_field(kind, kind, required=False, options=OPTIONS if kind in ("choice", "choices") else [])
        for kind in map(str, Kind)
    ),
    a_field("text", "last", required=False, when={"field": "choices", "in": ["a", "b"]}),
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.sampled_from(["a", RESIDENT, CREDIT, "13800000000", "2026-01-01", "12.50"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(JSON | st.dictionaries(st.sampled_from(sorted(EVERY_KIND.names)) | st.text(max_size=5), JSON))
def test_whatever_is_sent_the_answer_is_values_and_faults_that_can_be_sent_and_judged_again(
    answers: Any,
) -> None:
    validation = validate(EVERY_KIND, answers)
    json.dumps(validation.cleaned, ensure_ascii=False, allow_nan=False).encode()
    for one in validation.faults:
        f"{one.field}{one.says}{one.do}".encode()
    again = validate(EVERY_KIND, validation.cleaned)
    assert (again.cleaned, again.faults) == (validation.cleaned, ())


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (a_field("colour"), "KIND-UNKNOWN"),
        (a_field("choice"), "OPTIONS-MISSING"),
        (a_field("text", options=OPTIONS), "OPTIONS-NOT-NEEDED"),
        (a_field("text", limits={"maximum": 1}), "LIMIT-UNKNOWN"),
        (a_field("text", limits={"max_length": "9"}), "LIMIT-TYPE"),
        (a_field("number", limits={"decimals": 9}), "LIMIT-TYPE"),
        (a_field("date", limits={"latest": "2026-02-30"}), "LIMIT-TYPE"),
        (a_field("number", limits={"minimum": 2, "maximum": 1}), "LIMIT-EMPTY"),
        (a_field("text", when={"field": "later", "present": True}), "CONDITION-UNKNOWN-FIELD"),
        (a_field("text", when={"field": "it", "present": True}), "CONDITION-UNKNOWN-FIELD"),
        (a_field("text", when={"field": "kind", "equals": "z"}), "CONDITION-NEVER-TRUE"),
        (a_field("text", when={"field": "kind", "equals": True}), "CONDITION-NEVER-TRUE"),
        (a_field("text", when={"field": "kind"}), "CONDITION-UNREADABLE"),
        (a_field("text", "kind"), "FIELD-TWICE"),
    ],
)
def test_a_form_that_cannot_work_is_refused_when_it_is_read(field: dict[str, Any], code: str) -> None:
    data = {
        "steps": [
            {"code": "s", "title": "步", "fields": [SHOWN, field, a_field("text", "later", required=False)]}
        ]
    }
    assert [problem.code for problem in problems_of(data)] == [code]
    with pytest.raises(FormError, match=code):
        form_of(data)
