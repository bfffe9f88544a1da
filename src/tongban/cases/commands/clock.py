"""What the clock does by itself: silence, lapse, the untouched case, a newly published year, completion."""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from django.db import OperationalError

from tongban.cases.commands.change import Change, changing
from tongban.cases.commands.deciding import decide_by_rule
from tongban.cases.commands.flowing import fire_timers
from tongban.cases.commands.following import follow
from tongban.cases.commands.looking_up import look_up
from tongban.cases.models.stored import number_of
from tongban.cases.rules import intake, review, turns
from tongban.cases.rules.clocks import TimerKind
from tongban.kernel.ids import BodyCode, CaseId
from tongban.kernel.sql import run

log = structlog.get_logger(__name__)

SWEEP = 200
"""Timers asked for at a time."""


def fire_due(at: datetime, *, body: BodyCode | None = None) -> int:
    """Do what is due by now, of one body if named, each in its own transaction; how many were tended to.

    Two sweepers may find the same timer: the case's lock lets one act, the other then finds nothing to do.
    A case that cannot be tended to is logged and does not keep the others waiting; a lost database ends it.
    """
    tended, after = 0, (_FIRST, 0)
    while found := _due(at, after, body):
        for number, kind, due_at, timer in found:
            after = (due_at, timer)
            try:
                _fire(number, TimerKind(kind), at)
                tended += 1
            except OperationalError:
                raise
            except Exception as error:
                log.error("cases.timer-failed", number=number, kind=kind, exc_info=error)
    return tended


_FIRST = datetime.min.replace(tzinfo=UTC)


def _due(
    at: datetime, after: tuple[datetime, int], body: BodyCode | None
) -> list[tuple[str, str, datetime, int]]:
    return run(
        "select c.number, t.kind, t.due_at, t.id from cases_timer t join cases_case c on c.id = t.case_id"
        " where t.due_at <= $1::timestamptz and (t.due_at, t.id) > ($2::timestamptz, $3::bigint)"
        " and ($5::text is null or c.body = $5::text) order by t.due_at, t.id limit $4::int",
        (at, *after, SWEEP, body),
    )


def complete(number: str, *, at: datetime) -> None:
    """A delivered case is complete, unless its flow goes on; told twice, it is done once."""
    with changing(number, at=at) as change:
        change.record(review.complete(change.state, at=at, law=change.law))


def complete_delivered(case: CaseId, *, at: datetime) -> None:
    """What was told as delivered is complete."""
    complete(number_of(case), at=at)


def recompute_deadlines(at: datetime) -> int:
    """Compute provisional deadlines anew under the calendar now in force; returns how many cases moved."""
    moved, after = 0, 0
    while found := _provisional(after):
        for case, number in found:
            with changing(number, at=at) as change:
                event = review.recompute(change.state, at=at, law=change.law)
                change.record(event)
                moved += event is not None
            after = case
    return moved


def _provisional(after: int) -> list[tuple[CaseId, str]]:
    return run(
        "select id, number from cases_case where open and provisional and id > $1::bigint"
        " order by id limit 500",
        (after,),
    )


def _fire(number: str, kind: TimerKind, at: datetime) -> None:
    if kind is TimerKind.ASK:  # It asks a register, which no transaction may wait for.
        decide_by_rule(number, at=at)
        return
    if kind is TimerKind.LOOK:
        look_up(number, at=at)
        return
    if kind is TimerKind.FOLLOW:  # Each of those that waited is changed in a transaction of its own.
        follow(number, at=at)
        run(
            "delete from cases_timer t using cases_case c"
            " where c.number = $1::text and t.case_id = c.id and t.kind = $2::text",
            (number, kind),
        )
        return
    with changing(number, at=at, turn=True) as change:
        if not _ACTS[kind](change):
            run(
                "delete from cases_timer where case_id = $1::bigint and kind = $2::text",
                (change.state.head.id, kind),
            )


def _silence(change: Change) -> bool:
    event = intake.deem_accepted(change.state, at=change.at, law=change.law)
    change.record(event)
    return event is not None


def _lapse(change: Change) -> bool:
    event = intake.lapse(change.state, at=change.at, law=change.law)
    change.record(event)
    return event is not None


def _untouched(change: Change) -> bool:
    event = turns.release_untouched(change.state, at=change.at)
    change.record(event)
    if event is not None:
        change.return_to_queue()
    return event is not None


_ACTS: dict[TimerKind, Callable[[Change], bool]] = {
    TimerKind.SILENCE: _silence,
    TimerKind.LAPSE: _lapse,
    TimerKind.UNTOUCHED: _untouched,
    TimerKind.FLOW: fire_timers,
}
