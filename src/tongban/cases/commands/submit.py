"""Submit: the hot way. Everything is made ready in the process; one statement then writes it all."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
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
from tongban.cases.rules.flowing import facts_of
from tongban.cases.rules.law import law_of
from tongban.cases.rules.serving import SIGNED_PAPER
from tongban.cases.rules.state import CaseHead, CaseState
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.engine.tlog import NO_QUEUE
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Thing, Viewer, allow, allowed
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import CaseId, PersonKey, QueueId
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
    applicant, filed_by = applicant_of(by)
    item = catalogue.item(application.item)
    refuse_unless_entitled(by, item)
    checked = check(
        item,
        application.answers,
        application.materials,
        uploader=filed_by,
        applicant=applicant,
        as_person=by.acts_for_person(applicant),
        at=at,
    )
    checked = with_signed(checked, application, filed_by, at)
    writing = opened(item, application, checked, (applicant, filed_by), at)
    receipt = receipt_of(writing, at)
    row = new_row(writing, item, by, at)
    parameters = (
        writing.as_json(**row),
        submission_key(applicant, key),
        _content_digest(application, checked, applicant),
        receipt,
        writing.state.head.id,
        wrapped_key(writing),
        [file.id for _, file in checked.files],
        filed_by,
    )
    stored, same, fresh, _ = written("submit", parameters, [writing.state.head])
    if not same:
        raise key_reused()
    number = number_in(stored)
    if item.rule is not None:
        decide_at_once(number, at=at)
    return Submitted(number, stored, fresh)


def key_reused() -> Refusal:
    """The refusal of a key that came before with other content."""
    return Refusal(
        "cases.submit.key-reused",
        says=gettext("这个提交编号已经用在另一份内容上。"),
        do=gettext("如果是新的申请，请换一个 Idempotency-Key，或重新打开申请页面。"),
    )


def with_signed(checked: Checked, application: Application, uploader: PersonKey, at: datetime) -> Checked:
    """With the pictures of what was signed at a window."""
    signed = [(SIGNED_PAPER, papers.open_handle(text, uploader, at)) for text in application.signed]
    return replace(checked, files=(*checked.files, *signed))


def applicant_of(by: Viewer) -> tuple[PersonKey, PersonKey]:
    """Whose case it is, and who files it: an enterprise's is filed by a person entitled to act for it."""
    if by.person is None:
        raise Refusal(
            "cases.submit.not-a-person",
            says=gettext("工作人员的账号不能提交申请。"),
            do=gettext("请用本人的账号登录后提交。"),
            status=403,
        )
    return by.acting_for or by.person, by.person


def refuse_unless_entitled(by: Viewer, item: catalogue.Service) -> None:
    """Whoever files for another holds a mandate of this day, for every kind of matter that it is of."""
    for matter in item.departments:
        thing = Thing(applicant=by.acting_for, matter=matter)
        if by.acting_for is not None and not allowed(by, Deed.APPLY_FOR, thing):
            raise identity.no_mandate()


@dataclass(frozen=True, slots=True)
class Numbered:
    """The id and number of a case that is to be one of a joint service."""

    case: CaseId
    number: str
    part: intake.Part


def opened(  # noqa: PLR0913 - a new case: of what, with what, whose, when, and one of which
    item: catalogue.Item,
    application: Application,
    checked: Checked,
    whose: tuple[PersonKey, PersonKey],
    at: datetime,
    numbered: Numbered | None = None,
) -> Writing:
    """The new case with its one event, sealed under a fresh key."""
    office = office_for(item, application)
    if numbered is None:
        case, number = new_case(office.region, legal_day(at))
    else:
        case, number = numbered.case, numbered.number
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
    writing = Writing(CaseState(head), new_key(), law, facts=partial(facts_of, checked.answers, item.form))
    answers = writing.seal("answers", orjson.dumps(checked.answers, option=orjson.OPT_SORT_KEYS))
    handed_in = intake.HandedIn(
        answers,
        attached(writing, checked.files),
        checked.certificates,
        _sources(writing, application, checked),
        by_agent=whose[0] != whose[1],
        received=application.received,
        part=numbered.part if numbered else None,
        owed=checked.owed,
    )
    event = intake.submit(writing.state, at=at, channel=application.channel, handed_in=handed_in, law=law)
    writing.record(event)
    return writing


