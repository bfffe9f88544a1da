"""Submit: the hot way. Everything is made ready in the process; one statement then writes it all."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.utils.translation import gettext

from tongban.cases.commands.application import Application, Checked, check
from tongban.cases.commands.change import HERE
from tongban.cases.commands.deciding import decide_at_once
from tongban.cases.commands.document import Writing, in_hex
from tongban.cases.commands.numbers import new_case
from tongban.cases.events import MaterialDigest
from tongban.cases.models.stored import wrapping
from tongban.cases.rules import intake
from tongban.cases.rules.law import law_of
from tongban.cases.rules.serving import SIGNED_PAPER
from tongban.cases.rules.state import CaseHead, CaseState
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.engine.expressions import prepared, types_of
from tongban.engine.tlog import NO_QUEUE
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Thing, Viewer, allow, allowed
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import PersonKey, QueueId
from tongban.kernel.keys import new_key, ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger
from tongban.papers import api as papers

CLAIM_FAILED = "TB001"
"""SQLSTATE of `papers_claim`: a file was claimed before, has expired, or is another's."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The case's number and its receipt; `fresh` is False where the same submission had come before."""

    number: str
    receipt: str
    fresh: bool


def submit(application: Application, *, by: Viewer, key: str | None, at: datetime) -> Submitted:
    """Open a case. The same key with the same content gives the same case and receipt, whoever asks again.

    One statement, besides one in 64 for a block of numbers, and one where a certificate may stand for a
    material. Refused with every fault at once; a key that came with other content is refused, and nothing is
    written. A case that a rule decides is decided before this returns, unless its register is away.
    """
    allow(by, Deed.APPLY, Thing())
    applicant, filed_by = _applicant(by)
    item = catalogue.item(application.item)
    _refuse_unless_entitled(by, item)
    checked = check(
        item,
        application.answers,
        application.materials,
        uploader=filed_by,
        applicant=applicant,
        as_person=by.acts_for_person(applicant),
        at=at,
    )
    signed = [(SIGNED_PAPER, papers.open_handle(text, filed_by, at)) for text in application.signed]
    checked = replace(checked, files=(*checked.files, *signed))
    writing = _open(item, application, checked, (applicant, filed_by), at)
    receipt = _receipt(writing, at)
    row = _new_row(writing, item, by, applicant, filed_by, at)
    parameters = (
        writing.as_json(**row),
        _submission_key(applicant, key),
        _content_digest(application, checked, applicant),
        receipt,
        writing.state.head.id,
        ring().wrap(_key(writing), wrapping(writing.state.head.id)),
        [file.id for _, file in checked.files],
        filed_by,
    )
    stored, same, fresh, _ = _written(parameters, writing.state.head)
    if not same:
        raise Refusal(
            "cases.submit.key-reused",
            says=gettext("这个提交编号已经用在另一份内容上。"),
            do=gettext("如果是新的申请，请换一个 Idempotency-Key，或重新打开申请页面。"),
        )
    number = number_in(stored)
    if item.rule is not None:
        decide_at_once(number, at=at)
    return Submitted(number, stored, fresh)


def _applicant(by: Viewer) -> tuple[PersonKey, PersonKey]:
    """Whose case it is, and who files it: an enterprise's is filed by a person entitled to act for it."""
    if by.person is None:
        raise Refusal(
            "cases.submit.not-a-person",
            says=gettext("工作人员的账号不能提交申请。"),
            do=gettext("请用本人的账号登录后提交。"),
            status=403,
        )
    return by.acting_for or by.person, by.person


def _refuse_unless_entitled(by: Viewer, item: catalogue.Item) -> None:
    """Whoever files for another holds a mandate of this day, for this kind of matter."""
    thing = Thing(applicant=by.acting_for, matter=item.department)
    if by.acting_for is not None and not allowed(by, Deed.APPLY_FOR, thing):
        raise identity.no_mandate()


def _open(
    item: catalogue.Item,
    application: Application,
    checked: Checked,
    whose: tuple[PersonKey, PersonKey],
    at: datetime,
) -> Writing:
    """The new case with its one event, sealed under a fresh key."""
    office = item.office_in(application.region)
    if office is None:
        raise Refusal(
            "cases.submit.no-office",
            says=gettext("“%(name)s”在您选的地区（%(region)s）没有办理机关。")
            % {"name": item.name, "region": application.region[:12]},
            do=gettext("请换一个地区，或查看办事指南里的办理地点。"),
            status=422,
        )
    case, number = new_case(office.region, legal_day(at))
    head = CaseHead(
        id=case,
        number=number,
        tag=secrets.token_hex(16),
        item=item.slug,
        item_version=item.version,
        queue=catalogue.queue_of(item, office.body),
        region=office.region,
        body=office.body,
        applicant=whose[0],
        filed_by=whose[1],
    )
    law = law_of(item, calendar_in_force())
    writing = Writing(
        CaseState(head), new_key(), law, facts=lambda: prepared(checked.answers, types_of(item.form))
    )
    answers = writing.seal("answers", orjson.dumps(checked.answers, option=orjson.OPT_SORT_KEYS))
    handed_in = intake.HandedIn(
        answers,
        attached(writing, checked),
        checked.certificates,
        _sources(writing, application, checked),
        by_agent=whose[0] != whose[1],
        received=application.received,
    )
    event = intake.submit(writing.state, at=at, channel=application.channel, handed_in=handed_in, law=law)
    writing.record(event)
    return writing


