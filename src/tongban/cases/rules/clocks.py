"""Deadlines, lights and timers, each a function of a case's facts.

Two clocks always: the statutory one decides legality, the promised one the lights (domain: 红黄牌).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any, Final

from django.utils.translation import gettext_noop as noop

from tongban.cases.rules.law import Law
from tongban.cases.rules.life import CLOSED, Stage
from tongban.cases.rules.place import asks_of, timers_of
from tongban.cases.rules.state import CaseState, Due, Facts
from tongban.engine.calendar import Calendar, Clock, Deadline, OutsideCalendar, Span
from tongban.kernel.figures import Limit
from tongban.kernel.lights import Light as Light

UNTOUCHED_AFTER = timedelta(hours=4)
"""A case taken and not touched goes back to its place after this time (our own rule of order)."""

WARN_AT_SHARE = 0.8
"""Yellow from 80 % of the promise used, or with one day left; no national threshold exists (our own)."""


LATER: Final = "later"
"""The deadline of what is still to be done once the result is delivered, as the flow has it."""

LATER_RULE: Final = noop("办理流程")


class TimerKind(StrEnum):
    """What the clock may do to a case by itself."""

    SILENCE = "silence"  # no notice in time: deemed accepted
    LAPSE = "lapse"  # no correction in the time a rule sets: terminated
    UNTOUCHED = "untouched"  # taken and not touched: back to its place
    FLOW = "flow"  # a timer that the item's drawing sets goes off
    ASK = "ask"  # a rule's register has not answered: asked again
    LOOK = "look"  # a step of the item's drawing asks its register
    FOLLOW = "follow"  # what became of it decides how those go on that wait for its result


@dataclass(frozen=True, slots=True)
class Timer:
    kind: TimerKind
    due_at: datetime


def deadlines(facts: Facts, law: Law) -> dict[str, Mapping[str, Any]]:
    """Every deadline that holds for these facts, by name; one past the whole calendar is left out."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, started, limits in _running(facts, law):
        try:
            # What the applicant is to do stops for no procedure of the office.
            stops = () if name == "supply" else facts.spans
            found[name] = _deadline(stops, law, started, limits)
        except OutsideCalendar:
            continue
    if facts.stage is Stage.DELIVERED and LATER in facts.deadlines:
        # Set by the flow and by no law: only another calendar moves it.
        found[LATER] = dated(Clock.from_record(facts.deadlines[LATER]["clock"]), law.calendar)
    return found


def _running(facts: Facts, law: Law) -> Iterator[tuple[str, date, list[tuple[Limit, str]]]]:
    """The periods under way: name, day 0, and the limits that add up to it."""
    match facts.stage:
        case Stage.SUBMITTED | Stage.RESUBMITTED:
            # The law sets no second period for checking corrections; the same five days are the reading
            # that favours the applicant (our own).
            since = facts.resubmitted_on or facts.received_on
            if since and (limit := law.limit("notify_within", since)):
                yield "notify", since, [limit]
        case Stage.AWAITING_CORRECTION:
            if facts.noticed_on and (limit := law.limit("correct_within", facts.noticed_on)):
                yield "correct", facts.noticed_on, [limit]
        case Stage.ACCEPTED | Stage.SPECIAL_PROCEDURE:
            yield from _decision(facts, law)
            if facts.owed and facts.tolerated_on and law.supply_within:
                yield "supply", facts.tolerated_on, [(law.supply_within, noop("办事指南"))]
        case Stage.GRANTED | Stage.REFUSED:
            if law.regime.decision_includes_delivery:
                yield from _decision(facts, law)
            elif facts.decided_on and (limit := law.limit("deliver_within", facts.decided_on)):
                yield "deliver", facts.decided_on, [limit]


def _decision(facts: Facts, law: Law) -> Iterator[tuple[str, date, list[tuple[Limit, str]]]]:
    assert facts.accepted_on is not None
    extension: list[tuple[Limit, str]] = []
    if facts.extended_by and facts.extended_unit:
        granted = law.limit("extend_by", facts.accepted_on)
        extension = [(Limit(facts.extended_by, facts.extended_unit), granted[1] if granted else "")]  # type: ignore[arg-type]
    yield "promised", facts.accepted_on, [(law.promised, noop("公开承诺")), *extension]
    since, limit = _statute(facts, law)
    if limit is not None:
        yield "statutory", since, [limit, *extension]


