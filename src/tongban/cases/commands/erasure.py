"""Erasure and rotation: a case's key is destroyed, or wrapped anew under the ring's current master."""

from datetime import datetime

from tongban.cases.commands.change import changing
from tongban.cases.events import CaseContentErased
from tongban.cases.models.drafts import about
from tongban.cases.models.stored import key_of, wrapping
from tongban.kernel.ids import CaseId
from tongban.kernel.keys import master_of, ring
from tongban.kernel.sql import run
from tongban.papers import api as papers

BATCH = 500


def erase_content(number: str, *, at: datetime) -> None:
    """Destroy the case's key and its files: nobody can read its content again; story and proofs stay."""
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


def rewrap() -> int:
    """Wrap every key of a case or a draft anew that an older master wrapped; returns how many.

    May be stopped and run again.
    """
    current, after, done = ring().current, 0, 0
    while found := _keys(after):
        for case, wrapped in found:
            if master_of(bytes(wrapped)) != current:
                key = key_of(CaseId(case), wrapped)
                assert key is not None
                run(
                    "update cases_key set wrapped = $2::bytea"
                    " where case_id = $1::bigint and wrapped = $3::bytea",
                    (case, ring().wrap(key, wrapping(CaseId(case))), wrapped),
                )
                done += 1
            after = case
    return done + _rewrap_drafts()


def _rewrap_drafts() -> int:
    """The same for the drafts of persons; they are few at any time."""
    current, done = ring().current, 0
    for draft, wrapped in run("select id, wrapped from cases_draft where wrapped is not null"):
        if master_of(bytes(wrapped)) != current:
            anew = ring().wrap(ring().unwrap(bytes(wrapped), about(draft)), about(draft))
            run(
                "update cases_draft set wrapped = $2::bytea where id = $1::uuid and wrapped = $3::bytea",
                (draft, anew, wrapped),
            )
            done += 1
    return done


def _keys(after: int) -> list[tuple[int, bytes]]:
    return run(
        "select case_id, wrapped from cases_key"
        " where case_id > $1::bigint and wrapped is not null order by case_id limit $2::int",
        (after, BATCH),
    )
