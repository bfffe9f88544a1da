"""What happens to a case because it is one of several that were applied for together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from tongban.cases.events.story import CertificateUsed, Event, LegalEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultStands:
    """The result of another case of the same joint service that stands for a material of this kind."""

    kind: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResultArrived(LegalEvent):
    """Every result that the case waited for is there: it joins its queue now, and its clock begins.

    `of`: the cases whose results these are. `results` and `certificates` stand for materials. One with a
    `rule` joins no queue, as at its submission.
    """

    kind: ClassVar[str] = "result-arrived"
    of: tuple[str, ...]
    received_on: date
    results: tuple[ResultStands, ...] = ()
    certificates: tuple[CertificateUsed, ...] = ()
    rule: str | None = None
    asks_at: datetime | None = None
    asks_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAwaitsAgain(LegalEvent):
    """It had ended because a result would never come, and that no longer holds: it waits as before.

    `of`: the case whose ending was undone.
    """

    kind: ClassVar[str] = "awaits-again"
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResultUndone(Event):
    """It began on the results of these cases, which do not stand any more: until they do, it is not granted.

    No deadline moves: the law stops none for it, and refusing stays open.
    """

    kind: ClassVar[str] = "result-undone"
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResultStandsAgain(Event):
    """The results of these cases stand again; `certificates`: what was issued with them for its materials."""

    kind: ClassVar[str] = "result-stands-again"
    of: tuple[str, ...]
    certificates: tuple[CertificateUsed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExtendedJointly(Event):
    """The time in which several bodies decide their licences together is longer (行政许可法 Art. 42 para. 2).

    It stands in the story of the licence whose officer asked, and holds for all of them; no deadline of a
    case alone moves. `period`: the deadline of the whole after it, with rule, inputs and calendar version.
    `government`: the people's government whose leader, `approver`, gave leave, as it was called then.
    """

    kind: ClassVar[str] = "extended-jointly"
    value: int
    unit: str
    text: str
    approver: UUID
    government: str
    period: Mapping[str, Any]
