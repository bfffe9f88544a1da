"""Cases that were applied for together: who waits for whose result, and what comes of it.

A case that waits has no place in a queue and no clock: the office cannot begin, and nobody is late (our own;
行政许可法 Art. 32 counts from a complete application, and without the result this one is not complete).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tongban.cases.events import (
    CaseAwaitsAgain,
    CaseResultArrived,
    CaseResultStandsAgain,
    CaseResultUndone,
    CaseTerminated,
    CertificateUsed,
    Event,
    ResultStands,
)
from tongban.cases.rules.acting import legally
from tongban.cases.rules.intake import FOUND_AGAIN_AFTER
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState
from tongban.engine.calendar import Clock, legal_day
from tongban.kernel.figures import Limit

NO_RESULT: Final = "no-result"
"""The ground on which a case ends whose awaited result never comes."""


class Outcome(StrEnum):
    """What became of a case, as those see it who wait for its result."""

    OPEN = "open"
    THERE = "there"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands for materials once the results are there: results by kind, and certificates."""

    results: tuple[ResultStands, ...] = ()
    certificates: tuple[CertificateUsed, ...] = ()


def outcome_of(stage: Stage, granted: bool | None) -> Outcome:
    """Whether a result is there, is yet to come, or never comes."""
    if granted and stage in (Stage.GRANTED, Stage.DELIVERED, Stage.COMPLETED):
        return Outcome.THERE
    ended = (Stage.REFUSED, Stage.DELIVERED, Stage.COMPLETED, Stage.REVOKED, Stage.NOT_ACCEPTED)
    return Outcome.NEVER if stage in (*ended, Stage.WITHDRAWN, Stage.TERMINATED) else Outcome.OPEN


def decision_of(stage: Stage, granted: bool | None) -> str:
    """The kind of the decision that stands for a case; empty where none does."""
    if stage in (Stage.NOT_ACCEPTED, Stage.REVOKED):
        return str(stage)
    if stage in (Stage.GRANTED, Stage.REFUSED, Stage.DELIVERED, Stage.COMPLETED):
        return "granted" if granted else "refused"
    return ""


def never_comes(awaited: Mapping[str, Outcome]) -> str | None:
    """The case whose result will never come, where one of those is."""
    return next((number for number, outcome in awaited.items() if outcome is Outcome.NEVER), None)


def all_there(awaited: Mapping[str, Outcome]) -> bool:
    """Whether every result is there."""
    return all(outcome is Outcome.THERE for outcome in awaited.values())


def arrive(state: CaseState, *, at: datetime, law: Law, stands: Stands) -> CaseResultArrived | None:
    """The results are there, and the office can begin; nothing where it has begun or ended already."""
    if state.stage is not Stage.AWAITING_RESULT:
        return None
    event = CaseResultArrived(
        at=at,
        of=state.facts.after,
        received_on=legal_day(at),
        results=stands.results,
        certificates=stands.certificates,
    )
    if law.rule is not None:
        asks = at + FOUND_AGAIN_AFTER
        event = replace(event, rule=law.rule.name, asks_at=asks, asks_until=at + law.rule.asks_again_for)
    return legally(state, event, law)


def stop(state: CaseState, *, at: datetime, law: Law, of: str) -> CaseTerminated | None:
    """The result never comes: what needs it ends, and says why; nothing where it does not wait any more."""
    if state.stage is not Stage.AWAITING_RESULT:
        return None
    return legally(state, CaseTerminated(at=at, ground=NO_RESULT, of=of), law)


def ended_for(story: Iterable[Event]) -> CaseTerminated | None:
    """The ending of a case whose awaited result would never come; None where that is not how it ended."""
    ends = [one for one in story if isinstance(one, CaseTerminated)]
    return ends[-1] if ends and ends[-1].ground == NO_RESULT else None


def await_again(state: CaseState, *, at: datetime, law: Law, ended: CaseTerminated) -> CaseAwaitsAgain | None:
    """The result may come after all: what ended for want of it waits as before; nothing where it goes on."""
    if state.stage is not Stage.TERMINATED or ended.of is None:
        return None
    return legally(state, CaseAwaitsAgain(at=at, of=ended.of), law)


def missing(awaited: Mapping[str, Outcome]) -> tuple[str, ...]:
    """The cases whose result is not there."""
    return tuple(number for number, outcome in awaited.items() if outcome is not Outcome.THERE)


def relies(state: CaseState) -> bool:
    """Whether it began on the results of others, and is yet to be decided upon them."""
    return bool(state.facts.after) and state.undecided and state.stage is not Stage.AWAITING_RESULT


def result_undone(
    state: CaseState, awaited: Mapping[str, Outcome], *, at: datetime
) -> CaseResultUndone | None:
    """What it began on and does not stand any more; nothing where that was told already."""
    gone = tuple(one for one in missing(awaited) if one not in state.facts.undone)
    return CaseResultUndone(at=at, of=gone) if gone and relies(state) else None


def stands_again(
    state: CaseState, awaited: Mapping[str, Outcome], *, at: datetime, certificates: Sequence[CertificateUsed]
) -> CaseResultStandsAgain | None:
    """What did not stand any more and is there again, with what was issued of it; nothing where none is."""
    back = tuple(one for one in state.facts.undone if awaited[one] is Outcome.THERE)
    if not back or not relies(state):
        return None
    return CaseResultStandsAgain(at=at, of=back, certificates=tuple(certificates))


def promised_from(law: Law, received: date) -> date:
    """By when a case that arrives then is decided if its office keeps all it owes; OutsideCalendar past it.

    It may take the whole time that it has to say whether the case is taken in, for its promise begins only
    then (行政许可法 Arts. 32 and 42); where the law sets none, it is counted as taken in that very day.
    """
    notice = law.limit("notify_within", received)
    return promised_after(law, last_day(law, notice[0], received) if notice else received)


def promised_after(law: Law, accepted: date) -> date:
    """The last day of the promise of a case that was taken in then; OutsideCalendar past the calendar."""
    return last_day(law, law.promised, accepted)


def last_day(law: Law, limit: Limit, begins: date) -> date:
    """The last day of a limit of this law that begins then; OutsideCalendar past the calendar."""
    return Clock(limit=limit.value, started=begins, unit=limit.unit).due(law.calendar).due


def results_for(fed: Mapping[str, Iterable[str]], numbers: Mapping[str, str]) -> tuple[ResultStands, ...]:
    """By kind of material, the case whose result stands for it; `fed` names items, `numbers` their cases."""
    return tuple(
        ResultStands(kind=kind, case=numbers[item])
        for kind, items in sorted(fed.items())
        for item in items
        if item in numbers
    )


def whole(stages: Sequence[tuple[Stage, bool | None]]) -> bool:
    """Whether nothing more comes of any of these cases."""
    return all(outcome_of(stage, granted) is not Outcome.OPEN for stage, granted in stages)
