"""Review: from acceptance to completion (行政许可法 Arts. 38, 42, 44, 45), as the case's regime has it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from tongban.cases.events import (
    CaseCompleted,
    CaseDeadlinesRecomputed,
    CaseDelivered,
    CaseExtended,
    CaseGranted,
    CaseRefused,
    CaseRevoked,
    CaseSpecialProcedureEnded,
    CaseSpecialProcedureStarted,
    CaseTerminated,
)
from tongban.cases.rules.acting import Acting, held_by, legally, one_of, open_to
from tongban.cases.rules.clocks import deadlines
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import LIFE, Act, Stage
from tongban.cases.rules.place import bound_to, goes_on
from tongban.cases.rules.state import CaseState
from tongban.cases.rules.tolerance import supply_is_over
from tongban.cases.rules.words import (
    DELIVERY_WAYS,
    NOT_CORRECTED,
    NOT_SUPPLIED,
    REVOCATION_GROUNDS,
    TERMINATION_GROUNDS,
    UNTRUE_COMMITMENT,
)
from tongban.engine.calendar import legal_day
from tongban.kernel.refusal import Refusal

LONGEST_TOLD = timedelta(days=366)
"""No procedure is told to last longer at a time (our own): a slip of the year would hide the clock."""


def start_special_procedure(
    state: CaseState, acting: Acting, *, procedure: str, told_until: date, text: str
) -> CaseSpecialProcedureStarted:
    """Stop the clock for a procedure that the law names; the applicant is told until when (Art. 45)."""
    open_to(state, Act.START_SPECIAL_PROCEDURE, acting.law)
    held_by(state, acting.by)
    one_of(procedure, {kind.code: kind.name for kind in acting.law.procedures}, "procedure")
    today = acting.today
    if told_until > today + LONGEST_TOLD:
        raise Refusal(
            "cases.start-special-procedure.told-until",
            says="告知的结束日期在一年以后，可能写错了年份。",
            do="请写明预计到哪一天结束；一年内办不完的，到期前另行告知。",
            status=422,
        )
    if told_until <= today:
        raise Refusal(
            "cases.start-special-procedure.told-until",
            says="告知的结束日期不在今天之后。",
            do="请写明预计到哪一天结束，并书面告知申请人。",
            status=422,
        )
    event = CaseSpecialProcedureStarted(
        at=acting.at, by=acting.by.id, procedure=procedure, since=today, told_until=told_until, text=text
    )
    return legally(state, event, acting.law)


def end_special_procedure(state: CaseState, acting: Acting) -> CaseSpecialProcedureEnded:
    """The procedure is over; the clock runs again from the next day."""
    open_to(state, Act.END_SPECIAL_PROCEDURE, acting.law)
    held_by(state, acting.by)
    return legally(
        state, CaseSpecialProcedureEnded(at=acting.at, by=acting.by.id, until=acting.today), acting.law
    )


def may_extend(state: CaseState, acting: Acting) -> None:
    """Refuse an extension that could not be given: wrong stage, no such figure, twice, or too late."""
    open_to(state, Act.EXTEND, acting.law)
    held_by(state, acting.by)
    statutory = state.facts.due("statutory")
    if statutory and acting.today > statutory.day:
        raise Refusal(
            "cases.extend.too-late",
            says=f"法定期限已于 {statutory.day} 届满，不能再延期。",
            do="请立即作出决定，并向申请人说明超期原因。",
        )


def extend(state: CaseState, acting: Acting, *, text: str, approver: UUID) -> CaseExtended:
    """Once, with the head's approval, the reason told to the applicant (Art. 42)."""
    may_extend(state, acting)
    accepted = state.facts.accepted_on
    figure = acting.law.limit("extend_by", accepted) if accepted else None
    assert figure is not None
    limit, _ = figure
    event = CaseExtended(
        at=acting.at, by=acting.by.id, value=limit.value, unit=limit.unit, text=text, approver=approver
    )
    return legally(state, event, acting.law)


def grant(state: CaseState, acting: Acting, *, text: str, second: UUID | None = None) -> CaseGranted:
    """The decision for the applicant (Art. 38); `second` is who agreed, where two decide."""
    open_to(state, Act.GRANT, acting.law)
    held_by(state, acting.by)
    event = CaseGranted(at=acting.at, by=acting.by.id, decided_on=acting.today, text=text, second=second)
    return legally(state, event, acting.law)


def refuse(state: CaseState, acting: Acting, *, text: str, second: UUID | None = None) -> CaseRefused:
    """The decision against, with reasons and remedies (Art. 38); `second` is who agreed, where two decide."""
    open_to(state, Act.REFUSE, acting.law)
    held_by(state, acting.by)
    event = CaseRefused(at=acting.at, by=acting.by.id, decided_on=acting.today, text=text, second=second)
    return legally(state, event, acting.law)