def _statute(facts: Facts, law: Law) -> tuple[date, tuple[Limit, str] | None]:
    """The statute that runs and since when: to decide; below, to examine what another decides.

    Who examines has days of their own from acceptance, and who decides theirs from the day it was sent up
    (行政许可法 Arts. 42 and 43). A limit of the item's own law counts from acceptance for both together.
    """
    assert facts.accepted_on is not None
    if facts.forwarded_on is None or law.from_acceptance == "decide_within":
        return facts.accepted_on, law.limit(law.from_acceptance, facts.accepted_on)
    return facts.forwarded_on, law.limit("decide_within", facts.forwarded_on)


def _deadline(
    stops: tuple[Span, ...], law: Law, started: date, limits: list[tuple[Limit, str]]
) -> Mapping[str, Any]:
    """One deadline as it is stored. An extension in the same unit lengthens the limit."""
    total = sum(limit.value for limit, _ in limits)
    clock = Clock(
        limit=total,
        started=started,
        stops=stops,
        unit=limits[0][0].unit,
        rule=" + ".join(source for _, source in limits),
    )
    return dated(clock, law.calendar)


def dated(clock: Clock, calendar: Calendar) -> Mapping[str, Any]:
    """The deadline of a clock as it is stored; OutsideCalendar where it runs past the whole calendar."""
    return {**clock.due(calendar).as_record(), "warn": _warns(clock, calendar).isoformat()}


def _warns(clock: Clock, calendar: Calendar) -> date:
    """The first yellow day: 80 % used, or one day left, whichever comes first."""
    if clock.unit not in ("workday", "day"):
        return clock.due(calendar).due
    used = min(max(clock.limit - 1, 0), ceil(clock.limit * WARN_AT_SHARE))
    return replace(clock, limit=used).due(calendar).due


def light(facts: Facts, today: date) -> Light | None:
    """The light of the promise; before acceptance, of the notice; after the decision, of what is to come."""
    due = lit_by(facts)
    return light_of(due.day, due.warn, facts.stopped_since, today) if due else None


def lit_by(facts: Facts) -> Due | None:
    """The deadline whose light a case shows, if one runs that the office has to keep."""
    names = ("promised", "notify", "deliver", LATER)
    return next((due for name in names if (due := facts.due(name))), None)


def light_of(due: date | None, warn: date | None, stopped: date | None, today: date) -> Light | None:
    """The light of a deadline; a stopped case keeps the light of the day it was stopped."""
    if due is None or warn is None:
        return None
    day = min(today, stopped) if stopped else today
    if day > due:
        return Light.RED
    return Light.YELLOW if day >= warn else Light.GREEN


def timers(state: CaseState, law: Law) -> list[Timer]:
    """What the clock will do if nobody acts. No legal effect hangs on a provisional deadline."""
    found = []
    facts, turn = state.facts, state.turn
    notify, correct = facts.due("notify"), facts.due("correct")
    if notify and not notify.provisional and law.regime.silence_is_acceptance:
        found.append(Timer(TimerKind.SILENCE, _after(notify.how)))
    if correct and not correct.provisional:
        found.append(Timer(TimerKind.LAPSE, _after(correct.how)))
    if turn.taken_by and turn.taken_at and not turn.touched and state.worked_on:
        found.append(Timer(TimerKind.UNTOUCHED, turn.taken_at + UNTOUCHED_AFTER))
    if facts.asks_at and state.awaits_rule:
        found.append(Timer(TimerKind.ASK, facts.asks_at))
    if drawn := timers_of(state, law.net):
        found.append(Timer(TimerKind.FLOW, drawn[0][0]))
    if asks := asks_of(state):
        found.append(Timer(TimerKind.LOOK, min(datetime.fromisoformat(one["at"]) for one in asks.values())))
    if facts.joint and facts.stands_since and (state.stage in _FOLLOWED or facts.restored_at):
        found.append(Timer(TimerKind.FOLLOW, facts.stands_since))
    return found


_FOLLOWED = CLOSED | {Stage.GRANTED, Stage.REFUSED, Stage.DELIVERED}
"""What others may have waited for: told again with every later act, and then nothing is left to do."""


def _after(record: Mapping[str, Any]) -> datetime:
    """The instant from which it is too late: 24:00 of the last day."""
    return Deadline.from_record(record).ends
