"""Turns: taking the next, taking another, giving back. Each locks its queue's row until commit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from tongban.cases.commands.asking import ask
from tongban.cases.commands.change import HERE, Acted, Change, Locked, changing, lock_queue, officer
from tongban.cases.models.stored import OF_STATE
from tongban.cases.rules import turns
from tongban.cases.rules.approvals import NeedsApproval
from tongban.cases.rules.handing_over import may_receive
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Viewer, allow
from tongban.kernel.ids import ApprovalId, CaseId, OfficerId, QueueId, Version
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger


@dataclass(frozen=True, slots=True)
class Taken:
    """The case now in the officer's hands, and the version it has."""

    case: CaseId
    number: str
    version: Version


def take_next(queue: QueueId, *, by: Viewer, at: datetime) -> Taken | None:
    """Take the earliest case that waits in the queue; None if nobody waits.

    Two officers never get the same, and the public log tells takings in their true order, for the queue's
    row is locked until commit. Three statements.
    """
    with transaction.atomic():
        locked = lock_queue(queue)
        if locked is None:
            raise unknown_queue(queue)
        allow(by, Deed.TAKE, locked.thing)
        assert by.officer is not None
        found = _first(locked, at)
        if found is None:
            return None
        change, position = found
        change.record(turns.take(change.state, by=by.officer, at=at))
        return _given(change, position)


def assign_next(queue: QueueId, *, to: OfficerId, by: Viewer, at: datetime) -> Taken | None:
    """Give the earliest case that waits in the queue to a colleague; None if nobody waits.

    Never another than the first: a leader's assignment keeps the order of arrival as a taking does. Refused
    unless the colleague may take it and is there that day. Three statements.
    """
    with transaction.atomic():
        locked = lock_queue(queue)
        if locked is None:
            raise unknown_queue(queue)
        allow(by, Deed.ASSIGN, locked.thing)
        assert by.officer is not None
        receiver = may_receive(directory.officer(to, legal_day(at)), locked.thing.body)
        found = _first(locked, at)
        if found is None:
            return None
        change, position = found
        change.record(turns.assign(change.state, to=receiver, by=by.officer, at=at))
        return _given(change, position)


def assign(number: str, *, seen: Version | None, to: OfficerId, by: Viewer, at: datetime) -> Acted:
    """Give this case to a colleague; refused while an earlier one waits."""
    with changing(number, at=at, seen=seen, turn=True) as change:
        leader = officer(by, Deed.ASSIGN, change.state)
        receiver = may_receive(directory.officer(to, legal_day(at)), change.state.head.body)
        event = turns.assign(change.state, to=receiver, by=leader, at=at)
        position, earlier = place_of(change)
        if earlier:
            raise Refusal(
                "cases.assign.not-first",
                says="前面还有更早到的申请，不能先分派这一件。",
                do="请先分派排在最前面的那一件；分派和取件守同一个先后次序。",
            )
        change.record(event)
        _taken(change, position, first=True)
        return change.acted


def take(  # noqa: PLR0913 - an overtaking names its reason and why
    number: str, *, seen: Version | None, by: Viewer, at: datetime, reason: str | None, text: str
) -> ApprovalId | None:
    """Take this case: at once if no earlier one waits; otherwise ask for an approval, with a reason code."""
    with changing(number, at=at, seen=seen, turn=True) as change:
        taker = officer(by, Deed.TAKE, change.state)
        event = turns.take(change.state, by=taker, at=at)
        position, earlier = place_of(change)
        if earlier:
            code = turns.overtake_reason(reason)
            return ask(change, NeedsApproval.TAKE, by=taker, reason=code, text=text)
        change.record(event)
        _taken(change, position, first=True)
        return None


def release(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """Give the case back; it waits at its old place."""
    with changing(number, at=at, seen=seen, turn=True) as change:
        change.record(turns.release(change.state, by=change.officer(by, Deed.HANDLE), at=at))
        change.return_to_queue()
        return change.acted


def take_over_others(change: Change, *, by: Viewer, approver: Viewer, reason: str, at: datetime) -> None:
    """The approved taking: an overtaking, with its reason in public, unless the case is first by now."""
    assert by.officer is not None
    assert approver.officer is not None
    position, earlier = place_of(change)
    event = turns.take(
        change.state,
        by=by.officer,
        at=at,
        reason=reason if earlier else None,
        approver=approver.officer.id,
    )
    change.record(event)
    _taken(change, position, first=not earlier)


def place_of(change: Change) -> tuple[int, bool]:
    """The place of a waiting case, and whether an earlier one waits; refused until its arrival is sealed."""
    locked = change.queue
    assert locked is not None
    rows = run(load(HERE, "place_of"), (change.state.head.id, locked.id, locked.head))
    if not rows:
        raise Refusal(
            "cases.take.unsealed",
            says="这件事刚刚到达，还没有登记进公开账本。",
            do="请过一两秒再取。",
        )
    return rows[0]


def place_arrivals(rows: Sequence[ledger.Sealed], /) -> None:
    """Sealed arrivals join their queues, at the index of their leaf, inside the sealer's transaction."""
    run(
        load(HERE, "place_arrivals"),
        ([row.case_id for row in rows], [row.queue for row in rows], [row.index for row in rows]),
    )


def _first(locked: Locked, at: datetime) -> tuple[Change, int] | None:
    """The first case that truly waits; a row left behind by a withdrawal before sealing is cleared away."""
    while rows := run(load(HERE, "first_waiting"), (locked.id, locked.head)):
        change = Change(rows[0][:OF_STATE], at, locked)
        if change.state.turn.waits:
            return change, rows[0][OF_STATE]
        run("delete from cases_waiting where case_id = $1::bigint", (change.state.head.id,))
    return None


def _taken(change: Change, position: int, *, first: bool) -> None:
    state = change.state
    change.writing.state = replace(state, turn=replace(state.turn, position=position))
    change.leave_queue(position if first else None)


def _given(change: Change, position: int) -> Taken:
    """The first of a queue, written down as taken."""
    _taken(change, position, first=True)
    change.save()
    head = change.state.head
    return Taken(head.id, head.number, Version(change.state.version))


def unknown_queue(queue: str) -> Refusal:
    """No such queue."""
    return Refusal(
        "cases.queue.unknown",
        says=f"没有这个队列：{queue[:60]}。",
        do="请从队列列表里选；还没有人申请过的事项没有队列。",
        status=404,
    )
