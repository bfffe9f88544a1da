"""What a draft holds: nothing that was typed is lost, whoever types and whatever changes meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases.rules.drafting import (
    LONGEST_ANSWER,
    Filled,
    Known,
    Source,
    Typed,
    carried_over,
    completed,
    in_force,
    of_nobody,
    refuse_too_long,
    with_files,
    written,
)
from tongban.engine.forms import Equals, Field, Form, Kind, Option, Step
from tongban.kernel.refusal import Refusal

NAME = Field("name", "person-name", "姓名", Kind.TEXT)
PHONE = Field("phone", "mobile-phone", "手机", Kind.PHONE, limits={"mobile": True})
KINDS = Field("kinds", "kinds", "哪几种", Kind.CHOICES, options=(Option("a", "甲"), Option("b", "乙")))
AGREES = Field("agrees", "agrees", "同意吗", Kind.BOOLEAN)
OTHERS = Field("other", "person-name", "代办人", Kind.TEXT, when=Equals("agrees", True))
FIELDS = (NAME, PHONE, KINDS, AGREES)
FORM = Form((Step("s", "题", (*FIELDS, OTHERS)),))

texts = st.text(max_size=20)
answers = st.fixed_dictionaries(
    {}, optional={"name": texts, "phone": texts, "kinds": st.lists(st.sampled_from("ab")), "agrees": texts}
)


def page(typed: dict[str, object], seen: int = 1) -> Typed:
    return Typed("s", FIELDS, typed, seen)


@given(answers, answers)
def test_whatever_is_typed_is_kept_as_it_was_typed(
    before: dict[str, object], typed: dict[str, object]
) -> None:
    filled = written(written(Filled(), page(before), version=1), page(typed), version=2)
    assert filled.answers == {name: value for name, value in typed.items() if value not in ("", [])}
    assert list(filled.saved) == ["s"]


@given(answers, answers, answers)
def test_of_two_devices_the_later_overwrites_nothing_that_it_did_not_see(
    base: dict[str, object], one: dict[str, object], other: dict[str, object]
) -> None:
    seen = written(Filled(), page(base), version=1)
    first = written(seen, page(one), version=2)
    try:
        second = written(first, page(other, seen=1), version=3)
    except Refusal as refusal:
        for name in (fault["place"] for fault in refusal.faults):
            there = first.answers.get(name) or None
            assert there not in (other.get(name) or None, base.get(name) or None)
    else:
        for name, value in first.answers.items():
            assert second.answers.get(name) == value or base.get(name) == value


def test_the_same_page_sent_again_after_a_lost_answer_is_no_difference() -> None:
    first = written(Filled(), page({"name": "王秀丽"}, seen=1), version=2)
    assert written(first, page({"name": "王秀丽"}, seen=1), version=3).answers == first.answers


def test_another_page_that_changed_meanwhile_is_no_difference() -> None:
    first = written(Filled(), Typed("one", (NAME,), {"name": "王秀丽"}, 1), version=2)
    both = written(first, Typed("two", (PHONE,), {"phone": "13800000001"}, 1), version=3)
    assert both.answers == {"name": "王秀丽", "phone": "13800000001"}


KNOWN = {
    "person-name": Known("王秀丽", Source.PROFILE),
    "mobile-phone": Known("13800000001", Source.PROFILE),
    "agrees": Known("", Source.GUIDE),
}


def test_what_is_known_fills_what_is_empty_and_says_from_where() -> None:
    filled = completed(Filled(answers={"phone": "138"}), FORM, KNOWN)
    assert filled.answers == {"name": "王秀丽", "phone": "138"}
    assert filled.sources == {"name": "profile"}


def test_what_the_applicant_changes_is_no_longer_from_anywhere() -> None:
    filled = completed(Filled(), FORM, KNOWN)
    changed = written(filled, page({"name": "王秀莉", "phone": "13800000001"}), version=2)
    assert changed.sources == {"phone": "profile"}


def test_another_enterprise_takes_its_own_answers_away_and_no_others() -> None:
    filled = Filled(
        answers={"name": "小满", "phone": "1", "kinds": ["a"]},
        sources={"name": Source.ENTERPRISE, "kinds": Source.GUIDE},
    )
    assert of_nobody(filled).answers == {"phone": "1", "kinds": ["a"]}


def test_under_a_newer_form_the_same_questions_keep_their_answers_and_the_rest_is_told() -> None:
    newer = Form((Step("s", "题", (NAME, KINDS, Field("seats", "seats", "座位数", Kind.NUMBER))),))
    filled = Filled(
        answers={"name": "王秀丽", "kinds": ["a"], "agrees": "true", "phone": "12"},
        sources={"name": "profile", "phone": "profile"},
        files={"layout": ("handle",)},
    )
    carried = carried_over(filled, FORM, newer)
    assert carried.answers == {"name": "王秀丽", "kinds": ["a"]}
    assert carried.sources == {"name": "profile"}
    assert carried.files == filled.files
    assert list(carried.news) == [
        {"new": "座位数"},
        {"gone": "同意吗", "was": "是"},
        {"gone": "手机", "was": "12"},
    ]
    assert in_force(filled, 3, 3, lambda _: FORM) is filled


def test_a_question_that_keeps_its_name_and_means_something_else_is_a_new_one() -> None:
    other = Form((Step("s", "题", (Field("name", "enterprise-name", "企业名称", Kind.TEXT),)),))
    carried = carried_over(Filled(answers={"name": "王秀丽"}), FORM, other)
    assert carried.answers == {}
    assert carried.news == ({"new": "企业名称"}, {"gone": "姓名", "was": "王秀丽"})


def test_a_material_without_files_is_not_kept() -> None:
    filled = with_files(with_files(Filled(), "layout", ["one", "two"]), "rules", ["three"])
    assert with_files(filled, "layout", []).files == {"rules": ("three",)}


def test_an_answer_that_no_question_takes_is_refused_before_it_is_stored() -> None:
    refuse_too_long({"name": "字" * LONGEST_ANSWER, "kinds": ["a"]})
    with pytest.raises(Refusal, match="cases.draft.too-long"):
        refuse_too_long({"name": "字" * (LONGEST_ANSWER + 1)})
