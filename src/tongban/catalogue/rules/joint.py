"""A published version of a joint service, as a value: its items as published, and what they ask together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from tongban.catalogue.rules.item import Coded, Item, Material, Need, Office, Service
from tongban.engine.forms import Condition, Form, Step, Value
from tongban.engine.joint import (
    Asking,
    Counts,
    Plan,
    Planned,
    United,
    all_of,
    any_of,
    counted,
    plan_of,
    translated,
    unite,
)
from tongban.kernel.figures import Limit, Source
from tongban.kernel.ids import ItemCode, RegionCode

NAMED: Final = 3
"""So many items that need an answer are named; of more the number is told."""

_NEEDS: Final[Sequence[Need]] = ("not-demanded", "optional", "later", "required")


@dataclass(frozen=True, slots=True)
class Ending:
    """An answer to a first question that means: this joint service is not for you; `says` what is."""

    field: str
    answer: Value
    says: str


@dataclass(frozen=True, slots=True)
class Joint(Service):
    """Several items as one. `items` are the members in the order of the plan, each as published by then.

    `united` is their one form; `kinds` says by member under which kind the united materials hold each of its
    own. `form` is the united form with who needs each answer told in it.
    """

    says: str
    law: tuple[Source, ...]
    plan: Plan
    items: tuple[Item, ...]
    united: United
    kinds: Mapping[ItemCode, Mapping[str, str]]
    endings: tuple[Ending, ...]
    tellings: tuple[Ending, ...]

    @property
    def departments(self) -> tuple[str, ...]:
        """Every department that handles one of its items."""
        return tuple(dict.fromkeys((self.department, *(item.department for item in self.items))))

    def item(self, slug: str) -> Item:
        """The member of that name; KeyError if there is none."""
        return {str(one.slug): one for one in self.items}[slug]

    def taking_part(self, answers: Mapping[str, Value]) -> list[tuple[Planned, Item]]:
        """The members that these answers call for, each with its item."""
        return [(one, self.item(one.item)) for one in self.plan.taking_part(answers)]

    def ending(self, answers: Mapping[str, Value]) -> Ending | None:
        """The answer by which this joint service is not for who gave it; None where it is."""
        return next((one for one in self.endings if answers.get(one.field) == one.answer), None)

    def told(self, answers: Mapping[str, Value]) -> list[str]:
        """What these answers to the first questions mean, in plain words."""
        return [one.says for one in self.tellings if answers.get(one.field) == one.answer]

    def counts(self, answers: Mapping[str, Value]) -> Counts:
        """How many questions these answers leave, asked apart and together."""
        return counted(self.united, _askings(self.plan, self.items), answers)

    def material_counts(self, answers: Mapping[str, Value]) -> Counts:
        """How many materials must be handed in where each item asks for its own, and with each kind once."""
        apart = sum(
            one.must_be_handed_in
            for planned, item in self.taking_part(answers)
            for one in item.materials_for(self._own(planned.item, answers))
        )
        return Counts(apart, sum(one.must_be_handed_in for one in self.materials_for(answers)))

    def _own(self, member: str, answers: Mapping[str, Value]) -> dict[str, Value]:
        return self.united.answers_of(member, answers)


def joint_of(document: Mapping[str, Any], items: Sequence[Item], *, version: int, digest: str) -> Joint:
    """The joint service of a document made by engine.packs, with its items in the order of its members."""
    data = document["joint"]
    names = {str(item.slug): item.name for item in items}
    plan = plan_of(
        data, title=_("先问几句"), choosing=lambda slug: _("要不要一起办“%(item)s”？") % {"item": names[slug]}
    )
    united = unite(plan.first, _askings(plan, items))
    kinds = {item.slug: _kinds(planned, item) for planned, item in zip(plan.members, items, strict=True)}
    told = [
        (Ending(question["name"], one["answer"], one["says"]), one.get("ends", False))
        for question in data["questions"]
        for one in question["tells"]
    ]
    return Joint(
        slug=ItemCode(document["slug"]),
        version=version,
        digest=digest,
        name=data["name"],
        sample=data["sample"],
        words=tuple(data["words"]),
        audience=tuple(Coded(**one) for one in data["audience"]),
        department=data["lead"],
        promised=Limit(data["promise"]["value"], data["promise"]["unit"]),
        materials=tuple(_materials(plan, items, united, kinds)),
        offices=tuple(_offices(items)),
        form=_told_who_needs(united, names),
        says=data["says"],
        law=tuple(_source(one) for one in data["law"]),
        plan=plan,
        items=tuple(items),
        united=united,
        kinds=kinds,
        endings=tuple(one for one, ends in told if ends),
        tellings=tuple(one for one, ends in told if not ends),
    )


def _source(data: Mapping[str, Any]) -> Source:
    return Source(data["law"], data["article"], data["sense"], data["checked"], data.get("source", ""))


def _askings(plan: Plan, items: Sequence[Item]) -> list[Asking]:
    return [
        Asking(planned.item, item.form, planned.takes_part, planned.apart)
        for planned, item in zip(plan.members, items, strict=True)
    ]


def _told_who_needs(united: United, names: Mapping[str, str]) -> Form:
    """The united form, in which each question says which items need it, beside why."""
    steps = []
    for step in united.form.steps:
        fields = []
        for each in step.fields:
            needed = [names[member] for member, _own in united.asked_by[each.name]]
            fields.append(replace(each, why=_why(needed, each.why)) if needed else each)
        steps.append(Step(step.code, step.title, tuple(fields), step.when))
    return Form(tuple(steps))


def _why(needed: Sequence[str], why: str) -> str:
    listed = _("、").join(needed[:NAMED])
    if len(needed) > NAMED:
        told = _("%(items)s等 %(number)s 件事要用。") % {"items": listed, "number": len(needed)}
    else:
        told = _("%(items)s要用。") % {"items": listed}
    return f"{told}{why}"


def _kinds(planned: Planned, item: Item) -> dict[str, str]:
    """Under which kind the united materials hold each of this member's."""
    return {
        one.kind: f"{one.kind}-of-{planned.item}" if one.kind in planned.apart else one.kind
        for one in item.materials
    }


def _materials(
    plan: Plan, items: Sequence[Item], united: United, kinds: Mapping[ItemCode, Mapping[str, str]]
) -> Iterator[Material]:
    """Every kind once, in the order of the members; the forms that the answers make are each item's own."""
    found: dict[str, list[tuple[Material, Condition | None]]] = {}
    for planned, item in zip(plan.members, items, strict=True):
        places = united.places[planned.item]
        for one in item.materials:
            own = None if one.when is None else translated(one.when, item.form, places)
            if not one.is_form:
                when = all_of(planned.takes_part, own)
                found.setdefault(kinds[item.slug][one.kind], []).append((one, when))
    for kind, several in found.items():
        yield _one_material(kind, several)


def _one_material(kind: str, several: Sequence[tuple[Material, Condition | None]]) -> Material:
    handed = [(one, when) for one, when in several if one.may_be_handed_in] or several
    first = max((one for one, _when in handed), key=lambda one: _NEEDS.index(one.need))
    return replace(
        first,
        kind=kind,
        purpose=_("；").join(dict.fromkeys(one.purpose for one, _when in several)),
        by_law=tuple(dict.fromkeys(law for one, _when in several for law in one.by_law)),
        when=any_of([when for _one, when in handed]),
    )


def _offices(items: Sequence[Item]) -> Iterator[Office]:
    """Where all of them are handled: the offices of the first item where every other has one too."""
    first, *others = items
    for office in first.offices:
        if all(other.office_in(RegionCode(office.region)) for other in others):
            yield office
