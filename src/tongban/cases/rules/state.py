"""What is known of a case: who it is, its legal facts, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tongban.cases.rules.life import CLOSED, WORKED_ON, Stage
from tongban.engine.calendar import Span
from tongban.kernel.access import Thing
from tongban.kernel.ids import BodyCode, CaseId, ItemCode, OfficerId, PersonKey, QueueId, RegionCode


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Who it is. `tag` names the case in the public log and can be told from nothing else.

    Nothing of it changes, but `queue`, `region` and `body` once where it is sent up to who decides.
    """

    id: CaseId
    number: str
    tag: str
    item: ItemCode
    item_version: int
    queue: QueueId
    region: RegionCode
    body: BodyCode
    applicant: PersonKey
    filed_by: PersonKey | None = None
    """Who filed it, the applicant's agent among them; None where that need not be known."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that holds: its last day, the first day of its yellow light, and how both came about."""

    day: date
    warn: date
    provisional: bool
    how: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """The legal facts, folded from legal events; `CaseReversed` puts earlier ones back whole."""

    stage: Stage = Stage.SUBMITTED
    received_on: date | None = None
    noticed_on: date | None = None
    resubmitted_on: date | None = None
    accepted_on: date | None = None
    deemed: bool = False
    procedure: str | None = None
    stopped_since: date | None = None
    told_until: date | None = None
    stops: tuple[tuple[date, date], ...] = ()
    extended_by: int | None = None
    extended_unit: str | None = None
    extended_jointly_by: int | None = None  # what several bodies do together, asked for in this one of it
    extended_jointly_unit: str | None = None
    forwarded_on: date | None = None  # to the body that decides, and by which it was examined
    forwarded_by: str | None = None
    granted: bool | None = None
    decided_on: date | None = None
    delivered_on: date | None = None
    rule: str | None = None  # until officers have it: the rule that decides, and when it asks its register
    asked: int | None = None
    asks_at: datetime | None = None
    asks_until: datetime | None = None
    joint: str | None = None  # submitted with others under this number, and the cases whose results it needs
    after: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()  # those of them whose result was there as it began, and is not any more
    restored_at: datetime | None = (
        None  # one of several: an act was undone then that others may have ended for
    )
    queued_at: datetime | None = None  # how long officers take is counted from here to the decision,
    asked_back_at: datetime | None = None  # less the time that the applicant has it: since when, and so far
    with_applicant: int = 0  # in seconds
    decided_at: datetime | None = None
    accepted_at: datetime | None = None
    owed: tuple[str, ...] = ()  # kinds of material that may follow and are not there; since when it was told
    tolerated_on: date | None = None
    flow: Mapping[str, Any] | None = None  # where it is in its flow: `item_version, marking, due, since`
    stands_since: datetime | None = None  # since when it has been in this stage and on this side of the turn
    deadlines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def due(self, name: str) -> Due | None:
        """The deadline of that name, if one holds."""
        record = self.deadlines.get(name)
        if record is None:
            return None
        return Due(
            date.fromisoformat(record["due"][:10]),
            date.fromisoformat(record["warn"]),
            record["provisional"],
            record,
        )

    @property
    def office_seconds(self) -> int | None:
        """How long officers took from arrival to decision; None before it, and where a rule decided."""
        if self.queued_at is None or self.decided_at is None:
            return None
        return max(0, int((self.decided_at - self.queued_at).total_seconds()) - self.with_applicant)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Time the law does not count, (start, end]; a procedure under way lasts as long as was told."""
        told = ((self.stopped_since, self.told_until),) if self.stopped_since and self.told_until else ()
        return tuple(Span(start, end) for start, end in (*self.stops, *told))


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is. `position` is the ledger index of the arrival, known once the case was taken."""

    waits: bool = False
    taken_by: OfficerId | None = None
    taken_at: datetime | None = None
    touched: bool = False
    position: int | None = None


class Side(StrEnum):
    """Who speaks in a case."""

    APPLICANT = "applicant"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that a case waits for beside its legal way.

    `asking`: the place in the story of a question, or the id of an approval by which a colleague would be the
    second to decide. `officer`: who alone may answer, where one is named; else whoever of the body may.
    `task`: the task of the flow that the answer completes, where one asks. `governs`: whether a people's
    government is asked for leave, which reads the story and no content. `until`: the last day to answer a
    question; None for an approval. `over`: whether the flow went on from its task without the answer.
    """

    asking: str
    body: BodyCode
    officer: OfficerId | None = None
    second: bool = False
    task: str | None = None
    governs: bool = False
    until: date | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Lateness:
    """What was said of a case that is late: why what was due on `due` was not done, and by when it will be.

    `answer_by`: the last day to answer the order that is open, if one is.
    """

    cause: str | None = None
    due: date | None = None
    until: date | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case as folded from its events; `version` is how many there are.

    `last_word`: whose message the other side has not answered yet, by a word or by an act. `awaited`: what
    officers asked of others and nobody answered yet.
    """

    head: CaseHead
    version: int = 0
    facts: Facts = Facts()
    turn: Turn = Turn()
    last_word: Side | None = None
    awaited: tuple[Awaited, ...] = ()
    lateness: Lateness = Lateness()

    @property
    def stage(self) -> Stage:
        return self.facts.stage

    @property
    def closed(self) -> bool:
        return self.stage in CLOSED

    @property
    def worked_on(self) -> bool:
        return self.stage in WORKED_ON

    @property
    def awaits_rule(self) -> bool:
        """Whether a rule is to decide it, and it has joined no queue."""
        return self.facts.rule is not None and self.stage in (Stage.SUBMITTED, Stage.ACCEPTED)

    @property
    def undecided(self) -> bool:
        """Whether the office has yet to decide: what it asked others is of use until then, and no longer."""
        return not self.closed and self.facts.decided_on is None

    @property
    def thing(self) -> Thing:
        """The case as the access function sees it."""
        head, awaited = self.head, self.awaited if self.undecided else ()
        return Thing(
            body=head.body,
            region=head.region,
            applicant=head.applicant,
            taken_by=self.turn.taken_by,
            filed_by=head.filed_by,
            sent_by=BodyCode(self.facts.forwarded_by) if self.facts.forwarded_by else None,
            asked=frozenset(one.officer or one.body for one in awaited if not (one.second or one.governs)),
            seconded=any(one.second for one in awaited),
            governed_by=next((one.body for one in awaited if one.governs), None),
        )
