"""Approvals: asked for, then given or declined by another entitled officer, signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tongban.cases.commands.asking import ask
from tongban.cases.commands.change import Change, changing, officer
from tongban.cases.commands.jointly import lengthen
from tongban.cases.commands.seconding import with_remedies, write
from tongban.cases.commands.turns import take_over_others
from tongban.cases.events import ApprovalDeclined, ApprovalGiven, Event
from tongban.cases.models.stored import reason_asked, story
from tongban.cases.rules import approvals, instant, review
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.approvals import NeedsApproval, Undone
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.examining import refusal
from tongban.cases.rules.state import CaseState
from tongban.certificates import api as certificates
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Officer, Viewer
from tongban.kernel.ids import AccountId, ApprovalId, OfficerId, Version
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers import api as papers


def extend(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> ApprovalId:
    """Ask the head for an extension, with the reason that the applicant will be told."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        review.may_extend(change.state, acting)
        return ask(change, NeedsApproval.EXTEND, by=acting.by, reason=None, text=text)


def reverse(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> ApprovalId:
    """Ask to undo the office's last act, with the reason."""
    with changing(number, at=at, seen=seen) as change:
        who = officer(by, Deed.REVERSE, change.state)
        _last_act(story(change.state.head.id))
        return ask(change, NeedsApproval.REVERSE, by=who, reason=None, text=text)


def revoke(  # noqa: PLR0913 - an act of the law names all it needs
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    ground: str,
    text: str,
    law: Sequence[str] = (),
) -> ApprovalId:
    """Ask that a grant is revoked, on a ground of the law and with reasons that the applicant will read."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.REVOKE)
        review.may_revoke(change.state, acting, ground=ground)
        reasons = refusal((), law, text)
        return ask(change, NeedsApproval.REVOKE, by=acting.by, reason=ground, text=reasons)


def approve(approval: ApprovalId, *, by: Viewer, at: datetime) -> str:
    """Approve, or agree as the second of two, and do what was asked at once. Returns the case's number.

    Decided anew on the case as it is now: if the act is no longer lawful it is refused and stays open.
    """
    with changing(_number(approval), at=at, turn=True) as change:
        asked, approver = _asked(approval, change, by)
        asker = _still_on_duty(asked["asked_by"], at)
        change.record(ApprovalGiven(at=at, by=approver.id, approval=approval))
        _do(change, asked, asker, by, at)
        change.writing.approvals.append(
            asked | {"answered_by": approver.id, "answered_at": at, "given": True}
        )
        return change.state.head.number


def decline(approval: ApprovalId, *, by: Viewer, at: datetime) -> str:
    """Decline; the case goes on as it was. Returns the case's number."""
    with changing(_number(approval), at=at, turn=True) as change:
        asked, approver = _asked(approval, change, by)
        change.record(ApprovalDeclined(at=at, by=approver.id, approval=approval))
        change.writing.approvals.append(
            asked | {"answered_by": approver.id, "answered_at": at, "given": False}
        )
        return change.state.head.number


def _do(change: Change, asked: dict[str, Any], asker: Officer, by: Viewer, at: datetime) -> None:
    """What was approved, done as the officer who asked for it."""
    approver, change.by = by.officer, asker
    assert approver is not None
    reason = reason_asked(change.state, change.writing.key, asked["seq"])
    match act := NeedsApproval(asked["act"]):
        case NeedsApproval.TAKE:
            taker = Viewer(account=AccountId(asker.id), officer=asker)
            take_over_others(change, by=taker, approver=by, reason=asked["reason"], at=at)
        case NeedsApproval.EXTEND:
            acting = Acting(asker, at, change.law)
            digest = change.seal("notice", reason)
            change.record(review.extend(change.state, acting, text=digest, approver=approver.id))
        case NeedsApproval.EXTEND_JOINTLY:
            lengthen(change, asked, Acting(asker, at, change.law), approver, reason)
        case NeedsApproval.GRANT | NeedsApproval.REFUSE:
            write(change, Acting(asker, at, change.law), act, reason, second=approver)
        case NeedsApproval.REVOKE:
            _revoke(change, Acting(asker, at, change.law), approver, asked["reason"], reason)
        case NeedsApproval.REVERSE:
            _reverse(change, Acting(asker, at, change.law), approver, reason)


def _revoke(change: Change, acting: Acting, approver: Officer, ground: str, reason: str) -> None:
    """The grant, its paper and its certificate end together."""
    granted = approvals.last_grant(story(change.state.head.id))
    digest = change.seal("decision", with_remedies(reason, change.law.remedies_of_revocation))
    change.record(
        review.revoke(change.state, acting, ground=ground, text=digest, of=granted, approver=approver.id)
    )
    papers.withdraw(change.state.head.id, granted, at=acting.at)
    certificates.revoke_with_grant(change.state.head.id, granted, at=acting.at)


def _reverse(change: Change, acting: Acting, approver: Officer, reason: str) -> None:
    events = story(change.state.head.id)
    seq, kind = _last_act(events)
    undone = Undone(seq, kind, fold(CaseState(change.state.head), events[: seq - 1]).facts)
    digest = change.seal("notice", reason)
    event = approvals.reverse(change.state, acting, undone=undone, text=digest, approver=approver.id)
    change.record(event)
    papers.withdraw(change.state.head.id, seq, at=acting.at)
    if kind == "granted":
        certificates.revoke_with_grant(change.state.head.id, seq, at=acting.at)
    if event.waits:
        change.return_to_queue()
    if change.state.facts.rule is not None:
        change.record(instant.queue(change.state, instant.Why.REVERSED, at=acting.at))


def _last_act(events: list[Event]) -> tuple[int, str]:
    kinds = [approvals.act_in(event) for event in events]
    return approvals.last_act(kinds, delivered_by_rule=approvals.delivered_by_rule(events))


def _number(approval: ApprovalId) -> str:
    rows = run(
        "select c.number from cases_approval a join cases_case c on c.id = a.case_id where a.id = $1::uuid",
        (approval,),
    )
    if not rows:
        raise Refusal(
            "cases.approval.unknown",
            says="没有这个待批准的事项。",
            do="请刷新待批准列表。",
            status=404,
        )
    return str(rows[0][0])


_COLUMNS = ("id", "body", "act", "seq", "reason", "asked_by", "asked_at", "given")


def _asked(approval: ApprovalId, change: Change, by: Viewer) -> tuple[dict[str, Any], Officer]:
    """What was asked, under the case's lock, and the officer who may answer: never the one who asked."""
    rows = run(
        f"select {', '.join(_COLUMNS)} from cases_approval where id = $1::uuid for update", (approval,)
    )
    asked: dict[str, Any] = dict(zip(_COLUMNS, rows[0], strict=True))
    approver = officer(by, approvals.deed_of(asked["act"]), change.state)
    approvals.another(asked["asked_by"], approver)
    if asked["given"] is not None:
        raise Refusal(
            "cases.approval.answered",
            says="这个事项已经有人批过了。",
            do="请刷新待批准列表。",
        )
    return asked, approver


def _still_on_duty(asker: UUID, at: datetime) -> Officer:
    officer_now = directory.officer(OfficerId(asker), legal_day(at))
    if officer_now is None:
        raise Refusal(
            "cases.approval.asker-gone",
            says="提出的人现在不在岗，不能代其办理。",
            do="请退回这个事项，由在岗的同事重新提出。",
        )
    return officer_now
