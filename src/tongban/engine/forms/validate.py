"""Judging the answers to a form: every fault at once, cleaned values, and never an exception."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongban.engine.forms.condition import holds
from tongban.engine.forms.kinds import Value, Wrong
from tongban.engine.forms.model import Field, Form, Step
from tongban.engine.phrase import phrase

NAMED_UNKNOWN = 20
"""How many unknown fields are named one by one, so that a hostile request cannot make its answer huge."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: which field of which step, a stable code, and what is wrong and what to do: phrases.

    It never repeats the answer itself, so that a fault may be logged. `field` and `step` are empty where the
    fault belongs to none.
    """

    field: str
    step: str
    code: str
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Validation:
    """The cleaned values by field, and every fault. The values are complete only without faults."""

    cleaned: dict[str, Value]
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def validate(form: Form, answers: object) -> Validation:
    """Judge any JSON value as the answers to this form.

    A field whose condition does not hold was not asked: an answer to it is dropped without fault, for a page
    without scripts posts every field, and what was not asked must not be kept. Conditions see only cleaned
    values of fields asked before, so a dropped or faulty answer counts as absent. A name the form does not
    know is a fault. Empty means null, blank text or an empty list.
    """
    if not isinstance(answers, Mapping):
        return Validation({}, (_NOT_ANSWERS,))
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for step, field, when in form.asked:
        if when is not None and not holds(when, values):
            continue
        given = answers.get(field.name)
        if given is None or given == [] or (isinstance(given, str) and not given.strip()):
            if field.required:
                faults.append(_missing(step, field))
            continue
        try:
            values[field.name] = field.clean(given)
        except Wrong as wrong:
            says = phrase("%(label)s：%(says)s", label=field.label, says=wrong.says)
            faults.append(Fault(field.name, step.code, wrong.code, says, wrong.do))
    if not answers.keys() <= form.names:
        faults.extend(_unknown([str(name) for name in answers if name not in form.names]))
    return Validation(values, tuple(faults))


def _missing(step: Step, field: Field) -> Fault:
    return Fault(
        field.name,
        step.code,
        "form.missing",
        phrase("%(label)s：还没有填。", label=field.label),
        phrase("请填写这一项。"),
    )


def _unknown(names: list[str]) -> Iterator[Fault]:
    for name in names[:NAMED_UNKNOWN]:
        yield Fault(
            # A lone surrogate, which JSON can carry, could not be sent back.
            name[:64].encode("utf-8", "replace").decode(),
            "",
            "form.unknown-field",
            phrase("这张表里没有这一项。"),
            phrase("请去掉它；程序请按事项公布的表单传字段。"),
        )
    if len(names) > NAMED_UNKNOWN:
        more = len(names) - NAMED_UNKNOWN
        yield Fault(
            "",
            "",
            "form.unknown-field",
            phrase("另外还有 %(more)s 项不在这张表里。", more=more),
            phrase("请去掉所有不认识的字段。"),
        )


_NOT_ANSWERS = Fault(
    "",
    "",
    "form.not-answers",
    phrase("提交的内容不是一张填好的表。"),
    phrase("程序请传一个对象：字段名对应填写的值。"),
)
