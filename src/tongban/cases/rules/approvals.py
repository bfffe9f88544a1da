"""Approvals: asked for by one officer, given by another who is entitled and signed in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tongban.cases.events import (
    ApprovalAsked,
    CaseDelivered,
    CaseGranted,
    CaseReversed,
    CaseTerminated,
    Event,
)
from tongban.cases.rules import review
from tongban.cases.rules.acting import Acting, legally
from tongban.cases.rules.evolve import recorded
from tongban.cases.rules.life import REVERSIBLE, WORKED_ON, Act
from tongban.cases.rules.state import CaseState, Facts
from tongban.kernel.access import Deed, Officer
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal


class NeedsApproval(StrEnum):
    """Acts that nobody does alone."""

    TAKE = "take"
    EXTEND = "extend"
    EXTEND_JOINTLY = "extend-jointly"
    REVERSE = "reverse"
    REVOKE = "revoke"
    GRANT = "grant"
    REFUSE = "refuse"


SECOND_DECIDES = frozenset({NeedsApproval.GRANT, NeedsApproval.REFUSE})
"""What a colleague agrees to as the second of two who decide; all else a leader approves."""

ASKED_BY_HOLDER = SECOND_DECIDES | {NeedsApproval.EXTEND, NeedsApproval.EXTEND_JOINTLY}
"""What only whoever has the case asks for, and what is done as theirs."""


def deed_of(act: str) -> Deed:
    """What whoever answers must be entitled to: as the second of two, as the government, else as a leader."""
    if act in SECOND_DECIDES:
        return Deed.DECIDE_SECOND
    return Deed.APPROVE_AS_GOVERNMENT if act == NeedsApproval.EXTEND_JOINTLY else Deed.APPROVE


APPROVAL_NAMES = {
    NeedsApproval.TAKE: "优先取件",
    NeedsApproval.EXTEND: "延期",
    NeedsApproval.EXTEND_JOINTLY: "延长联办期限",
    NeedsApproval.REVERSE: "撤销此前的处理",
    NeedsApproval.REVOKE: "撤销准予决定",
    NeedsApproval.GRANT: "准予（两人决定）",
    NeedsApproval.REFUSE: "不予批准（两人决定）",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What one officer asks another to approve; `text` is the salted digest of what will be read.

    `of`: the people's government that is asked, where the body's own people are not.
    """

    approval: UUID
    act: NeedsApproval
    reason: str | None
    text: str
    of: BodyCode | None = None


def ask(asked: Asked, *, by: Officer, at: datetime) -> ApprovalAsked:
    """Ask another officer to approve."""
    return ApprovalAsked(
        at=at,
        by=by.id,
        approval=asked.approval,
        act=asked.act,
        reason=asked.reason,
        text=asked.text,
        of=asked.of,
    )


def asked_in(event: Event) -> str:
    """The approval that an event asks for, by its id; empty of any other event."""
    return str(event.approval) if isinstance(event, ApprovalAsked) else ""


def another(asked_by: UUID, approver: Officer) -> None:
    """Refuse an officer who would approve what they asked for."""
    if asked_by == approver.id:
        raise Refusal(
            "cases.approval.own",
            says="自己提出的，不能自己批准。",
            do="请由本单位其他负责人批准。",
            status=403,
        )


def may_ask_second(state: CaseState, acting: Acting, act: NeedsApproval) -> None:
    """Refuse to ask for a decision that could not be made, and for a second one while the first waits."""
    decision = review.grant if act is NeedsApproval.GRANT else review.refuse
    decision(state, acting, text="")
    if any(one.second for one in state.awaited):
        raise Refusal(
            "cases.approval.already-asked",
            says="这件事的决定已经在等另一名工作人员同意。",
            do="请等同事同意或者退回。",
        )


KIND_OF_ACT: Mapping[str, Act] = {
    "accepted": Act.ACCEPT,
    "accepted-tolerantly": Act.ACCEPT_TOLERANTLY,
    "not-accepted": Act.REFUSE_ACCEPTANCE,
    "returned-for-correction": Act.RETURN_FOR_CORRECTION,
    "special-procedure-started": Act.START_SPECIAL_PROCEDURE,
    "special-procedure-ended": Act.END_SPECIAL_PROCEDURE,
    "extended": Act.EXTEND,
    "granted": Act.GRANT,
    "refused": Act.REFUSE,
    "terminated": Act.TERMINATE,
}


@dataclass(frozen=True, slots=True)
class Undone:
    """An act to be undone: its place in the story, its kind, and the legal facts of before it."""

    seq: int
    kind: str
    before: Facts


_PASSING = frozenset(
    {
        *("taken", "released", "approval-asked", "approval-given", "approval-declined"),
        *("message-sent", "contact-changed", "look-contested", "contest-answered", "deadlines-recomputed"),
        *("handed-over", "noted", "flow-moved", "flow-changed", "table-applied", "applicant-told"),
        *("register-answered", "flow-register-away"),
        *("consultation-asked", "consultation-answered", "consultation-declined"),
    }
)


def delivered_by_rule(story: Iterable[Event]) -> bool:
    """Whether the last delivery was a rule's."""
    deliveries = [one for one in story if isinstance(one, CaseDelivered)]
    return bool(deliveries) and deliveries[-1].rule is not None


def act_in(event: Event) -> str:
    """The kind of an event, as `last_act` takes it: to end for want of a result is no act of the office."""
    return "ended-without-act" if isinstance(event, CaseTerminated) and event.of is not None else event.kind


def last_act(kinds: Sequence[str], *, delivered_by_rule: bool = False) -> tuple[int, str]:
    """The last legal act as (seq, kind); refused unless the office did it and it may be undone.

    Only the last one: what came after a wrong act would stand on facts that no longer hold. A delivery by
    rule comes with its grant and goes with it: nobody could undo such a grant otherwise.
    """
    passing = _PASSING | ({"delivered", "completed"} if delivered_by_rule else set())
    for seq in range(len(kinds), 0, -1):
        kind = kinds[seq - 1]
        if kind in passing:
            continue
        if KIND_OF_ACT.get(kind) in REVERSIBLE:
            return seq, kind
        break
    raise Refusal(
        "cases.reverse.nothing",
        says="最后一步不是可以撤销的处理。",
        do="只有本机关最后作出的处理可以撤销；申请人的行为和法定后果不能撤销。",
    )


def last_grant(story: Sequence[Event]) -> int:
    """The place in the story of the grant that stands."""
    return max(seq for seq, event in enumerate(story, 1) if isinstance(event, CaseGranted))


def reverse(state: CaseState, acting: Acting, *, undone: Undone, text: str, approver: UUID) -> CaseReversed:
    """Undo the last act of the office: the legal facts of before it hold again, clocks and all."""
    event = CaseReversed(
        at=acting.at,
        by=acting.by.id,
        act=KIND_OF_ACT[undone.kind],
        seq=undone.seq,
        restores=recorded(undone.before),
        text=text,
        approver=approver,
        # What joined no queue has no place to go back to: it arrives with the event after this one.
        waits=undone.before.stage in WORKED_ON and state.turn.taken_by is None and undone.before.rule is None,
    )
    return legally(state, event, acting.law)
