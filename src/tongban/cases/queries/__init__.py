"""What is asked of cases: one question, one function, a tested number of statements."""

from tongban.cases.queries.lists import (
    CaseRow,
    Filters,
    OpenApproval,
    QueueRow,
    Stage,
    approvals_open,
    cases,
    desk_of,
    queues,
)
from tongban.cases.queries.look import look_at
from tongban.cases.queries.papers import ReceiptFile, file_of, receipt_of
from tongban.cases.queries.view import CaseView, MaterialView, Told, view_of

__all__ = [
    "CaseRow",
    "CaseView",
    "Filters",
    "MaterialView",
    "OpenApproval",
    "QueueRow",
    "ReceiptFile",
    "Stage",
    "Told",
    "approvals_open",
    "cases",
    "desk_of",
    "file_of",
    "look_at",
    "queues",
    "receipt_of",
    "view_of",
]
