"""What an event changes. `evolve` never refuses; a row, a page and a statistic are all folds of it."""

from dataclasses import fields, replace
from datetime import date, datetime
from functools import reduce
from typing import Any

from tongban.cases.events import (
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalGiven,
    CaseAccepted,
    CaseAcceptedTolerantly,
    CaseAwaitsAgain,
    CaseCompleted,
    CaseContactChanged,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseExtended,
    CaseExtendedJointly,
    CaseFlowChanged,
    CaseFlowMoved,
    CaseForwarded,
    CaseGranted,
    CaseHandedOver,
    CaseMessageSent,
    CaseNotAccepted,
    CaseNoted,
    CaseQueued,
    CaseRefused,
    CaseRegisterAway,
    CaseReleased,
    CaseReminded,
    CaseResubmitted,
    CaseResultArrived,
    CaseResultStandsAgain,
    CaseResultUndone,
    CaseReturnedForCorrection,
    CaseReversed,
    CaseRevoked,
    CaseSpecialProcedureEnded,
    CaseSpecialProcedureStarted,
    CaseSubmitted,
    CaseSupplied,
    CaseTaken,
    CaseTerminated,
    CaseWithdrawn,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationDeclined,
    ContestAnswered,
    Event,
    FlowRegisterAway,
    LatenessExplained,
    LegalEvent,
    LookContested,
    SupervisionOrdered,
)
from tongban.cases.rules.awaited import awaited_after
from tongban.cases.rules.life import CLOSED, Stage
from tongban.cases.rules.state import CaseHead, CaseState, Facts, Lateness, Side, Turn
from tongban.kernel.ids import BodyCode, OfficerId, QueueId, RegionCode


def evolve(state: CaseState, event: Event) -> CaseState:
    """The case after the event."""
    facts, turn = _facts(state.facts, event), _turn(state.turn, event)
    if isinstance(event, LegalEvent | CaseFlowMoved) and event.deadlines is not None:
        facts = replace(facts, deadlines=event.deadlines)
    # What is over has been over since it first was, also where what it gave is taken back.
    over = state.closed and facts.stage in CLOSED
    moved = not over and _standing(facts, turn) != _standing(state.facts, state.turn)
    since = None if moved else state.facts.stands_since
    return replace(
        state,
        head=_head(state.head, event),
        version=state.version + 1,
        facts=replace(facts, stands_since=since or event.at),
        turn=turn,
        last_word=_last_word(state.last_word, event),
        awaited=awaited_after(state, event),
        lateness=_lateness(state.lateness, event),
    )


def _head(head: CaseHead, event: Event) -> CaseHead:
    """Whose case it is: another's once it is sent up."""
    if not isinstance(event, CaseForwarded):
        return head
    body, region = BodyCode(event.body), RegionCode(event.region)
    return replace(head, body=body, region=region, queue=QueueId(event.queue))


def _standing(facts: Facts, turn: Turn) -> tuple[Stage, bool, bool]:
    """Where a case stands: its stage, and whether it waits or is in somebody's hands, whoever that is."""
    return facts.stage, turn.waits, turn.taken_by is not None


def fold(state: CaseState, events: list[Event]) -> CaseState:
    """The case after all of them."""
    return reduce(evolve, events, state)


