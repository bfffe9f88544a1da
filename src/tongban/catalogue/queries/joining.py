"""A joint service as its page tells it: what is needed after the answers so far, and what is spared."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.catalogue.rules.item import Item, Material
from tongban.catalogue.rules.joint import Joint
from tongban.catalogue.rules.situations import PREFIX
from tongban.engine.forms import Field, Kind, Value, holds
from tongban.engine.joint import Counts, Planned, ways


@dataclass(frozen=True, slots=True)
class JointMember:
    """An item of a joint service: `wanted` yes, no, or by an answer that is not there yet (`perhaps`).

    `after`: the names of those whose results it waits for.
    """

    item: Item
    why: str
    wanted: str
    optional: bool
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JointPage:
    """What the page shows: `questions` with their answers; what is counted, of the most that it may be."""

    questions: tuple[tuple[Field, Value | None], ...]
    told: tuple[str, ...]
    ended: str
    members: tuple[JointMember, ...]
    fields: Counts
    materials: Counts
    bring: tuple[Material, ...]
    query: tuple[tuple[str, str], ...]
    whole: bool


def joint_page(joint: Joint, given: Mapping[str, str]) -> JointPage:
    """The joint service after the answers in these parameters (`s-<element>`). No statement."""
    asked = [each for each in joint.plan.first.fields if not each.element.startswith("take-")]
    values = _values(asked, given)
    most = _most(joint, values)
    part = joint.plan.taking_part(most)
    names = {str(item.slug): item.name for item in joint.items}
    waits = joint.plan.waits(part)
    ending = joint.ending(values)
    shown = [each for each in asked if each.when is None or holds(each.when, values)]
    return JointPage(
        questions=tuple((each, values.get(each.name)) for each in shown),
        told=tuple(joint.told(values)),
        ended=ending.says if ending else "",
        members=tuple(
            JointMember(
                joint.item(one.item),
                one.why,
                _wanted(one, values, most),
                one.optional,
                tuple(names[other] for other in waits.get(one.item, ())),
            )
            for one in joint.plan.members
        ),
        fields=joint.counts(most),
        materials=joint.material_counts(most),
        bring=tuple(one for one in joint.materials_for(most) if one.may_be_handed_in),
        query=tuple(
            (f"{PREFIX}{each.element}", _written(values[each.name])) for each in shown if each.name in values
        ),
        whole=all(each.name in values for each in shown),
    )


def _values(asked: list[Field], given: Mapping[str, str]) -> dict[str, Value]:
    """The answers given, as far as they are answers to what is asked."""
    values: dict[str, Value] = {}
    for each in asked:
        text = given.get(PREFIX + each.element, "")
        if each.when is not None and not holds(each.when, values):
            continue
        if each.kind is Kind.BOOLEAN and text in ("true", "false"):
            values[each.name] = text == "true"
        elif any(option.code == text for option in each.options):
            values[each.name] = text
    return values


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _most(joint: Joint, values: Mapping[str, Value]) -> dict[str, Value]:
    """The way that agrees with these answers in which most items take part; endings aside, if any is left."""
    fitting = [
        way
        for way in ways(joint.plan.first.fields)
        if all(way.get(name) == value for name, value in values.items())
    ]
    open_ = [way for way in fitting if joint.ending(way) is None] or fitting
    return max(open_, key=lambda way: len(joint.plan.taking_part(way)))


def _wanted(one: Planned, values: Mapping[str, Value], most: Mapping[str, Value]) -> str:
    if one.takes_part is None:
        return "yes"
    if one.optional:
        return "choose" if one.is_in(most) else "no"
    if one.is_in(values):
        return "yes"
    return "perhaps" if one.is_in(most) else "no"
