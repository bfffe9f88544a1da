"""Forms over a few shared data elements, made up at random, and answers to them."""

from typing import Any

from hypothesis import strategies as st

from tongban.engine.forms import Equals, Field, Form, Kind, OneOf, Option, Present, Step
from tongban.engine.joint import Asking

COLOURS = tuple(Option(code, code) for code in ("red", "green", "blue"))
ELEMENTS = {
    "name": Kind.TEXT,
    "colour": Kind.CHOICE,
    "known": Kind.BOOLEAN,
    "count": Kind.NUMBER,
    "place": Kind.ADDRESS,
    "alone": Kind.BOOLEAN,
    "shade": Kind.CHOICE,
}
FIRST = Step("which", "哪些", (Field("wants", "wants", "要不要", Kind.BOOLEAN),))
TAKES_PART = (None, Equals("wants", True), Equals("wants", False))


def field(name: str, element: str, **more: Any) -> Field:
    """A question for a data element."""
    kind = ELEMENTS[element]
    return Field(name, element, element, kind, options=COLOURS if kind is Kind.CHOICE else (), **more)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Each element once at most; conditions speak of questions before."""
    elements = draw(st.lists(st.sampled_from(sorted(ELEMENTS)), unique=True, min_size=1))
    codes = sorted(draw(st.lists(st.sampled_from("abc"), min_size=len(elements), max_size=len(elements))))
    before: list[Field] = []
    steps: dict[str, list[Field]] = {}
    for code, element in zip(codes, elements, strict=True):
        name = draw(st.sampled_from((element, f"{element}_here")))
        hangs = draw(st.booleans())
        when = draw(st.sampled_from(before).map(_about)) if before and hangs else None
        before.append(field(name, element, required=draw(st.booleans()), when=when))
        steps.setdefault(code, []).append(before[-1])
    return Form(tuple(Step(code, code, tuple(fields)) for code, fields in steps.items()))


def _about(each: Field) -> Equals | OneOf | Present:
    if each.kind is Kind.BOOLEAN:
        return Equals(each.name, True)
    return OneOf(each.name, ("red", "blue")) if each.kind is Kind.CHOICE else Present(each.name)


@st.composite
def askings(draw: st.DrawFn) -> list[Asking]:
    """Two to five members with their forms."""
    number = draw(st.integers(2, 5))
    return [Asking(f"m{at}", draw(forms()), draw(st.sampled_from(TAKES_PART))) for at in range(number)]


GIVEN = {
    Kind.TEXT: "王秀丽",
    Kind.ADDRESS: "总府路 1 号",
    Kind.NUMBER: 3,
}


@st.composite
def answers(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Something for every question, asked or not; a few are left out."""
    given: dict[str, Any] = {}
    for _, each, _ in form.asked:
        if each.kind is Kind.BOOLEAN:
            given[each.name] = draw(st.booleans())
        elif each.kind is Kind.CHOICE:
            given[each.name] = draw(st.sampled_from([one.code for one in each.options]))
        else:
            given[each.name] = GIVEN[each.kind]
        if not each.required and draw(st.booleans()):
            del given[each.name]
    return given
