"""Figures: how it stands with the cases of a body or a region, item by item."""

from dataclasses import dataclass, fields
from datetime import datetime

from tongban.cases.queries.lists import HERE
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, Viewer, allow, reach
from tongban.kernel.ids import ItemCode
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cases. Of the open ones: those that wait in a queue, are with the applicant, whose clock is
    stopped, and whose light is yellow or red. `granted` and `refused` are decisions that stand."""

    received: int = 0
    open: int = 0
    waiting: int = 0
    with_applicant: int = 0
    stopped: int = 0
    yellow: int = 0
    red: int = 0
    granted: int = 0
    refused: int = 0
    ended_otherwise: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Figures)))


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """The figures of one item, by the name it has now."""

    item: ItemCode
    name: str
    figures: Figures


def figures_of(viewer: Viewer, *, at: datetime) -> list[ItemFigures]:
    """The figures of everything this leader or supervisor answers for, most open first. One statement."""
    seen = reach(viewer, Deed.SEE_FIGURES)
    if seen.body is None and seen.region is None:
        # Asked of nothing in particular, the table refuses whoever answers for nothing.
        allow(viewer, Deed.SEE_FIGURES, Thing())
    rows = run(load(HERE, "figures"), (seen.body, seen.region, legal_day(at)))
    return [ItemFigures(item, name, Figures(*counts)) for item, name, *counts in rows]
