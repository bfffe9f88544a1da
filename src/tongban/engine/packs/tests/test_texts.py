"""Texts of packs: which people read, and packs told in other words."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.packs import (
    SECTIONS,
    in_other_words,
    markdown_in_other_words,
    table_in_other_words,
    texts_of,
)

PACKS = Path(__file__).resolve().parents[5] / "packs"
GUIDE = "先看这里。\n\n## 能不能办\n\n{{conditions}}\n\n## 什么时候来\n\n办好了给您：{{result}}。\n"

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_names_questions_options_and_paragraphs_are_read_and_codes_and_search_words_are_not() -> None:
    said = dict(texts_of(PACKS))
    assert said["食品经营许可（新办）"] == "items/food-operation-licence/item.yaml"
    assert said["租的房子"] == "elements.yaml"
    assert said["下面这些都做到了，就能办："] == "items/food-operation-licence/guide.md"
    assert said["门诊慢特病病种待遇认定"] == "guides/medical.yaml"
    assert said["已经上当的，马上打 110。"] == "announcements/beware-of-fraud.yaml"
    assert not said.keys() & {"开饭店", "医", "{{conditions}}", "license"}


def test_of_a_flow_its_steps_who_does_them_and_the_words_they_end_with_are_read() -> None:
    said = {text for text, file in texts_of(PACKS) if file == "flows/on-site-check.bpmn"}
    assert {"两人以上现场核查", "审查岗", "符合", "不符合"} <= said
    assert "符合吗" not in said


def test_a_sample_drawn_for_paper_stays_in_the_language_of_papers() -> None:
    assert not [text for text, _ in texts_of(PACKS) if "承租人" in text]


@given(plain)
def test_a_document_keeps_its_form_in_other_words(document: Any) -> None:
    assert in_other_words(document, lambda text: text) == document
    told = in_other_words(document, lambda text: f"<{text}>")
    assert _form(told) == _form(document)


def _form(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _form(value) for key, value in data.items()}
    return (
        [_form(value) for value in data] if isinstance(data, list) else str if isinstance(data, str) else data
    )


def test_a_guide_is_told_block_by_block_and_keeps_its_questions_and_facts() -> None:
    words = {
        "先看这里。": "Read this.",
        "什么时候来": "When to come",
        "办好了给您：{{result}}。": "You get {{result}}.",
    }
    told = markdown_in_other_words(GUIDE, lambda text: words.get(text, f"missing: {text}"))
    assert told == ("Read this.\n\n## 能不能办\n\n{{conditions}}\n\n## When to come\n\nYou get {{result}}.\n")


def test_the_six_questions_have_words_too_for_lists_that_name_them() -> None:
    assert set(SECTIONS) <= {text for text, _ in texts_of(PACKS)}


def test_of_a_table_and_its_tests_only_what_is_read_is_told_in_other_words() -> None:
    heading = ["first", "if kind: 甲 | 乙", "then outcome: 看 | 不看", "reason", "law"]
    table = [heading, ["1", "甲", "看", "因为", "法"]]
    tests = [["test", "kind", "row"], ["例子", "甲", "1"]]
    assert table_in_other_words(table, lambda text: "X") == [heading, ["1", "甲", "看", "X", "X"]]
    assert table_in_other_words(tests, lambda text: "X") == [tests[0], ["X", "甲", "1"]]
