"""Talking: messages both ways, another telephone number, doubts about a look. None of it moves a clock."""

from datetime import datetime
from typing import Any

import orjson

from tongban.cases.commands.change import Acted, Change, changing, officer
from tongban.cases.events import CaseMessageSent, Event, LookContested
from tongban.cases.models.stored import aad_of, story
from tongban.cases.rules import contests, messages
from tongban.cases.rules.contacts import change_contact as decide_contact
from tongban.cases.rules.contacts import contact_field
from tongban.cases.rules.contests import Contested
from tongban.cases.rules.messages import worded
from tongban.catalogue import api as catalogue
from tongban.engine.forms import validate
from tongban.kernel.access import Deed, Relation, Viewer, allow, relations
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import OfficerId, Version
from tongban.kernel.keys import open_
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger


def send_message(number: str, *, by: Viewer, at: datetime, text: str, after: int | None = None) -> Acted:
    """Say something in the case, as its applicant or for its office.

    `after`: how many events the sender had seen. The same words said since then by the same side are this
    message, whose answer was lost: it is not sent twice.
    """
    with changing(number, at=at) as change:
        allow(by, Deed.WRITE_MESSAGE, change.state.thing)
        words, told = worded(text, "message"), story(change.state.head.id)
        own = Relation.OWN in relations(by, change.state.thing)
        sender = None if own or by.officer is None else by.officer.id
        if after is not None and _said_since(change, told, after, sender, words):
            return change.acted
        digest = change.seal("message", words)
        change.record(messages.send(change.state, told, by=sender, at=at, text=digest))
        return change.acted


def _said_since(change: Change, told: list[Event], after: int, sender: OfficerId | None, words: str) -> bool:
    side = messages.side_of_sender(sender)
    return any(
        isinstance(event, CaseMessageSent)
        and messages.side_of(event) is side
        and change.writing.was_digest_of("message", words.encode(), seq) == event.text
        for seq, event in enumerate(told, 1)
        if seq > after
    )


def contest_look(number: str, look: int, *, by: Viewer, at: datetime, text: str) -> Acted:
    """Doubt an officer's look at one's own case; somebody else answers, within our own promise."""
    with changing(number, at=at) as change:
        state = change.state
        allow(by, Deed.ACT_AS_APPLICANT, state.thing)
        words, looked = worded(text, "contest"), ledger.look(look, state.head.id)
        if looked is None:
            raise contests.unknown_look()
        if any(isinstance(event, LookContested) and event.look == look for event in story(state.head.id)):
            raise contests.asked_twice()
        digest, seq = change.seal("contest", words), change.writing.seq
        event = contests.contest(look=look, text=digest, at=at, calendar=calendar_in_force())
        change.record(event)
        asked = contests.asked_in(event)
        assert asked is not None
        run(
            "insert into cases_contest (case_id, seq, look, body, region, looked_by, asked_at, due) values"
            " ($1::bigint, $2::int, $3::bigint, $4::text, $5::text, $6::uuid, $7::timestamptz, $8::date)",
            (
                *(state.head.id, seq, look, state.head.body, state.head.region),
                *(looked.officer, at, asked.until.due),
            ),
        )
        return change.acted


def answer_contest(number: str, contest: int, *, by: Viewer, at: datetime, text: str) -> Acted:
    """Answer the contest at that place of the story; never whoever looked."""
    with changing(number, at=at) as change:
        who = officer(by, Deed.ANSWER_CONTEST, change.state)
        case = change.state.head.id
        rows = run(
            "select looked_by, answered_at is not null from cases_contest"
            " where case_id = $1::bigint and seq = $2::int",
            (case, contest),
        )
        if not rows:
            raise contests.unknown_contest()
        contested = Contested(contest, OfficerId(rows[0][0]), rows[0][1])
        contests.may_answer(contested, who)
        digest = change.seal("contest-answer", worded(text, "answer"))
        change.record(contests.answer(contested, by=who, at=at, text=digest))
        run(
            "update cases_contest set answered_by = $3::uuid, answered_at = $4::timestamptz"
            " where case_id = $1::bigint and seq = $2::int",
            (case, contest, who.id, at),
        )
        return change.acted


def change_contact(number: str, *, seen: Version | None, by: Viewer, at: datetime, phone: str) -> Acted:
    """Give another telephone number while the case is open; nothing happens where it is the same."""
    with changing(number, at=at, seen=seen) as change:
        allow(by, Deed.ACT_AS_APPLICANT, change.state.thing)
        item = catalogue.item_version(change.state.head.item, change.state.head.item_version)
        asked, answers = contact_field(item.form), _answers(change)
        told = validate(item.form, answers | {asked.name: phone})
        fault = next((one for one in told.faults if one.field == asked.name), None)
        if fault is not None:
            raise Refusal(fault.code, says=fault.says, do=fault.do, status=422)
        cleaned = answers | {asked.name: told.cleaned[asked.name]}
        if cleaned == answers:
            return change.acted
        digest = change.seal("answers", orjson.dumps(cleaned, option=orjson.OPT_SORT_KEYS).decode())
        change.record(decide_contact(change.state, at=at, answers=digest))
        return change.acted


def _answers(change: Change) -> dict[str, Any]:
    """The answers as last handed in; none once they are destroyed."""
    if change.writing.key is None:
        return {}
    name, sealed = run(
        "select name, sealed from cases_content where case_id = $1::bigint and name like 'answers:%'"
        " order by split_part(name, ':', 2)::int desc limit 1",
        (change.state.head.id,),
    )[0]
    answers: dict[str, Any] = orjson.loads(
        open_(change.writing.key, bytes(sealed), aad_of(change.state, name))
    )
    return answers
