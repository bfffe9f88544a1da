"""Which open cases another calendar would move, and how."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tongban.cases.models.stored import state_of
from tongban.cases.rules import review
from tongban.cases.rules.law import law_of
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import Calendar
from tongban.kernel.ids import RegionCode
from tongban.kernel.sql import load, run

_NAMES: Final = {
    "notify": "答复是否受理",
    "correct": "补正",
    "supply": "补交材料",
    "promised": "承诺办结",
    "statutory": "法定办结",
    "deliver": "送达",
    "later": "送达以后还要办的",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline of a case that would fall on another day, or would not be provisional any more."""

    number: str
    region: RegionCode
    name: str
    before: date
    after: date


def would_move(calendar: Calendar, *, at: datetime) -> list[Moved]:
    """The provisional deadlines of open cases that fall on another day under this calendar; nothing is done.

    One statement for 500 cases.
    """
    return [moved for row in _provisional() for moved in _moved(row, calendar, at)]


def _moved(row: tuple[Any, ...], calendar: Calendar, at: datetime) -> Iterator[Moved]:
    state = state_of(row)
    law = law_of(catalogue.item_version(state.head.item, state.head.item_version), calendar)
    event = review.recompute(state, at=at, law=law)
    for name, held in state.facts.deadlines.items() if event else ():
        before = _day(held)
        told = event.deadlines.get(name) if event else None
        after = _day(told) if told else before
        if after != before:
            yield Moved(state.head.number, state.head.region, _NAMES.get(name, name), before, after)


def _day(record: Mapping[str, Any]) -> date:
    # A deadline in hours has its instant there.
    return date.fromisoformat(record["due"][:10])


def _provisional() -> Iterator[tuple[Any, ...]]:
    after = 0
    while rows := run(load("tongban.cases", "provisional"), (after,)):
        yield from rows
        after = rows[-1][0]
