"""What an applicant handed in, with the words of the form it was asked by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tongban.cases.queries.view import CaseView, item_of
from tongban.cases.rules.answers import said
from tongban.cases.rules.drafting import SOURCE_WORDS
from tongban.cases.rules.serving import SIGNED_PAPER, SIGNED_PAPER_NAME
from tongban.cases.rules.telling import certificates_used, results_used
from tongban.catalogue import api as catalogue
from tongban.engine.forms import Field

NONE: Final[Mapping[int, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the form with its questions as (label, answer)."""

    title: str
    lines: list[tuple[str, str]]
    sources: Mapping[str, str] = field(default_factory=dict)
    """By label where an answer is from that the applicant did not type."""

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """The same lines, each with where its answer is from, or nothing."""
        return [(label, said, self.sources.get(label, "")) for label, said in self.lines]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was handed in, as what material. `size` in words; `picture`: a photo, small, if given."""

    id: int
    material: str
    name: str
    size: str
    picture: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A material that the case rests on and where it came from: the files handed in, or how it was spared.

    `identifier`: of the certificate that stood for it.
    """

    name: str
    source: str
    how: str = ""
    identifier: str = ""
    files: tuple[HandedIn, ...] = ()


@dataclass(frozen=True, slots=True)
class StoodFor:
    """A material that a certificate stood for, by its identifier."""

    material: str
    identifier: str


def answers_of(view: CaseView) -> list[Section]:
    """The answers as the form asked for them; none where the viewer may not read them. No statement."""
    if view.answers is None:
        return []
    form = item_of(view.state).form
    return [
        Section(
            step.title,
            [(each.label, said(each, view.answers[each.name])) for each in answered],
            {each.label: where for each in answered if (where := where_from(view, each))},
        )
        for step in form.steps
        if (answered := [each for each in step.fields if each.name in view.answers])
    ]


def where_from(view: CaseView, each: Field) -> str:
    """Where an answer is from; nothing where the applicant typed it."""
    return SOURCE_WORDS.get(view.sources.get(each.name, ""), "")


def materials_of(view: CaseView, pictures: Mapping[int, str] = NONE) -> list[HandedIn]:
    """The files handed in, by the names of the item's materials. No statement."""
    item = item_of(view.state)
    names = names_of(item)
    return [
        HandedIn(one.id, names.get(one.kind, one.kind), one.name, sized(one.size), pictures.get(one.id, ""))
        for one in view.materials
    ]


def names_of(item: catalogue.Item) -> dict[str, str]:
    """What every material is called that a case of this item may hold, by its kind."""
    return {one.kind: one.name for one in item.materials} | {SIGNED_PAPER: gettext(SIGNED_PAPER_NAME)}


FROM: Final[Mapping[str, str]] = {
    "certificate": noop("电子证照"),
    "shared": noop("部门共享"),
    "form": noop("系统生成"),
    "earlier-result": noop("以前的结果"),
}
"""Where a material comes from that nobody has to hand in."""


def sources_of(view: CaseView) -> list[Looked]:
    """Every material the case rests on, and where each came from; what was spared first. No statement."""
    if view.answers is None:
        return []
    item = item_of(view.state)
    handed_in: dict[str, list[HandedIn]] = {one.name: [] for one in item.materials}
    for file in materials_of(view):
        handed_in.setdefault(file.material, []).append(file)
    spared = {one.material: one.identifier for one in stood_for(view)}
    asked = item.materials_for(view.answers)
    stands = results_used(told.event for told in view.story)
    found = [
        _result_of(one, stands[one.kind])
        if one.kind in stands and one.name not in spared
        else _looked(one, tuple(handed_in[one.name]), spared.get(one.name))
        for one in asked
    ]
    return sorted((one for one in found if one is not None), key=lambda one: bool(one.files))


def _result_of(one: catalogue.Material, number: str) -> Looked:
    """A material for which the result of another case of the same joint service stands."""
    return Looked(one.name, gettext("前一件的结果"), gettext("用编号 %(number)s 的结果") % {"number": number})


def _looked(one: catalogue.Material, files: tuple[HandedIn, ...], identifier: str | None) -> Looked | None:
    """Where one material came from; None for one that need not be there and is not."""
    if files:
        return Looked(one.name, gettext("您上传的"), files=files)
    if identifier is not None:
        return Looked(one.name, gettext("电子证照"), gettext("由您已有的电子证照代替"), identifier=identifier)
    if one.may_be_handed_in:
        return None
    return Looked(one.name, gettext(FROM.get(one.source, one.source)), one.accept_stand)


def stood_for(view: CaseView) -> list[StoodFor]:
    """The materials that certificates stood for when the application was last handed in. No statement."""
    if view.purpose is None:
        return []
    item = item_of(view.state)
    names = {one.kind: one.name for one in item.materials}
    used = certificates_used(told.event for told in view.story)
    return [StoodFor(names.get(one.kind, one.kind), one.identifier) for one in used]


def sized(size: int) -> str:
    """A number of bytes, in words."""
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, size // 1024)} KB"