def _facts(facts: Facts, event: Event) -> Facts:
    match event:
        case CaseSubmitted(after=tuple(after), joint=joint, owed=owed):
            return replace(facts, stage=Stage.AWAITING_RESULT, joint=joint, after=after, owed=owed or ())
        case CaseSubmitted(joint=joint, owed=owed):
            return replace(_received(facts, event), joint=joint, owed=owed or ())
        case CaseResultArrived(certificates=certificates, results=results):
            came = {one.kind for one in certificates} | {one.kind for one in results}
            return replace(
                _received(facts, event), owed=tuple(kind for kind in facts.owed if kind not in came)
            )
        case CaseReturnedForCorrection(noticed_on=day) | CaseReminded(reminded_on=day):
            back = replace(facts, asked_back_at=event.at)
            return replace(back, stage=Stage.AWAITING_CORRECTION, noticed_on=day)
        case CaseResubmitted(resubmitted_on=day, owed=owed):
            back = _returned(facts, event.at)
            return replace(back, stage=Stage.RESUBMITTED, resubmitted_on=day, owed=owed or ())
        case CaseAwaitsAgain() | CaseReversed():
            return _undone(facts, event)
        case CaseResultUndone(of=numbers):
            return replace(facts, undone=(*facts.undone, *numbers))
        case CaseResultStandsAgain(of=numbers):
            return replace(facts, undone=tuple(one for one in facts.undone if one not in numbers))
        case _:
            return _taken_in(facts, event)


def _taken_in(facts: Facts, event: Event) -> Facts:
    match event:
        case CaseDeemedAccepted(accepted_on=day):
            # Nobody said in time what should follow: the law has accepted what there was.
            return replace(_accepted(facts, day, event.at), deemed=True, owed=())
        case CaseAccepted(accepted_on=day):
            return _accepted(facts, day, event.at)
        case CaseAcceptedTolerantly(accepted_on=day, tolerated_on=told, owed=owed):
            return replace(_accepted(facts, day, event.at), tolerated_on=told, owed=owed)
        case CaseSupplied(owed=owed):
            return replace(facts, owed=owed)
        case CaseNotAccepted():
            return replace(facts, stage=Stage.NOT_ACCEPTED)
        case _:
            return _review(facts, event)


def _accepted(facts: Facts, day: date, at: datetime) -> Facts:
    return replace(facts, stage=Stage.ACCEPTED, accepted_on=day, accepted_at=at)


def _undone(facts: Facts, event: CaseAwaitsAgain | CaseReversed) -> Facts:
    """As before what was undone; one of several keeps when, for others may have ended for it."""
    if isinstance(event, CaseAwaitsAgain):
        return replace(facts, stage=Stage.AWAITING_RESULT, restored_at=event.at)
    return replace(restored(event.restores), restored_at=event.at if facts.joint else None)


def _received(facts: Facts, event: CaseSubmitted | CaseResultArrived) -> Facts:
    """With the office from that day: in its queue, or with the rule that decides."""
    received = replace(facts, stage=Stage.SUBMITTED, received_on=event.received_on)
    queued = None if event.rule else event.at
    return replace(
        received, rule=event.rule, asks_at=event.asks_at, asks_until=event.asks_until, queued_at=queued
    )


def _review(facts: Facts, event: Event) -> Facts:
    match event:
        case CaseSpecialProcedureStarted(procedure=kind, since=since, told_until=until):
            return replace(
                facts,
                stage=Stage.SPECIAL_PROCEDURE,
                procedure=kind,
                stopped_since=since,
                told_until=until,
            )
        case CaseSpecialProcedureEnded():
            return replace(_ended(facts, event), stage=Stage.ACCEPTED)
        case CaseExtended(value=value, unit=unit):
            return replace(facts, extended_by=value, extended_unit=unit)
        case CaseExtendedJointly(value=value, unit=unit):
            return replace(facts, extended_jointly_by=value, extended_jointly_unit=unit)
        case CaseForwarded(forwarded_on=day, was=body):
            return replace(facts, forwarded_on=day, forwarded_by=body)
        case CaseGranted(decided_on=day):
            return replace(facts, stage=Stage.GRANTED, granted=True, decided_on=day, decided_at=event.at)
        case CaseRefused(decided_on=day):
            return replace(facts, stage=Stage.REFUSED, granted=False, decided_on=day, decided_at=event.at)
        case CaseRegisterAway(tries=tries, asks_at=at):
            return replace(facts, asked=tries, asks_at=at)
        case CaseQueued():
            queued = facts.queued_at or event.at
            return replace(facts, rule=None, asked=None, asks_at=None, asks_until=None, queued_at=queued)
        case _:
            return _end(facts, event)


