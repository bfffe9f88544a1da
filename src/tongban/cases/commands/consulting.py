"""Consulting: asking a colleague or another body in the case, answering, declining."""

from datetime import datetime
from uuid import UUID

from tongban.cases.commands.change import Acted, Change, changing
from tongban.cases.rules import consulting, flowing
from tongban.cases.rules.acting import Acting, held_by
from tongban.cases.rules.consulting import Whom
from tongban.cases.rules.messages import worded
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Officer, Viewer, allow
from tongban.kernel.ids import BodyCode, OfficerId, Version
from tongban.kernel.sql import run


def consult(  # noqa: PLR0913 - an act of the case names all it needs
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    whom: OfficerId | BodyCode,
    days: int,
    text: str,
) -> Acted:
    """Ask a colleague, or another body, to answer within so many working days. The law's clock goes on."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        return _ask(change, acting, whom=_whom(change, whom, acting.by), days=days, text=text)


def ask_in_flow(  # noqa: PLR0913 - an act of the case names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, task: str, text: str
) -> Acted:
    """Ask whom the item names for this task of its flow; the answer completes the task.

    Refused where nobody could answer there: `complete_task` ends it with the reason.
    """
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        held_by(change.state, acting.by)
        found = flowing.asking(change.state, change.law, task, change.can_answer)
        assert found.asks is not None
        assert found.node.limit is not None
        return _ask(
            change, acting, whom=Whom(found.asks.body), days=found.node.limit.value, text=text, task=task
        )


def _ask(  # noqa: PLR0913 - a question names all it needs
    change: Change, acting: Acting, *, whom: Whom, days: int, text: str, task: str | None = None
) -> Acted:
    digest, seq = change.seal("question", worded(text, "question")), change.writing.seq
    event = consulting.ask(change.state, acting, whom=whom, days=days, text=digest, task=task)
    change.record(event)
    question = consulting.question_in(event)
    assert question is not None
    run(
        "insert into cases_consultation (case_id, seq, body, officer, asked_by, asked_at, due) values"
        " ($1::bigint, $2::int, $3::text, $4::uuid, $5::uuid, $6::timestamptz, $7::date)",
        (
            *(change.state.head.id, seq, whom.body, whom.officer),
            *(acting.by.id, acting.at, question.until.due),
        ),
    )
    return change.acted


def _whom(change: Change, whom: OfficerId | BodyCode, by: Officer) -> Whom:
    own, today = change.state.head.body, legal_day(change.at)
    if isinstance(whom, UUID):
        return consulting.colleague_asked(directory.officer(OfficerId(whom), today), own, by)
    return consulting.body_asked(whom, directory.served_bodies(today), own)


def answer_consultation(number: str, consultation: int, *, by: Viewer, at: datetime, text: str) -> Acted:
    """Answer the question at that place of the story."""
    with changing(number, at=at) as change:
        who = _asked(change, consultation, by)
        digest = change.seal("consultation-answer", worded(text, "answer"))
        change.record(consulting.answer(consultation, by=who, at=at, text=digest))
        _over(change, consultation, who)
        return change.acted


def decline_consultation(number: str, consultation: int, *, by: Viewer, at: datetime, text: str) -> Acted:
    """Say why there is no opinion on the question at that place of the story."""
    with changing(number, at=at) as change:
        who = _asked(change, consultation, by)
        digest = change.seal("consultation-answer", worded(text, "decline"))
        change.record(consulting.decline(consultation, by=who, at=at, text=digest))
        _over(change, consultation, who)
        return change.acted


def _asked(change: Change, consultation: int, by: Viewer) -> Officer:
    """The officer who is asked that question, which still waits for an answer; or a refusal."""
    state = change.state
    rows = run(
        "select asked_by, body, officer from cases_consultation"
        " where case_id = $1::bigint and seq = $2::int for update",
        (state.head.id, consultation),
    )
    if not rows:
        raise consulting.unknown()
    asked_by, body, officer = rows[0]
    # Once it is decided nobody may read for it: who was asked is told why, and nobody else anything.
    if not state.undecided and by.officer and consulting.is_asked(Whom(body, officer), by.officer):
        raise consulting.over()
    allow(by, Deed.ANSWER_CONSULTATION, state.thing)
    assert by.officer is not None
    consulting.may_answer(state, consultation, by=by.officer, asked_by=asked_by)
    return by.officer


def _over(change: Change, consultation: int, by: Officer) -> None:
    run(
        "update cases_consultation set answered_by = $3::uuid, answered_at = $4::timestamptz"
        " where case_id = $1::bigint and seq = $2::int",
        (change.state.head.id, consultation, by.id, change.at),
    )
