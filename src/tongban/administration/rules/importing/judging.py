"""The four sheets, one after the other: what stands before decides about what comes behind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tongban.administration.rules.importing.people import judge_people
from tongban.administration.rules.importing.places import judge_bodies, judge_posts, judge_regions
from tongban.administration.rules.importing.sheets import BODIES, PEOPLE, POSTS, REGIONS
from tongban.administration.rules.importing.trying import Trying
from tongban.administration.rules.shape import Shape
from tongban.administration.rules.steps import DirectoryStep
from tongban.engine.sheets import Book, Fault, in_order
from tongban.kernel.ids import RegionCode

_ORDER: Final = (
    (REGIONS, judge_regions),
    (BODIES, judge_bodies),
    (POSTS, judge_posts),
    (PEOPLE, judge_people),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The steps a sheet asks for, or its faults; `same`: how many rows stand so already."""

    steps: list[DirectoryStep] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0


def judge(book: Book, shape: Shape, within: Callable[[RegionCode], bool], today: date) -> Judged:
    """Every fault of every sheet at once, and no step; or no fault, and the steps in their order.

    `within`: whether a region lies in the reach of who asks. What is not in the sheets stays as it is. The
    same sheets again, after their steps, ask for nothing.
    """
    trying = Trying(shape.copy(), within, today, list(book.faults))
    for name, judged in _ORDER:
        judged(book.rows.get(name, []), trying)
    if trying.faults:
        return Judged(faults=in_order(trying.faults, [name for name, _ in _ORDER]))
    return Judged(steps=trying.steps, same=trying.same)
