"""What cases do when an event was sealed, or when the clock speaks."""

from uuid import UUID

from tongban.cases import commands
from tongban.kernel.clock import now
from tongban.kernel.ids import CaseId
from tongban.kernel.jobs import job


@job
def complete_delivered(case_id: int) -> None:
    """A delivered case is complete."""
    commands.complete_delivered(CaseId(case_id), at=now())


@job
def mail_receipt(mail: str) -> None:
    """A receipt leaves the house by mail."""
    commands.send_receipt(UUID(mail), at=now())