def _end(facts: Facts, event: Event) -> Facts:
    match event:
        case CaseDelivered(delivered_on=day):
            return replace(facts, stage=Stage.DELIVERED, delivered_on=day)
        case CaseCompleted():
            return replace(facts, stage=Stage.COMPLETED)
        case CaseRevoked():
            # Of the decisions that stand it is none any more.
            return replace(facts, stage=Stage.REVOKED, granted=None)
        case CaseWithdrawn():
            return replace(_ended(facts, event), stage=Stage.WITHDRAWN)
        case CaseTerminated():
            return replace(_ended(facts, event), stage=Stage.TERMINATED)
        case CaseFlowMoved(marking=marking, due=due) | CaseFlowChanged(marking=marking, due=due):
            since = event.since if isinstance(event, CaseFlowMoved) else (facts.flow or {}).get("since", {})
            stands = {"item_version": event.item_version, "marking": marking, "due": due, "since": since}
            return replace(facts, flow=stands | _asking(facts, event) | _signed(facts, event))
        case FlowRegisterAway(task=task, tries=tries, asks_at=again):
            assert facts.flow is not None
            left = {key: one for key, one in facts.flow.get("asks", {}).items() if key != task}
            asks = left if again is None else left | {task: {"at": again.isoformat(), "tries": tries}}
            return replace(facts, flow={**facts.flow, "asks": asks})
        case _:
            return facts


def _asking(facts: Facts, event: CaseFlowMoved | CaseFlowChanged) -> dict[str, Any]:
    """What asks a register after a step: by key when it is asked next, and how often it was."""
    asks = (facts.flow or {}).get("asks", {})
    if isinstance(event, CaseFlowMoved):
        opened = {key: {"at": event.at.isoformat(), "tries": 0} for key in event.asks or ()}
        over = {event.done, *event.closed}
        asks = {key: one for key, one in asks.items() if key not in over} | opened
    return {"asks": asks} if asks else {}


def _signed(facts: Facts, event: CaseFlowMoved | CaseFlowChanged) -> dict[str, Any]:
    """By task that several do, who has done it so far; over once none of it waits."""
    signed = (facts.flow or {}).get("signed", {})
    if isinstance(event, CaseFlowMoved) and event.done and "#" in event.done and event.by is not None:
        task = event.done.partition("#")[0]
        signed = signed | {task: [*signed.get(task, ()), str(event.by)]}
    waits = {key.partition("#")[0] for key in event.due}
    signed = {task: by for task, by in signed.items() if task in waits}
    return {"signed": signed} if signed else {}


def _ended(facts: Facts, event: Event) -> Facts:
    """The stop under way becomes one that was; any other case is as before."""
    if facts.stopped_since is None:
        return facts
    until = event.until if isinstance(event, CaseSpecialProcedureEnded) else facts.stopped_since
    return replace(
        facts,
        procedure=None,
        stopped_since=None,
        told_until=None,
        stops=(*facts.stops, (facts.stopped_since, until)),
    )


def _returned(facts: Facts, at: datetime) -> Facts:
    """The applicant had it until now, and has it no more."""
    if facts.asked_back_at is None:
        return facts
    had = int((at - facts.asked_back_at).total_seconds())
    return replace(facts, asked_back_at=None, with_applicant=facts.with_applicant + max(0, had))


def _last_word(last: Side | None, event: Event) -> Side | None:
    """Who spoke and was not answered: an officer's act rests on all that was said, and so answers it."""
    match event:
        case CaseMessageSent(by=officer):
            return Side.OFFICE if officer else Side.APPLICANT
        case CaseResubmitted() | CaseWithdrawn():
            return None
        case CaseSupplied():
            return None if last is Side.OFFICE else last
        case ContestAnswered() | CaseTaken() | CaseReleased() | CaseHandedOver() | CaseNoted():
            return last
        case ConsultationAsked() | ConsultationAnswered() | ConsultationDeclined():
            return last
        case ApprovalAsked() | ApprovalGiven() | ApprovalDeclined():
            return last
        case SupervisionOrdered() | LatenessExplained() | CaseFlowMoved() | CaseFlowChanged():
            return last
        case _:
            return None if event.by and last is Side.APPLICANT else last


