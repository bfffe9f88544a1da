"""By what an officer narrows a list by hand: one box each for item, colleague, light and stage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.desk.pages.narrowed import address_of
from tongban.directory import api as directory
from tongban.kernel.access import Deed, Thing, Viewer, allowed, reach

STAGES: Final = [one for one in cases.STAGE_NAMES if one not in cases.CLOSED]
"""The stages to choose from; what is over is found by its number."""


@dataclass(frozen=True, slots=True)
class Box:
    """One question of the form above a list: its options by value and words, one of them chosen or none."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def boxes_of(viewer: Viewer, narrowing: cases.Narrowing, today: date) -> list[Box]:
    """What may be chosen, with what is. No statement."""
    lights = [(str(one), words) for one, words in cases.LIGHT_NAMES.items()]
    stages = [(str(one), cases.STAGE_NAMES[one]) for one in STAGES]
    found = [
        Box("item", "事项", list(_items(viewer)), narrowing.item or ""),
        Box("officer", "在谁手上", _colleagues(viewer, today), str(narrowing.officer or "")),
        Box("light", "时限", lights, str(narrowing.light or "")),
        Box("stage", "走到哪一步", stages, str(narrowing.stage or "")),
    ]
    return [one for one in found if one.options and _holds(one.options, one.chosen)]


def kept_beside(narrowing: cases.Narrowing, boxes: Iterable[Box]) -> list[tuple[str, str]]:
    """What the list is narrowed to and no box asks, by name and value."""
    asked = {one.name: None for one in boxes}
    return parse_qsl(address_of(replace(narrowing, **asked)))  # type: ignore[arg-type]


def _holds(options: Iterable[tuple[str, str]], chosen: str) -> bool:
    """Whether a box can say what is chosen: a colleague who left, or an item of before, stays a filter."""
    return not chosen or chosen in {value for value, _ in options}


def _items(viewer: Viewer) -> Iterator[tuple[str, str]]:
    for item in catalogue.items():
        if any(
            allowed(viewer, Deed.READ_STORY, Thing(body=one.body, region=one.region)) for one in item.running
        ):
            yield item.slug, item.name


def _colleagues(viewer: Viewer, today: date) -> list[tuple[str, str]]:
    body = reach(viewer, Deed.READ_STORY).body
    return [(str(one.id), one.name) for one in directory.colleagues(body, today)] if body else []
