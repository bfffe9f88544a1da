"""A form page by page: no more than five questions, none lost, none that hangs on its own page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases.rules.steps import MOST_QUESTIONS, Progress, next_code, pages_of, progress_of, reading_of
from tongban.engine.forms import Equals, Field, Form, Kind, Option, Step, fields_of

names = st.lists(st.sampled_from("abcdefghijklmnopqrst"), unique=True, min_size=1)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of one to three steps; each question may hang on the answer to an earlier one."""
    before: list[str] = []
    steps = []
    left = draw(names)
    for number in range(draw(st.integers(1, 3))):
        fields = []
        for name in [one for place, one in enumerate(left) if place % 3 == number] or [f"z{number}"]:
            hangs_on = draw(st.none() | st.sampled_from(before)) if before else None
            when = None if hangs_on is None else Equals(hangs_on, True)
            fields.append(Field(name, "element", name, Kind.BOOLEAN, when=when))
            before.append(name)
        steps.append(
            Step(draw(st.sampled_from(["check", "who", "one"])) + str(number), "标题", tuple(fields))
        )
    return Form(tuple(steps))


@given(forms())
def test_every_question_stands_on_exactly_one_page_in_its_order(form: Form) -> None:
    on_pages = [each.name for page in pages_of(form) for each in page.fields]
    assert on_pages == [each.name for _, each, _ in form.asked]


@given(forms())
def test_a_page_has_at_most_five_questions_and_an_address_of_its_own(form: Form) -> None:
    pages = pages_of(form)
    assert all(1 <= len(page.fields) <= MOST_QUESTIONS for page in pages)
    assert len({page.code for page in pages}) == len(pages)


@given(forms())
def test_no_question_hangs_on_an_answer_of_its_own_page(form: Form) -> None:
    for page in pages_of(form):
        here = {each.name for each in page.fields}
        assert all(each.when is None or not fields_of(each.when) & here for each in page.fields)


def test_a_step_whose_code_is_an_address_of_the_draft_gets_another() -> None:
    form = Form((Step("check", "核对", (Field("a", "e", "甲", Kind.TEXT),)),))
    assert [page.code for page in pages_of(form)] == ["check-1"]


def test_six_questions_make_two_pages_of_three() -> None:
    form = Form((Step("s", "题", tuple(Field(name, "e", name, Kind.TEXT) for name in "abcdef")),))
    assert [len(page.fields) for page in pages_of(form)] == [3, 3]
    assert [(page.code, page.part, page.parts) for page in pages_of(form)] == [("s-1", 1, 2), ("s-2", 2, 2)]


A_CHOICE = Field("kind", "e", "哪一种", Kind.CHOICE, options=(Option("a", "甲"), Option("b", "乙")))
HANGS_ON_B = Field("more", "e", "乙的名称", Kind.TEXT, when=Equals("kind", "b"))
IF_YOU_LIKE = Field("remarks", "e", "还想说的", Kind.TEXT, required=False)
FORM = Form((Step("s", "题", (A_CHOICE, HANGS_ON_B)),))


@pytest.mark.parametrize(
    ("answers", "saved", "expected"),
    [
        ({}, [], [Progress.TO_DO, Progress.NOT_ASKED]),
        ({"kind": "a"}, [], [Progress.DONE, Progress.NOT_ASKED]),
        ({"kind": "b"}, ["s-1"], [Progress.DONE, Progress.TO_DO]),
        ({"kind": "b"}, ["s-1", "s-2"], [Progress.DONE, Progress.TO_MEND]),
        ({"kind": "nonsense"}, ["s-1"], [Progress.TO_MEND, Progress.NOT_ASKED]),
        ({"kind": "b", "more": "店"}, [], [Progress.DONE, Progress.DONE]),
    ],
)
def test_how_far_a_page_is(answers: dict[str, str], saved: list[str], expected: list[Progress]) -> None:
    reading = reading_of(FORM, answers)
    assert [progress_of(page, reading, answers, frozenset(saved)) for page in pages_of(FORM)] == expected


def test_a_page_that_may_be_left_out_is_not_to_be_done() -> None:
    form = Form((Step("s", "题", (IF_YOU_LIKE,)),))
    [page], reading = pages_of(form), reading_of(form, {})
    assert progress_of(page, reading, {}, frozenset()) is Progress.OPTIONAL
    assert progress_of(page, reading, {}, frozenset({"s"})) is Progress.DONE


def test_the_next_page_is_the_next_that_is_to_be_done_and_then_the_first() -> None:
    order = ["a", "b", "c", "d"]
    assert next_code("b", order, ["a", "d"]) == "d"
    assert next_code("d", order, ["a", "d"]) == "a"
    assert next_code("d", order, ["d"]) is None


def test_a_page_says_what_is_wrong_on_it_and_nothing_of_others() -> None:
    reading = reading_of(FORM, {"kind": "b"})
    first, second = pages_of(FORM)
    assert reading.faults_on(first) == []
    assert [fault.field for fault in reading.faults_on(second)] == ["more"]