def _lateness(said: Lateness, event: Event) -> Lateness:
    """What was said of its being late; an order is answered by an explanation, or by the decision itself."""
    match event:
        case SupervisionOrdered(answer_by=until):
            return replace(said, answer_by=date.fromisoformat(until["due"][:10]))
        case LatenessExplained(cause=cause, due=due, until=until):
            return Lateness(cause, due, until)
        case CaseGranted() | CaseRefused():
            return replace(said, answer_by=None)
        case _:
            return said


def _turn(turn: Turn, event: Event) -> Turn:
    """Whose turn it is. An act of whoever holds the case, or stands in there, touches it; talk is no act."""
    match event:
        case (
            CaseMessageSent()
            | CaseContactChanged()
            | CaseNoted()
            | LookContested()
            | ContestAnswered()
            | ConsultationAnswered()
            | ConsultationDeclined()
            | SupervisionOrdered()
            | LatenessExplained()
            | CaseFlowChanged()
        ):
            return turn
        case CaseHandedOver(to=officer):
            return replace(turn, taken_by=OfficerId(officer))
        case CaseSubmitted() | CaseResultArrived():
            waits = event.rule is None and not (isinstance(event, CaseSubmitted) and event.after)
            return replace(turn, waits=waits)
        case CaseForwarded():
            return Turn(waits=True)
        case CaseResubmitted() | CaseQueued() | CaseReleased():
            return replace(turn, waits=True, taken_by=None, taken_at=None, touched=False)
        case CaseTaken(by=officer, at=at):
            taker = OfficerId(officer) if officer else None
            return replace(turn, waits=False, taken_by=taker, taken_at=at, touched=False)
        case CaseReturnedForCorrection() | CaseReminded():
            return replace(turn, waits=False, taken_by=None, taken_at=None, touched=False)
        case CaseWithdrawn() | CaseTerminated():
            return replace(turn, waits=False, taken_by=None, taken_at=None)
        case CaseReversed(waits=True):
            return replace(turn, waits=True, taken_by=None, taken_at=None, touched=False)
        case _:
            acted = turn.taken_by is not None and turn.taken_by in (event.by, event.stands_in_for)
            return replace(turn, touched=turn.touched or acted)


def recorded(facts: Facts) -> dict[str, Any]:
    """Facts as plain JSON values, from which `restored` makes them again."""
    return {
        field.name: _plain(value)
        for field in fields(Facts)
        if (value := getattr(facts, field.name)) not in (None, (), {})
    }


def restored(record: Any) -> Facts:
    """The facts that `recorded` wrote down."""
    values = dict(record)
    for name in _DAYS & values.keys():
        values[name] = date.fromisoformat(values[name])
    for name in _INSTANTS & values.keys():
        values[name] = datetime.fromisoformat(values[name])
    values["stage"] = Stage(values["stage"])
    values |= {name: tuple(values.get(name, ())) for name in ("after", "undone", "owed")}
    values["stops"] = tuple(
        (date.fromisoformat(start), date.fromisoformat(end)) for start, end in values.get("stops", ())
    )
    return Facts(**values)


_DAYS = {name for name in Facts.__dataclass_fields__ if name.endswith("_on")} | {
    "stopped_since",
    "told_until",
}

_INSTANTS = {
    *("asks_at", "asks_until", "queued_at", "asked_back_at"),
    *("accepted_at", "decided_at", "stands_since", "restored_at"),
}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and isinstance(value[0], str):
        return list(value)
    if isinstance(value, tuple):
        return [[start.isoformat(), end.isoformat()] for start, end in value]
    return value
