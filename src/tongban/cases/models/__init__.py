"""What is stored of a case, how it is read back, and what the database must never allow."""

from tongban.cases.models.drafts import Draft
from tongban.cases.models.exports import Export
from tongban.cases.models.joint import Joint
from tongban.cases.models.tables import (
    Approval,
    Case,
    Consultation,
    Content,
    Contest,
    Event,
    Key,
    Material,
    Presence,
    Queue,
    ReceiptMail,
    Submission,
    Ticked,
    Timer,
    Waiting,
)

__all__ = [
    "Approval",
    "Case",
    "Consultation",
    "Content",
    "Contest",
    "Draft",
    "Event",
    "Export",
    "Joint",
    "Key",
    "Material",
    "Presence",
    "Queue",
    "ReceiptMail",
    "Submission",
    "Ticked",
    "Timer",
    "Waiting",
]