def office_for(item: catalogue.Item, application: Application) -> catalogue.Office:
    """The office that handles the item where it is applied for; refused where there is none."""
    office = item.office_in(application.region)
    if office is None:
        raise Refusal(
            "cases.submit.no-office",
            says=gettext("“%(name)s”在您选的地区（%(region)s）没有办理机关。")
            % {"name": item.name, "region": application.region[:12]},
            do=gettext("请换一个地区，或查看办事指南里的办理地点。"),
            status=422,
        )
    return office


def _sources(writing: Writing, application: Application, checked: Checked) -> str | None:
    """Where answers are from, sealed beside them; nothing of what was not asked in the end."""
    found = {name: source for name, source in application.sources.items() if name in checked.answers}
    return writing.seal("sources", orjson.dumps(found, option=orjson.OPT_SORT_KEYS)) if found else None


def attached(writing: Writing, files: Sequence[tuple[str, papers.Attachment]]) -> tuple[MaterialDigest, ...]:
    """Hand in every file, each under the case's key."""
    return tuple(MaterialDigest(kind=kind, digest=writing.attach(kind, file)) for kind, file in files)


def wrapped_key(writing: Writing) -> bytes:
    """The new case's own key, as it is stored."""
    assert writing.key is not None
    return ring().wrap(writing.key, wrapping(writing.state.head.id))


def receipt_of(writing: Writing, at: datetime) -> str:
    """The signed receipt of a new case; one that joins no queue yet is promised no place."""
    head = writing.state.head
    assert writing.arrival is not None
    queue = head.queue if writing.state.turn.waits else QueueId(NO_QUEUE)
    return ledger.receipt(head.number, head.tag, at, queue, writing.arrival)


def number_under(by: Viewer, key: str) -> str | None:
    """The number of the case that was submitted under this key; None if there is none. One statement."""
    applicant, _ = applicant_of(by)
    rows = run(
        "select receipt from cases_submission where key = $1::bytea", (submission_key(applicant, key),)
    )
    return number_in(rows[0][0]) if rows else None


def number_in(receipt: str) -> str:
    """The case number that a receipt names, in its second line."""
    return receipt.split("\n", 2)[1].removeprefix("case ")


def new_row(writing: Writing, item: catalogue.Item, by: Viewer, at: datetime) -> dict[str, Any]:
    """The columns that only a new case has; `by` files it."""
    head = writing.state.head
    assert head.filed_by is not None
    return {
        "id": head.id,
        "number": head.number,
        "tag": head.tag,
        "item": head.item,
        "item_version": head.item_version,
        "item_name": item.name,
        "region": head.region,
        "body": head.body,
        "applicant": in_hex(head.applicant),
        "applicant_name": by.shown_as,
        "filed_by": in_hex(head.filed_by),
        "agent_name": by.agent,
        "received_at": at,
    }


def submission_key(applicant: PersonKey, key: str | None) -> bytes:
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


def written(statement: str, parameters: Sequence[Any], heads: Sequence[CaseHead]) -> tuple[Any, ...]:
    """Run the statement; once more after a lost connection, which the key makes safe, or for new queues."""
    try:
        return _run(statement, parameters)
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()
        return _run(statement, parameters)
    except IntegrityError as error:
        if "cases_queue" not in str(error):
            raise
        for head in heads:
            ensure_queue(head)
        return _run(statement, parameters)


def _run(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...]:
    try:
        return run(load(HERE, statement), parameters)[0]
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
