"""Approvals: asked for by one officer, given by another who is entitled and signed in."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tongban.cases.events import ApprovalAsked, CaseReversed
from tongban.cases.rules.acting import legally
from tongban.cases.rules.evolve import recorded
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import REVERSIBLE, WORKED_ON, Act
from tongban.cases.rules.state import CaseState, Facts
from tongban.kernel.access import Officer
from tongban.kernel.refusal import Refusal


class NeedsApproval(StrEnum):
    """Acts that nobody does alone."""

    TAKE = "take"
    EXTEND = "extend"
    REVERSE = "reverse"


APPROVAL_NAMES = {
    NeedsApproval.TAKE: "优先取件",
    NeedsApproval.EXTEND: "延期",
    NeedsApproval.REVERSE: "撤销此前的处理",
}


def ask(
    *, approval: UUID, act: NeedsApproval, by: Officer, at: datetime, reason: str | None, text: str
) -> ApprovalAsked:
    """Ask another officer to approve. `text` is the salted digest of what the approver will read."""
    return ApprovalAsked(at=at, by=by.id, approval=approval, act=act, reason=reason, text=text)


def another(asked_by: UUID, approver: Officer) -> None:
    """Refuse an officer who would approve what they asked for."""
    if asked_by == approver.id:
        raise Refusal(
            "cases.approval.own",
            says="自己提出的，不能自己批准。",
            do="请由本单位其他负责人批准。",
            status=403,
        )


KIND_OF_ACT: Mapping[str, Act] = {
    "accepted": Act.ACCEPT,
    "not-accepted": Act.REFUSE_ACCEPTANCE,
    "returned-for-correction": Act.RETURN_FOR_CORRECTION,
    "special-procedure-started": Act.START_SPECIAL_PROCEDURE,
    "special-procedure-ended": Act.END_SPECIAL_PROCEDURE,
    "extended": Act.EXTEND,
    "granted": Act.GRANT,
    "refused": Act.REFUSE,
    "terminated": Act.TERMINATE,
}


def last_act(kinds: list[str]) -> tuple[int, str]:
    """The last legal act as (seq, kind); refused unless the office did it and it may be undone.

    Only the last one: what came after a wrong act would stand on facts that no longer hold.
    """
    passing = {"taken", "released", "approval-asked", "approval-given", "approval-declined"}
    for seq in range(len(kinds), 0, -1):
        kind = kinds[seq - 1]
        if kind in passing or kind == "deadlines-recomputed":
            continue
        if KIND_OF_ACT.get(kind) in REVERSIBLE:
            return seq, kind
        break
    raise Refusal(
        "cases.reverse.nothing",
        says="最后一步不是可以撤销的处理。",
        do="只有本机关最后作出的处理可以撤销；申请人的行为和法定后果不能撤销。",
    )


def reverse(
    state: CaseState,
    before: Facts,
    undone: tuple[int, str],
    *,
    by: Officer,
    at: datetime,
    text: str,
    approver: UUID,
    law: Law,
) -> CaseReversed:
    """Undo the last act of the office: the legal facts of before it hold again, clocks and all."""
    seq, kind = undone
    restores: dict[str, Any] = recorded(before)
    event = CaseReversed(
        at=at,
        by=by.id,
        act=KIND_OF_ACT[kind],
        seq=seq,
        restores=restores,
        text=text,
        approver=approver,
        waits=before.stage in WORKED_ON and state.turn.taken_by is None,
    )
    return legally(state, event, law)
