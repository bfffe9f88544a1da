"""United forms ask each thing once, ask what members ask and no more, and answer every member's own form."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.forms import AnyOf, Equals, Field, Form, Kind, Option, Step, fields_of, holds, validate
from tongban.engine.joint import Asking, NotUnited, United, counted, unite
from tongban.engine.joint.tests.forms import COLOURS, FIRST, answers, askings, field


def united_or_skipped(members: list[Asking]) -> United | None:
    """Forms made up at random may hang on each other; nothing else keeps them apart."""
    try:
        return unite(FIRST, members)
    except NotUnited as error:
        if {one.code for one in error.clashes} != {"CIRCLE"}:
            raise
        return None


@given(askings(), st.data())
def test_whatever_is_answered_the_members_own_forms_are_answered_too(
    members: list[Asking], data: st.DataObject
) -> None:
    united = united_or_skipped(members)
    if united is None:
        return
    whole = validate(united.form, data.draw(answers(united.form)))
    assert whole.ok
    for one in members:
        if one.takes_part is None or holds(one.takes_part, whole.cleaned):
            own = validate(one.form, united.answers_of(one.member, whole.cleaned))
            assert own.ok, (one.member, own.faults)
    assert counted(united, members, whole.cleaned).together <= len(united.form.names)


@given(askings(), st.data())
def test_a_question_is_asked_exactly_when_a_member_that_takes_part_would_ask_it(
    members: list[Asking], data: st.DataObject
) -> None:
    united = united_or_skipped(members)
    if united is None:
        return
    values = validate(united.form, data.draw(answers(united.form))).cleaned
    wanted = {"wants"}
    for one in members:
        if one.takes_part is None or holds(one.takes_part, values):
            own = validate(one.form, united.answers_of(one.member, values)).cleaned
            wanted |= {
                united.places[one.member][each.name]
                for _, each, when in one.form.asked
                if when is None or holds(when, own)
            }
    asked = {each.name for _, each, when in united.form.asked if when is None or holds(when, values)}
    assert asked == wanted


@given(askings())
def test_each_element_is_asked_once_by_one_name_behind_what_it_hangs_on(members: list[Asking]) -> None:
    united = united_or_skipped(members)
    if united is None:
        return
    fields = [each for _, each, _ in united.form.asked]
    assert len({each.element for each in fields}) == len({each.name for each in fields}) == len(fields)
    assert {each.element for each in fields} == {"wants"} | {
        each.element for one in members for _, each, _ in one.form.asked
    }
    codes = [step.code for step in united.form.steps]
    assert len(set(codes)) == len(codes)
    assert codes[0] == "which"
    for at, each in enumerate(fields):
        before = {one.name for one in fields[:at]}
        assert each.when is None or fields_of(each.when) <= before


def form(*steps: tuple[str, tuple[Field, ...]]) -> Form:
    return Form(tuple(Step(code, code, fields) for code, fields in steps))


def test_a_promise_that_ends_every_form_ends_the_united_one_once() -> None:
    one = form(("applicant", (field("name", "name"),)), ("promise", (field("truth", "alone"),)))
    other = form(
        ("applicant", (field("name", "name"),)),
        ("shop", (field("place", "place"),)),
        ("promise", (field("truth", "alone"),)),
    )
    united = unite(FIRST, [Asking("one", one), Asking("other", other)])
    assert [step.code for step in united.form.steps] == ["which", "applicant", "shop", "promise"]
    assert united.asked_by["truth"] == (("one", "truth"), ("other", "truth"))


def test_an_answer_that_another_member_wanted_opens_no_question_of_this_one() -> None:
    asks = (
        field("known", "known"),
        field("colour", "colour", when=Equals("known", True)),
        field("place", "place", when=Equals("colour", "red")),
    )
    one, other = Asking("one", form(("a", asks))), Asking("other", form(("a", (field("colour", "colour"),))))
    united = unite(FIRST, [one, other])
    for known, asked in ((True, True), (False, False)):
        answers_given = {"wants": True, "known": known, "colour": "red", "place": "总府路 1 号"}
        assert ("place" in validate(united.form, answers_given).cleaned) is asked


def test_the_same_name_for_two_things_stays_two_questions() -> None:
    one, other = form(("a", (field("what", "name"),))), form(("a", (field("what", "place"),)))
    united = unite(FIRST, [Asking("one", one), Asking("other", other)])
    assert united.places == {"one": {"what": "what"}, "other": {"what": "what_2"}}


def test_what_a_member_means_otherwise_it_asks_for_itself() -> None:
    own = form(("a", (field("place", "place"), field("name", "name"))))
    apart = Asking("other", own, apart=frozenset({"place"}))
    united = unite(FIRST, [Asking("one", own), apart])
    assert united.places["other"] == {"place": "place_2", "name": "name"}


def test_the_narrower_limits_and_the_shared_options_hold() -> None:
    wide = Field("c", "colour", "c", Kind.CHOICES, options=COLOURS, limits={"least": 1}, required=False)
    narrow = replace(wide, options=COLOURS[:2], limits={"most": 2}, required=True)
    united = unite(FIRST, [Asking("one", form(("a", (wide,)))), Asking("other", form(("a", (narrow,))))])
    both = united.form.field("c")
    assert (both.options, dict(both.limits), both.required) == (COLOURS[:2], {"least": 1, "most": 2}, True)


def test_an_answer_that_could_satisfy_no_two_members_is_named() -> None:
    one = form(("a", (Field("c", "colour", "c", Kind.CHOICE, options=COLOURS[:1]),)))
    other = form(("a", (Field("c", "colour", "c", Kind.CHOICE, options=(Option("blue", "blue"),)),)))
    with pytest.raises(NotUnited) as caught:
        unite(FIRST, [Asking("one", one), Asking("other", other)])
    assert [(each.member, each.field, each.code, each.others) for each in caught.value.clashes] == [
        ("other", "c", "NO-ANSWER-FITS", ("one",))
    ]


def test_questions_that_hang_on_each_other_are_named() -> None:
    one = form(("a", (field("known", "known"), field("alone", "alone", when=Equals("known", True)))))
    other = form(("a", (field("alone", "alone"), field("known", "known", when=Equals("alone", True)))))
    takes = Equals("wants", True)
    with pytest.raises(NotUnited) as caught:
        unite(FIRST, [Asking("one", one, takes), Asking("other", other, takes)])
    assert {each.code for each in caught.value.clashes} == {"CIRCLE"}


def test_three_that_ask_a_name_ask_it_once_and_the_count_says_so() -> None:
    three = [Asking(f"m{at}", form(("a", (field("name", "name"), field("n", "count"))))) for at in range(3)]
    counts = counted(unite(FIRST, three), three, {"wants": True})
    assert (counts.apart, counts.together, counts.spared) == (6, 3, 3)


def chained(questions: int) -> Form:
    """Questions each of which is asked where one of the two before it was answered with yes."""
    asked = [
        Field(
            f"q{at}",
            f"e{at}",
            "问",
            Kind.BOOLEAN,
            when=AnyOf(tuple(Equals(f"q{before}", True) for before in (at - 1, at - 2) if before >= 0))
            if at
            else None,
        )
        for at in range(questions)
    ]
    return Form((Step("s", "步", tuple(asked)),))


def test_conditions_that_double_with_each_question_are_refused_before_they_are_made() -> None:
    assert unite(FIRST, [Asking("a", chained(10))]).form.names
    with pytest.raises(NotUnited) as error:
        unite(FIRST, [Asking("a", chained(17))])
    [clash] = error.value.clashes
    # Lengths 0, 1, 3, 6, 11 …: the sum passes 5,000 at the sixteenth question.
    assert (clash.member, clash.field, clash.code) == ("a", "q15", "TOO-LONG")