def _sources(writing: Writing, application: Application, checked: Checked) -> str | None:
    """Where answers are from, sealed beside them; nothing of what was not asked in the end."""
    found = {name: source for name, source in application.sources.items() if name in checked.answers}
    return writing.seal("sources", orjson.dumps(found, option=orjson.OPT_SORT_KEYS)) if found else None


def attached(writing: Writing, checked: Checked) -> tuple[MaterialDigest, ...]:
    """Hand in every file, each under the case's key."""
    return tuple(MaterialDigest(kind=kind, digest=writing.attach(kind, file)) for kind, file in checked.files)


def _key(writing: Writing) -> bytes:
    assert writing.key is not None
    return writing.key


def _receipt(writing: Writing, at: datetime) -> str:
    head = writing.state.head
    assert writing.arrival is not None
    queue = head.queue if writing.state.turn.waits else QueueId(NO_QUEUE)
    return ledger.receipt(head.number, head.tag, at, queue, writing.arrival)


def number_under(by: Viewer, key: str) -> str | None:
    """The number of the case that was submitted under this key; None if there is none. One statement."""
    applicant, _ = _applicant(by)
    rows = run(
        "select receipt from cases_submission where key = $1::bytea", (_submission_key(applicant, key),)
    )
    return number_in(rows[0][0]) if rows else None


def number_in(receipt: str) -> str:
    """The case number that a receipt names, in its second line."""
    return receipt.split("\n", 2)[1].removeprefix("case ")


def _new_row(  # noqa: PLR0913 - a row names everyone it concerns
    writing: Writing,
    item: catalogue.Item,
    by: Viewer,
    applicant: PersonKey,
    filed_by: PersonKey,
    at: datetime,
) -> dict[str, Any]:
    head = writing.state.head
    return {
        "id": head.id,
        "number": head.number,
        "tag": head.tag,
        "item": head.item,
        "item_version": head.item_version,
        "item_name": item.name,
        "region": head.region,
        "body": head.body,
        "applicant": in_hex(applicant),
        "applicant_name": by.shown_as,
        "filed_by": in_hex(filed_by),
        "agent_name": by.agent,
        "received_at": at,
    }


def _submission_key(applicant: PersonKey, key: str | None) -> bytes:
    """The key as stored: another applicant's same key is another key; without one, each call is its own."""
    return sha256(b"submission" + applicant + (key or secrets.token_hex(16)).encode()).digest()


def _content_digest(application: Application, checked: Checked, applicant: PersonKey) -> bytes:
    """Keyed digest of what was submitted: the files by content, for a retry stores them anew."""
    content = {
        "item": application.item,
        "region": application.region,
        "answers": checked.answers,
        "files": sorted((kind, file.sha256.hex()) for kind, file in checked.files),
        "applicant": applicant.hex(),
    }
    return ring().content_digest(orjson.dumps(content, option=orjson.OPT_SORT_KEYS))


def _written(parameters: Sequence[Any], head: CaseHead) -> tuple[Any, ...]:
    """Run the statement; once more after a lost connection, which the key makes safe, or for a new queue."""
    try:
        return _run(parameters)
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()
        return _run(parameters)
    except IntegrityError as error:
        if "cases_queue" not in str(error):
            raise
        ensure_queue(head)
        return _run(parameters)


def _run(parameters: Sequence[Any]) -> tuple[Any, ...]:
    try:
        return run(load(HERE, "submit"), parameters)[0]
    except DatabaseError as error:
        refuse_unclaimed(error)
        raise


def refuse_unclaimed(error: DatabaseError) -> None:
    """A file that could not be claimed is a refusal; any other error is not."""
    if getattr(error.__cause__, "sqlstate", None) == CLAIM_FAILED:
        raise Refusal(
            "papers.file.unclaimed",
            says=gettext("有一份文件已经用在别的申请里，或者已经过期。"),
            do=gettext("请重新上传这份文件。"),
            status=422,
        ) from error


def ensure_queue(head: CaseHead) -> None:
    """The queue of an item at a body, made with its first case."""
    run(
        "insert into cases_queue (id, item, body, region, head)"
        " values ($1::text, $2::text, $3::text, $4::text, 0) on conflict do nothing",
        (head.queue, head.item, head.body, head.region),
    )
