"""What happened to a plan and to its measures: stored once, folded for ever.

Of people an event holds the officer's id alone; what officers write stands in it as they wrote it. A term is
held by its code, as `rules/terms.py` reads it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, by an officer of a body."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    at: datetime
    by: UUID
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdopted(Event):
    """A plan was taken into the register. `every`: months after which a measure must be reported on anew."""

    kind: ClassVar[str] = "adopted"
    title: str
    number: str
    issued_on: date
    issuer: str
    source: str
    every: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRestated(PlanAdopted):
    """What the register says of the plan itself is another now."""

    kind: ClassVar[str] = "restated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanArranged(Event):
    """The plan's jobs, each as code, group and name, and its measures by their numbers, all in its order."""

    kind: ClassVar[str] = "arranged"
    jobs: tuple[tuple[str, str, str], ...]
    order: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPublished(Event):
    """From now on everybody can see it; there is no way back."""

    kind: ClassVar[str] = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAdded(Event):
    kind: ClassVar[str] = "added"
    number: str
    text: str
    job: str
    lead: str
    responsible: tuple[str, ...]
    term: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAmended(Event):
    """The plan says something else of it now; what is None stays as it was."""

    kind: ClassVar[str] = "amended"
    reason: str
    text: str | None = None
    job: str | None = None
    responsible: tuple[str, ...] | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChanged(Event):
    kind: ClassVar[str] = "lead-changed"
    lead: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported(Event):
    """The lead says how it stands (`stands`: a stage that is open), what was done, what stands in the way,
    what help is needed, what comes next and by when, and what proves it: words and an address."""

    kind: ClassVar[str] = "reported"
    stands: str
    done: str
    hindered: str = ""
    help: str = ""
    next: str = ""
    next_by: date | None = None
    proof: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReported(ProgressReported):
    """The same, said by a responsible body of its own part; it moves nothing."""

    kind: ClassVar[str] = "part-reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneDeclared(Event):
    kind: ClassVar[str] = "declared"
    done: str
    proof: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneConfirmed(Event):
    """Looked into and found done (销号), by another body than the lead."""

    kind: ClassVar[str] = "confirmed"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(Event):
    kind: ClassVar[str] = "sent-back"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponementAsked(Event):
    kind: ClassVar[str] = "postponement-asked"
    term: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponementGranted(Event):
    kind: ClassVar[str] = "postponement-granted"
    term: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponementDeclined(Event):
    kind: ClassVar[str] = "postponement-declined"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReopened(Event):
    """It was confirmed in error: done is not done."""

    kind: ClassVar[str] = "reopened"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDropped(Event):
    """The plan does not ask for it any more; its story stays."""

    kind: ClassVar[str] = "dropped"
    reason: str


_OF_PLANS: Final = (PlanAdopted, PlanRestated, PlanArranged, PlanPublished)
_OF_MEASURES: Final = (
    MeasureAdded,
    MeasureAmended,
    LeadChanged,
    ProgressReported,
    PartReported,
    DoneDeclared,
    DoneConfirmed,
    SentBack,
    PostponementAsked,
    PostponementGranted,
    PostponementDeclined,
    MeasureReopened,
    MeasureDropped,
)
KINDS: Final[dict[str, type[Event]]] = {one.kind: one for one in (*_OF_PLANS, *_OF_MEASURES)}
"""Every kind of event by its name."""
