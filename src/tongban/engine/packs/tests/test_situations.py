"""Situations: the guide's questions are the form's own, each leads somewhere, and none shuts everyone out."""

from pathlib import Path
from typing import Any

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked
from tongban.engine.packs.tests.newcomers import FORM, ITEM, only, told, write

MATERIALS = "materials:\n"
ASKS_SIZE = "situations:\n  - element: garden-size\n"
TELLING = "    tells: [{answer: large, says: 两个人一起养。}]\n"
IF_LARGE = "    accept_stand: 由系统调用电子身份证信息，不用带\n"


def questions(garden: Path) -> list[dict[str, Any]]:
    """The questions of the guide, where nothing is wrong."""
    result = checked(garden)
    assert result.faults == ()
    return list(only(result.documents)["situations"])


def test_every_item_of_ours_asks_what_tells_people_apart() -> None:
    assert [one["slug"] for one in checked(PACKS).documents if not one["situations"]] == []


def test_an_item_that_writes_no_questions_asks_what_its_materials_depend_on(garden: Path) -> None:
    assert questions(garden) == []
    write(garden, ITEM, IF_LARGE, f"{IF_LARGE}    when: {{field: note, present: true}}\n")
    # The note is free words and cannot be asked by a guide; the size, on which the note hangs, can.
    assert [(one["element"], one["field"]) for one in questions(garden)] == [("garden-size", "size")]


def test_a_question_that_the_form_asks_too_has_its_words_its_options_and_its_condition(garden: Path) -> None:
    write(
        garden,
        FORM,
        "{name: size, element: garden-size}",
        "{name: size, element: garden-size, label: 多大的}",
    )
    write(garden, ITEM, MATERIALS, f"{ASKS_SIZE}{TELLING}{MATERIALS}")
    asked = only(questions(garden))
    assert (asked["label"], asked["field"], asked["when"]) == ("多大的", "size", None)
    assert [one["code"] for one in asked["options"]] == ["small", "large"]


@pytest.mark.parametrize(
    ("situations", "code"),
    [
        ("  - element: no-such-thing\n", "ELEMENT-UNKNOWN"),
        ("  - element: person-name\n", "SITUATION-NOT-A-CHOICE"),
        ("  - element: garden-size\n", "SITUATION-LEADS-NOWHERE"),
        (f"  - element: garden-size\n{TELLING}" * 2, "TWICE"),
        (
            "  - {element: garden-size, tells: [{answer: huge, says: 太大了。}]}\n",
            "SITUATION-ANSWER-UNKNOWN",
        ),
        (
            "  - {element: garden-size, tells: [{answer: large, says: 一。}, {answer: large, says: 二。}]}\n",
            "SITUATION-ANSWER-UNKNOWN",
        ),
        (
            "  - {element: garden-size, tells: [{answer: large, says: 不能办。, ends: true}]}\n",
            "SITUATION-CONTRADICTS-FORM",
        ),
        (
            "  - element: sells-online\n    tells:\n"
            "      - {answer: true, says: 不办。, ends: true}\n"
            "      - {answer: false, says: 也不办。, ends: true}\n",
            "SITUATION-BARS-EVERYONE",
        ),
    ],
)
def test_a_question_that_helps_nobody_is_refused(garden: Path, situations: str, code: str) -> None:
    said = only(told(garden, ITEM, MATERIALS, f"situations:\n{situations}{MATERIALS}"))
    assert f": {code}: " in said


def test_an_answer_is_yes_or_no_and_not_one_or_zero(garden: Path) -> None:
    asked = "situations:\n  - {element: sells-online, tells: [{answer: 1, says: 网店也行。}]}\n"
    assert "SITUATION-ANSWER-UNKNOWN" in only(told(garden, ITEM, MATERIALS, f"{asked}{MATERIALS}"))


def test_an_answer_that_the_form_does_not_take_may_end_the_questions(garden: Path) -> None:
    agree = "      - {name: truth, element: truth-promise}\n      - {name: by_other"
    write(garden, FORM, "      - {name: by_other", agree)
    asked = "  - {element: truth-promise, tells: [{answer: false, says: 要真实。, ends: true}]}\n"
    write(garden, ITEM, MATERIALS, f"situations:\n{asked}{MATERIALS}")
    assert only(questions(garden))["must_agree"] is True


def test_a_question_comes_after_those_that_the_form_asks_before_it(garden: Path) -> None:
    write(garden, FORM, "{name: by_other, element: applied-by-other,", OF_THE_LARGE)
    later = "  - {element: applied-by-other, tells: [{answer: true, says: 家长来办。}]}\n"
    write(garden, ITEM, MATERIALS, f"situations:\n{later}{MATERIALS}")
    assert "SITUATION-NEVER-ASKED" in only([str(one) for one in checked(garden).faults])
    write(garden, ITEM, "situations:\n", f"{ASKS_SIZE}")
    assert [one["field"] for one in questions(garden)] == ["size", "by_other"]


OF_THE_LARGE = "{name: by_other, element: applied-by-other, when: {field: size, equals: large},"


def test_what_is_to_come_online_is_more_than_there_is(garden: Path) -> None:
    now, target = "online_depth: {system: online-depth, code: '6'}\n", "{system: online-depth, code: '6'}"
    write(garden, ITEM, MATERIALS, f"{now}{MATERIALS}")
    wanted = f"online_target: {{depth: {target}, by: 2027-12-31}}\n"
    assert ": ONLINE-TARGET-NOT-DEEPER: " in only(told(garden, ITEM, MATERIALS, f"{wanted}{MATERIALS}"))
    assert told(garden, ITEM, now, now.replace("6", "5")) == []
