"""What happened between the applicant, the office and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

Deadlines = Mapping[str, Mapping[str, Any]]
"""By name (notify, correct, supply, promised, statutory, deliver): due day, first yellow, rule, inputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `by` is the officer; None is the applicant, the clock or the `rule` named.

    `stands_in_for`: the officer in whose hands the case was, where `by` acted in that one's absence.
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    at: datetime
    by: UUID | None = None
    stands_in_for: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEvent(Event):
    """An event after which other deadlines hold."""

    deadlines: Deadlines = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialDigest:
    """A material handed in: its kind in the item's list and its file's salted digest."""

    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateUsed:
    """A certificate that stood for a material: the kind, and by its identifier the very edition."""

    kind: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """How a window received an application: who at which body, how the person was known and confirmed it.

    `typed_again`: how many answers were typed there that the platform held already; a number, and no more.
    """

    officer: UUID
    body: str
    known: str
    confirmed: str
    typed_again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted(LegalEvent):
    """The application; one with a `rule` joins no queue: its register is asked until `asks_until`.

    `sources`: the digest of where answers are from that the applicant did not type, if there are any.
    `by_agent`: whether another than the applicant filed it, by a mandate; absent where the applicant did.
    `received`: where an officer filled it in at a window for the person who stood there.
    `joint`: the number under which it was submitted together with others; `after`: those cases among them
    whose results it waits for before it joins its queue, if for any. `owed`: kinds of material that may
    follow and are not there.
    """

    kind: ClassVar[str] = "submitted"
    item: str
    item_version: int
    queue: str
    region: str
    channel: str
    received_on: date
    answers: str
    materials: tuple[MaterialDigest, ...]
    certificates: tuple[CertificateUsed, ...] = ()
    rule: str | None = None
    asks_at: datetime | None = None
    asks_until: datetime | None = None
    sources: str | None = None
    by_agent: bool | None = None
    received: Received | None = None
    joint: str | None = None
    after: tuple[str, ...] | None = None
    owed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRegisterAway(Event):
    """The register that a rule asks did not answer, for the `tries`-th time; it is asked again by itself."""

    kind: ClassVar[str] = "register-away"
    rule: str
    tries: int
    asks_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQueued(Event):
    """The rule leaves the case to officers: it joins its queue now, behind all who wait there.

    `found` is the digest of what the register answered, where it did.
    """

    kind: ClassVar[str] = "queued"
    rule: str
    why: str
    text: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTaken(Event):
    """In the hands of `by`; a leader may have given it, the first that waited, to them (`assigned_by`)."""

    kind: ClassVar[str] = "taken"
    reason: str | None = None
    approver: UUID | None = None
    assigned_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReleased(Event):
    """Back to its place, by the officer or, left untouched, by the clock."""

    kind: ClassVar[str] = "released"
    untouched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotAccepted(LegalEvent):
    kind: ClassVar[str] = "not-accepted"
    ground: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReturnedForCorrection(LegalEvent):
    """The one notice, with all faults (行政许可法 Art. 32(4))."""

    kind: ClassVar[str] = "returned-for-correction"
    noticed_on: date
    faults: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResubmitted(LegalEvent):
    """The corrections; `received` where a window filled them in for the person who stood there.

    `owed`: kinds of material that may follow and are still not there.
    """

    kind: ClassVar[str] = "resubmitted"
    resubmitted_on: date
    answers: str
    materials: tuple[MaterialDigest, ...]
    certificates: tuple[CertificateUsed, ...] = ()
    received: Received | None = None
    owed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReminded(LegalEvent):
    """The corrections do not yet meet the notice: the same faults again, never new ones."""

    kind: ClassVar[str] = "reminded"
    reminded_on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeemedAccepted(LegalEvent):
    """Accepted by silence, from the day of receipt."""

    kind: ClassVar[str] = "deemed-accepted"
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted(LegalEvent):
    kind: ClassVar[str] = "accepted"
    accepted_on: date
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAcceptedTolerantly(LegalEvent):
    """Accepted although materials of these kinds are still owed (容缺受理).

    `tolerated_on`: when the applicant was told, from which the deadline `supply` counts; `accepted_on` may
    lie before it.
    """

    kind: ClassVar[str] = "accepted-tolerantly"
    accepted_on: date
    tolerated_on: date
    owed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSupplied(LegalEvent):
    """Some of what was owed, or all; `owed` is what is left. `received` where a window took it in."""

    kind: ClassVar[str] = "supplied"
    supplied_on: date
    materials: tuple[MaterialDigest, ...]
    owed: tuple[str, ...]
    received: Received | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSpecialProcedureStarted(LegalEvent):
    """The clock stops; the applicant is told in writing until when (行政许可法 Art. 45)."""

    kind: ClassVar[str] = "special-procedure-started"
    procedure: str
    since: date
    told_until: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSpecialProcedureEnded(LegalEvent):
    kind: ClassVar[str] = "special-procedure-ended"
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExtended(LegalEvent):
    kind: ClassVar[str] = "extended"
    value: int
    unit: str
    text: str
    approver: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGranted(LegalEvent):
    """By an officer, or by the `rule` named upon what a register answered (`found` is its digest).

    `second`: the officer who agreed, where the item is decided by two.
    """

    kind: ClassVar[str] = "granted"
    decided_on: date
    text: str
    rule: str | None = None
    found: str | None = None
    second: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRefused(LegalEvent):
    kind: ClassVar[str] = "refused"
    decided_on: date
    text: str
    second: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDelivered(LegalEvent):
    kind: ClassVar[str] = "delivered"
    delivered_on: date
    way: str
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCompleted(LegalEvent):
    kind: ClassVar[str] = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRevoked(LegalEvent):
    """A grant is taken back (行政许可法 Art. 69): `of` is its place in the story, `approver` who agreed."""

    kind: ClassVar[str] = "revoked"
    ground: str
    text: str
    of: int
    approver: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(LegalEvent):
    """Taken back by the applicant; `together`: with all else of its joint service."""

    kind: ClassVar[str] = "withdrawn"
    together: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTerminated(LegalEvent):
    """Ended before a decision; `of`: the case whose result it waited for, where that never comes."""

    kind: ClassVar[str] = "terminated"
    ground: str
    text: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReversed(LegalEvent):
    """A wrong act undone by a later one: the legal facts of before it hold again."""

    kind: ClassVar[str] = "reversed"
    act: str
    seq: int
    restores: Mapping[str, Any]
    text: str
    approver: UUID
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeadlinesRecomputed(LegalEvent):
    """A newly published calendar year made provisional deadlines final, or moved them."""

    kind: ClassVar[str] = "deadlines-recomputed"
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Event):
    """`of`: the people's government that is asked for leave; None where the body's own people are asked."""

    kind: ClassVar[str] = "approval-asked"
    approval: UUID
    act: str
    reason: str | None = None
    text: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven(Event):
    kind: ClassVar[str] = "approval-given"
    approval: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDeclined(Event):
    kind: ClassVar[str] = "approval-declined"
    approval: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContentErased(Event):
    """The case's key is destroyed: nobody can read its content again; story, order and proofs stay."""

    kind: ClassVar[str] = "content-erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMessageSent(Event):
    """A word between the applicant and the office (`by`); it moves no clock and nobody's turn."""

    kind: ClassVar[str] = "message-sent"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContactChanged(Event):
    """Another telephone number of the applicant's; the answers whole, as after a correction."""

    kind: ClassVar[str] = "contact-changed"
    answers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookContested(Event):
    """The applicant doubts an officer's look, and is answered by the end of the deadline `answer_by`."""

    kind: ClassVar[str] = "look-contested"
    look: int
    text: str
    answer_by: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestAnswered(Event):
    """What came of a contest: the one at the `contest`-th place of the story."""

    kind: ClassVar[str] = "contest-answered"
    contest: int
    text: str
