"""Erasure: a case's key is destroyed. And where the keys are kept that hang on the ring."""

from datetime import datetime
from typing import Final
from uuid import UUID

from tongban.cases.commands.change import HERE, changing
from tongban.cases.events import CaseContentErased
from tongban.cases.models.drafts import about
from tongban.cases.models.stored import joint_wrapping, wrapping
from tongban.kernel.hanging import KeyTable
from tongban.kernel.ids import CaseId
from tongban.kernel.sql import load, run
from tongban.papers import api as papers


def erase_content(number: str, *, at: datetime) -> None:
    """Destroy the case's key and its files: nobody can read its content again; story and proofs stay.

    The receipt that it has together with others names it: nobody can open that one any more either.
    """
    with changing(number, at=at) as change:
        if change.writing.key is None:
            return
        case = change.state.head.id
        change.record(CaseContentErased(at=at))
        run(
            "update cases_key set wrapped = null, destroyed_at = $2::timestamptz where case_id = $1::bigint",
            (case, at),
        )
        run("update cases_case set applicant_name = '', agent_name = '' where id = $1::bigint", (case,))
        papers.erase(case)
        for (joint,) in run(load(HERE, "erase_joint_receipt"), (case,)):
            papers.erase(joint)


KEY_TABLES: Final = (
    KeyTable(
        "cases",
        "cases_key",
        {"case_id": "bigint"},
        "wrapped",
        lambda case: wrapping(CaseId(int(case))),
    ),
    KeyTable(
        "joint-receipts",
        "cases_joint",
        {"id": "bigint"},
        "wrapped",
        lambda joint: joint_wrapping(CaseId(int(joint))),
    ),
    KeyTable("drafts", "cases_draft", {"id": "uuid"}, "wrapped", lambda draft: about(UUID(draft))),
)
"""The keys of cases, of joint receipts and of the drafts of persons: those of browsers hang on no ring."""