def deliver(state: CaseState, acting: Acting, *, way: str) -> CaseDelivered:
    """The result reaches the applicant (Art. 44)."""
    open_to(state, Act.DELIVER, acting.law)
    one_of(way, DELIVERY_WAYS, "way")
    return legally(
        state, CaseDelivered(at=acting.at, by=acting.by.id, delivered_on=acting.today, way=way), acting.law
    )


def complete(state: CaseState, *, at: datetime, law: Law) -> CaseCompleted | None:
    """What was delivered is complete; nothing if it is already, for one may be told twice.

    Nor while its flow goes on: what is to be checked later is then still to be done.
    """
    if Act.COMPLETE not in LIFE[state.stage] or goes_on(state):
        return None
    return legally(state, CaseCompleted(at=at), law)


def may_revoke(state: CaseState, acting: Acting, *, ground: str) -> None:
    """Refuse a revocation that could not be made: nothing granted, no such ground, or nothing found yet.

    That a commitment is untrue, only a check may say: its finding leads to the task that revokes.
    """
    if acting.law.knows(Act.REVOKE) and Act.REVOKE in LIFE[state.stage] and not state.facts.granted:
        raise Refusal(
            "cases.revoke.nothing-granted",
            says="这件事没有批准，没有可以撤销的准予决定。",
            do="请核对办件编号。",
        )
    open_to(state, Act.REVOKE, acting.law)
    one_of(ground, REVOCATION_GROUNDS, "ground")
    if ground not in grounds_to_revoke(state, acting.law):
        raise Refusal(
            "cases.revoke.nothing-found",
            says="没有后续核查发现承诺不实的记录，不能以这个理由撤销。",
            do="请先办完后续核查；有其他法定理由的，选那一项。",
        )


def grounds_to_revoke(state: CaseState, law: Law) -> dict[str, str]:
    """The grounds on which the grant may be revoked now; an untrue commitment only once it was found so."""
    found = law.net is not None and bound_to(state, law.net, Act.REVOKE) is not None
    return {code: name for code, name in REVOCATION_GROUNDS.items() if found or code != UNTRUE_COMMITMENT}


def revoke(  # noqa: PLR0913 - an act of the law names all it needs
    state: CaseState, acting: Acting, *, ground: str, text: str, of: int, approver: UUID
) -> CaseRevoked:
    """Take back the grant at that place of the story, as another officer agreed (Art. 69)."""
    may_revoke(state, acting, ground=ground)
    event = CaseRevoked(at=acting.at, by=acting.by.id, ground=ground, text=text, of=of, approver=approver)
    return legally(state, event, acting.law)


def terminate(state: CaseState, acting: Acting, *, ground: str, text: str) -> CaseTerminated:
    """End a case that can no longer be decided, for a named ground."""
    open_to(state, Act.TERMINATE, acting.law)
    one_of(ground, TERMINATION_GROUNDS, "ground")
    if ground in grounds_to_end(state, acting.at):
        return legally(
            state, CaseTerminated(at=acting.at, by=acting.by.id, ground=ground, text=text), acting.law
        )
    if ground == NOT_SUPPLIED:
        raise Refusal(
            "cases.terminate.not-over",
            says="没有逾期未补的材料，不能以这个理由终止。",
            do="请等补交的期限过了再办；有其他法定情形的，请选那一项。",
        )
    raise Refusal(
        "cases.terminate.not-awaited",
        says="这件事现在不在等申请人补正，或者补正的期限还没有过，不能以“逾期没有补正”终止。",
        do="请继续办理；有其他法定情形的，请选那一项。",
    )


def grounds_to_end(state: CaseState, at: datetime) -> dict[str, str]:
    """The grounds on which an officer may end a case now: what was not brought must have been due before."""
    correct = state.facts.due("correct")
    corrects = state.stage is Stage.AWAITING_CORRECTION
    untrue = set()
    if not corrects or (correct is not None and legal_day(at) <= correct.day):
        untrue.add(NOT_CORRECTED)
    if not supply_is_over(state, at):
        untrue.add(NOT_SUPPLIED)
    return {code: name for code, name in TERMINATION_GROUNDS.items() if code not in untrue}


def recompute(state: CaseState, *, at: datetime, law: Law) -> CaseDeadlinesRecomputed | None:
    """Deadlines under a calendar that now knows more; nothing where all of them are final already."""
    held = state.facts.deadlines
    if not any(record["provisional"] for record in held.values()):
        return None
    event = CaseDeadlinesRecomputed(
        at=at, calendar=law.calendar.version, deadlines=deadlines(state.facts, law)
    )
    return None if event.deadlines == held else event
