"""Asking for an approval: written down in the case; nothing else happens until another has answered."""

from uuid import uuid4

from tongban.cases.commands.change import Change
from tongban.cases.rules import approvals
from tongban.cases.rules.acting import told
from tongban.cases.rules.approvals import Asked, NeedsApproval
from tongban.kernel.access import Officer
from tongban.kernel.ids import ApprovalId, BodyCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run


def ask(  # noqa: PLR0913 - what is asked by whom, of whom, and why
    change: Change,
    act: NeedsApproval,
    *,
    by: Officer,
    reason: str | None,
    text: str,
    of: BodyCode | None = None,
) -> ApprovalId:
    """Write down what is asked; nothing else happens until another officer has approved.

    `of`: the people's government that is asked; None where the body's own people are.
    """
    approval, state = ApprovalId(uuid4()), change.state
    open_now = run(
        "select 1 from cases_approval where case_id = $1::bigint and act = $2::text and given is null",
        (state.head.id, act),
    )
    if open_now:
        raise Refusal(
            "cases.approval.already-asked",
            says=f"这件事的“{approvals.APPROVAL_NAMES[act]}”已经在等批准。",
            do="请等负责人批准或者退回。",
        )
    change.writing.approvals.append(
        {
            "id": approval,
            "body": of or state.head.body,
            "act": act,
            "seq": change.writing.seq,
            "reason": reason,
            "asked_by": by.id,
            "asked_at": change.at,
        }
    )
    digest = change.seal("reason", told(text, "reason"))
    change.record(approvals.ask(Asked(approval, act, reason, digest, of), by=by, at=change.at))
    return approval
