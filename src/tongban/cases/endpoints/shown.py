"""What programs are shown."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from tongban.cases.commands.change import Acted
from tongban.cases.queries import CaseRow, CaseView, OpenApproval, QueueRow, Stage, Told
from tongban.kernel.paging import Page


class Receipt(BaseModel):
    """The signed note that proves the submission; `proof` once its leaf is sealed."""

    number: str
    receipt: str
    proof: str | None = None


class Deadline(BaseModel):
    """A deadline with all it was computed from; a day, or an instant for a limit in hours.

    No legal effect fires on a provisional one. `excluded` is what stops took out, in the limit's unit.
    """

    due: str
    warn: date
    provisional: bool
    rule: str
    limit: int
    unit: str
    started: str
    stops: list[list[str | None]]
    excluded: float
    calendar: str


class FaultShown(BaseModel):
    """One thing to correct."""

    place: str
    basis: str
    do: str


class Step(BaseModel):
    """One thing that happened; `text` where the viewer may read it."""

    seq: int
    kind: str
    at: datetime
    words: str
    text: str | None
    faults: list[FaultShown]


class MaterialShown(BaseModel):
    """A material handed in; its file lies at /cases/{number}/materials/{id}."""

    id: int
    kind: str
    name: str
    type: str
    size: int


class ApprovalShown(BaseModel):
    """What waits for another officer's yes."""

    id: UUID
    act: str
    reason: str | None


class CaseLine(BaseModel):
    """A case in a list: nothing of its content, its applicant masked."""

    number: str
    item_name: str
    applicant: str
    stage: Stage
    stage_name: str
    waits: bool
    received_at: datetime
    due: date | None
    provisional: bool
    light: str | None
    version: int


class CasePage(BaseModel):
    """Cases, the newest first; `next` is what to pass as `before` for older ones, null at the end."""

    cases: list[CaseLine]
    next: str | None


class CaseShown(BaseModel):
    """A case. `answers` and `materials` are null for those who may read the story and not the content.

    `agent`: who filed it for the applicant, masked; empty where the applicant did.
    `acts`: what this viewer may do now, each the last part of its address. `owed`: kinds of material that may
    follow and are not there.
    """

    number: str
    item: str
    item_name: str
    stage: Stage
    stage_name: str
    version: int
    received_at: datetime
    applicant: str
    agent: str
    region: str
    body: str
    queue: str
    deadlines: dict[str, Deadline]
    owed: list[str]
    light: str | None
    place: int | None
    story: list[Step]
    answers: dict[str, Any] | None
    materials: list[MaterialShown] | None
    approvals: list[ApprovalShown]
    acts: list[str]
    erased: bool


class Story(BaseModel):
    """What happened to a case, in order."""

    number: str
    version: int
    events: list[Step]


class ActShown(BaseModel):
    """The case after the act; the next act must have seen this `version`."""

    number: str
    version: int
    stage: Stage


class TakenShown(BaseModel):
    """The case now in the officer's hands."""

    number: str
    version: int


class Asked(BaseModel):
    """Nothing has happened yet: another entitled officer must approve."""

    number: str
    approval: UUID


class Answered(BaseModel):
    """The case that the answer was about."""

    number: str


class QueueShown(BaseModel):
    """A queue: how many wait, and since when the first does."""

    id: str
    item: str
    body: str
    region: str
    waiting: int
    first_received_at: datetime | None


class QueueList(BaseModel):
    """The queues the viewer may see, the longest first."""

    queues: list[QueueShown]


class ApprovalLine(ApprovalShown):
    """An approval the viewer may answer."""

    number: str
    item_name: str
    asked_by: UUID
    asked_at: datetime


class ApprovalList(BaseModel):
    """What waits for the viewer's answer, the oldest first."""

    approvals: list[ApprovalLine]


def case_page(page: Page[CaseRow]) -> CasePage:
    """A page of a list."""
    return CasePage(cases=[_line(row) for row in page.rows], next=page.next)


def _line(row: CaseRow) -> CaseLine:
    return CaseLine(
        number=row.number,
        item_name=row.item_name,
        applicant=row.applicant,
        stage=row.stage,
        stage_name=row.stage_name,
        waits=row.waits,
        received_at=row.received_at,
        due=row.due,
        provisional=row.provisional,
        light=row.light,
        version=row.version,
    )


def case(view: CaseView, acts: list[str]) -> CaseShown:
    """A case as this viewer may see it, with the acts that are open to this viewer."""
    head, facts = view.state.head, view.state.facts
    materials = [
        MaterialShown(id=one.id, kind=one.kind, name=one.name, type=one.type, size=one.size)
        for one in view.materials
    ]
    return CaseShown(
        number=head.number,
        item=head.item,
        item_name=view.item_name,
        stage=view.state.stage,
        stage_name=view.stage_name,
        version=view.state.version,
        received_at=view.received_at,
        applicant=view.applicant,
        agent=view.agent,
        region=head.region,
        body=head.body,
        queue=head.queue,
        deadlines={name: _deadline(record) for name, record in facts.deadlines.items()},
        owed=list(facts.owed),
        light=view.light,
        place=view.place,
        story=[_step(told) for told in view.story],
        answers=None if view.answers is None else dict(view.answers),
        materials=None if view.purpose is None else materials,
        approvals=[
            ApprovalShown(id=one["id"], act=one["act"], reason=one["reason"]) for one in view.approvals
        ],
        acts=acts,
        erased=view.erased,
    )


def story(view: CaseView) -> Story:
    """The story alone."""
    return Story(
        number=view.state.head.number,
        version=view.state.version,
        events=[_step(told) for told in view.story],
    )


def _step(told: Told) -> Step:
    return Step(
        seq=told.seq,
        kind=told.event.kind,
        at=told.event.at,
        words=told.words,
        text=told.text,
        faults=[FaultShown(**fault) for fault in told.faults],
    )


def _deadline(record: Mapping[str, Any]) -> Deadline:
    clock = record["clock"]
    return Deadline(
        due=record["due"],
        warn=record["warn"],
        provisional=record["provisional"],
        rule=clock["rule"],
        limit=clock["limit"],
        unit=clock["unit"],
        started=clock["started"],
        stops=clock["stops"],
        excluded=record["excluded"],
        calendar=record["calendar"],
    )


def acted(done: Acted) -> ActShown:
    """Where the case stands after an act."""
    return ActShown(number=done.number, version=done.version, stage=done.stage)


def queue_list(rows: list[QueueRow]) -> QueueList:
    """Queues."""
    return QueueList(
        queues=[
            QueueShown(
                id=row.id,
                item=row.item,
                body=row.body,
                region=row.region,
                waiting=row.waiting,
                first_received_at=row.first_received_at,
            )
            for row in rows
        ]
    )


def approval_list(rows: list[OpenApproval]) -> ApprovalList:
    """Open approvals."""
    return ApprovalList(
        approvals=[
            ApprovalLine(
                id=row.id,
                act=row.act,
                reason=row.reason,
                number=row.number,
                item_name=row.item_name,
                asked_by=row.asked_by,
                asked_at=row.asked_at,
            )
            for row in rows
        ]
    )
