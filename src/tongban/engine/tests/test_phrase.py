"""A phrase is its Chinese sentence, and still knows what it was made of."""

import json
from copy import deepcopy
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.codes import CodeError, check_credit_code, check_mobile, check_resident_id
from tongban.engine.forms import form_of, validate
from tongban.engine.phrase import Phrase, phrase

values = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=20) | st.integers(), max_size=4
)


def is_made_of_what_it_says(said: object) -> bool:
    """Whether a text is a phrase, and its template with its values gives its own words."""
    return isinstance(said, Phrase) and said == (
        said.template % said.values if said.values else said.template
    )


@given(values)
def test_a_phrase_is_its_template_filled_in_and_nothing_but_a_string(filled):
    template = "、".join(f"%({name})s 个" for name in filled)
    made = phrase(template, **filled)
    assert is_made_of_what_it_says(made)
    assert made == template % filled
    assert json.loads(json.dumps(made)) == str(made)


@given(st.text())
def test_a_sentence_without_values_may_have_any_sign_in_it(sentence):
    assert phrase(sentence) == sentence


@given(st.text(max_size=20))
def test_a_phrase_may_fill_another_and_stays_a_phrase_in_it(word):
    outer = phrase("%(label)s：%(says)s", label="面积", says=phrase("不能小于 %(least)s。", least=word))
    assert outer == f"面积：不能小于 {word}。"
    assert isinstance(outer.values["says"], Phrase)
    assert deepcopy(outer).template == outer.template


TWO = [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙"}]
FORM = form_of(
    {
        "steps": [
            {
                "code": "one",
                "title": "一步",
                "fields": [
                    {"name": name, "element": name, "label": "一项", "kind": kind, **more}
                    for name, kind, more in (
                        ("text", "text", {"limits": {"min_length": 3, "max_length": 5}}),
                        ("number", "number", {"limits": {"minimum": 2, "maximum": 9}}),
                        ("amount", "amount", {}),
                        ("day", "date", {"limits": {"earliest": "2026-01-01", "latest": "2026-12-31"}}),
                        ("one", "choice", {"options": TWO}),
                        ("many", "choices", {"options": TWO, "limits": {"most": 1}}),
                        ("person", "resident-id", {}),
                        ("enterprise", "uscc", {}),
                        ("phone", "phone", {}),
                        ("agreed", "boolean", {"limits": {"must_agree": True}}),
                    )
                ],
            }
        ]
    }
)
answers = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        FORM.names | {"unknown"},
        st.text() | st.integers() | st.booleans() | st.lists(st.sampled_from("abc")) | st.dates().map(str),
    ),
)


@given(answers)
def test_whatever_is_wrong_with_a_form_is_said_in_phrases(given_answers):
    for fault in validate(FORM, given_answers).faults:
        assert is_made_of_what_it_says(fault.says) and is_made_of_what_it_says(fault.do), asdict(fault)


@pytest.mark.parametrize(
    ("check", "number"),
    [
        (check_resident_id, "510104"),
        (check_resident_id, "51010419880615234AB"[:18]),
        (check_resident_id, "510104198813152343"),
        (check_resident_id, "510104198806152340"),
        (check_credit_code, "915101"),
        (check_credit_code, "I15101000000000000"),
        (check_credit_code, "915101000000000000"),
        (check_mobile, "120"),
    ],
)
def test_whatever_is_wrong_with_a_number_is_said_in_phrases(check, number):
    with pytest.raises(CodeError) as refused:
        check(number)
    assert is_made_of_what_it_says(refused.value.says) and is_made_of_what_it_says(refused.value.do)
