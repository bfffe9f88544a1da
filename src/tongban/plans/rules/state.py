"""A measure as its events leave it: `evolve` never refuses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Final

from tongban.engine.calendar import legal_day
from tongban.kernel.ids import BodyCode, Version
from tongban.plans import events as told
from tongban.plans.events import Event
from tongban.plans.rules.terms import Term, later, term_of


class Stage(StrEnum):
    """Where a measure stands. The first three are what its lead says of it."""

    NOT_BEGUN = "not-begun"  # 还没开始
    UNDER_WAY = "under-way"  # 正在推进
    STUCK = "stuck"  # 遇到阻力
    DECLARED = "declared"  # 申报完成
    CONFIRMED = "confirmed"  # 销号
    DROPPED = "dropped"  # 调出方案


OPEN: Final = frozenset({Stage.NOT_BEGUN, Stage.UNDER_WAY, Stage.STUCK})
"""The stages in which it is still to be done."""
OVER: Final = frozenset({Stage.CONFIRMED, Stage.DROPPED})


NEW: Final = Version(0)


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure. `first`: the term it was given at first; `postponed`: how often that became later.

    `since`: the day it came into the register; `asked`: the term to which its lead asks to postpone it;
    `reported_on`: the last day its lead said how it stands; `confirmed_by`: the body that found it done.
    """

    number: str
    text: str
    job: str
    lead: BodyCode
    responsible: tuple[BodyCode, ...]
    term: Term
    first: Term
    since: date
    stage: Stage = Stage.NOT_BEGUN
    version: Version = NEW
    postponed: int = 0
    asked: Term | None = None
    reported_on: date | None = None
    declared_on: date | None = None
    confirmed_by: BodyCode | None = None

    @property
    def has_progress(self) -> bool:
        """Whether anything was said of it since it came into the register."""
        return self.reported_on is not None or self.stage is not Stage.NOT_BEGUN


def begun(event: told.MeasureAdded) -> MeasureState:
    """The measure that was added."""
    term = term_of(event.term)
    return MeasureState(
        number=event.number,
        text=event.text,
        job=event.job,
        lead=BodyCode(event.lead),
        responsible=tuple(map(BodyCode, event.responsible)),
        term=term,
        first=term,
        since=legal_day(event.at),
        version=Version(1),
    )


def fold(events: Iterable[Event]) -> MeasureState:
    """The measure whose story this is; its first event is that it was added."""
    story = iter(events)
    first = next(story)
    assert isinstance(first, told.MeasureAdded), "a story begins when its measure is added"
    return reduce(evolve, story, begun(first))


def evolve(state: MeasureState, event: Event) -> MeasureState:
    """The measure after this event."""
    return replace(_moved(state, event), version=Version(state.version + 1))


def _moved(state: MeasureState, event: Event) -> MeasureState:
    match event:
        case told.PartReported():
            return state
        case told.ProgressReported(stands=stands):
            return replace(state, stage=Stage(stands), reported_on=legal_day(event.at))
        case told.DoneDeclared():
            day = legal_day(event.at)
            return replace(state, stage=Stage.DECLARED, reported_on=day, declared_on=day, asked=None)
        case told.DoneConfirmed():
            return replace(state, stage=Stage.CONFIRMED, confirmed_by=BodyCode(event.body))
        case told.SentBack() | told.MeasureReopened():
            return replace(state, stage=Stage.UNDER_WAY, declared_on=None, confirmed_by=None)
        case told.MeasureDropped():
            return replace(state, stage=Stage.DROPPED, asked=None)
        case _:
            return _changed(state, event)


def _changed(state: MeasureState, event: Event) -> MeasureState:
    """What was undertaken is another now: its words, whose it is, by when."""
    match event:
        case told.MeasureAmended():
            return _amended(state, event)
        case told.LeadChanged(lead=lead):
            return replace(state, lead=BodyCode(lead), asked=None)
        case told.PostponementAsked(term=code):
            return replace(state, asked=term_of(code))
        case told.PostponementGranted(term=code):
            return _due_by(replace(state, asked=None), term_of(code))
        case told.PostponementDeclined():
            return replace(state, asked=None)
        case _:
            return state


def _amended(state: MeasureState, event: told.MeasureAmended) -> MeasureState:
    responsible = state.responsible if event.responsible is None else tuple(map(BodyCode, event.responsible))
    changed = replace(
        state,
        text=state.text if event.text is None else event.text,
        job=state.job if event.job is None else event.job,
        responsible=responsible,
    )
    return changed if event.term is None else _due_by(replace(changed, asked=None), term_of(event.term))


def _due_by(state: MeasureState, term: Term) -> MeasureState:
    """Later is counted, whoever decided it; the first term stays."""
    return replace(state, term=term, postponed=state.postponed + later(term, state.term))
