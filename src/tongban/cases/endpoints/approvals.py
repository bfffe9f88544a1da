"""Approvals: what another officer asked for, answered by one who is entitled and signed in."""

from uuid import UUID

from ninja import Router

from tongban.cases import commands
from tongban.cases.endpoints import shown
from tongban.cases.queries import approvals_open
from tongban.kernel.ids import ApprovalId
from tongban.kernel.pages import Request

router = Router()


@router.get("", response=shown.ApprovalList, operation_id="approvals")
def list_approvals(request: Request) -> shown.ApprovalList:
    """What waits for your answer."""
    return shown.approval_list(approvals_open(request.viewer))


@router.post(
    "/{id}/approve",
    response=shown.Answered,
    operation_id="approve",
)
def approve(request: Request, id: UUID) -> shown.Answered:
    """Approve; what was asked is done at once, if it is still lawful."""
    return shown.Answered(number=commands.approve(ApprovalId(id), by=request.viewer, at=request.now))


@router.post(
    "/{id}/decline",
    response=shown.Answered,
    operation_id="decline",
)
def decline(request: Request, id: UUID) -> shown.Answered:
    """Decline; the case goes on as it was."""
    return shown.Answered(number=commands.decline(ApprovalId(id), by=request.viewer, at=request.now))
