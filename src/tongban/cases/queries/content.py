"""What an applicant handed in, with the words of the form it was asked by."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from tongban.cases.queries.view import CaseView
from tongban.catalogue import api as catalogue
from tongban.engine.forms import Field, Kind

NONE: Final[Mapping[int, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the form with its questions as (label, answer)."""

    title: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was handed in, as what material. `size` in words; `picture`: a photo, small, if given."""

    id: int
    material: str
    name: str
    size: str
    picture: str


def answers_of(view: CaseView) -> list[Section]:
    """The answers as the form asked for them; none where the viewer may not read them. No statement."""
    if view.answers is None:
        return []
    form = catalogue.item_version(view.state.head.item, view.state.head.item_version).form
    return [
        Section(step.title, [(each.label, _said(each, view.answers[each.name])) for each in answered])
        for step in form.steps
        if (answered := [each for each in step.fields if each.name in view.answers])
    ]


def materials_of(view: CaseView, pictures: Mapping[int, str] = NONE) -> list[HandedIn]:
    """The files handed in, by the names of the item's materials. No statement."""
    item = catalogue.item_version(view.state.head.item, view.state.head.item_version)
    names = {one.kind: one.name for one in item.materials}
    return [
        HandedIn(one.id, names.get(one.kind, one.kind), one.name, _sized(one.size), pictures.get(one.id, ""))
        for one in view.materials
    ]


def _said(field: Field, value: Any) -> str:
    labels = {option.code: option.label for option in field.options}
    if field.kind is Kind.BOOLEAN:
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(labels.get(str(one), str(one)) for one in value)
    return labels.get(value, str(value))


def _sized(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, size // 1024)} KB"
