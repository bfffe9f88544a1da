"""What officers do together on a case. None of it moves a legal clock, a place or a timer of the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from tongban.cases.events.story import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOver(Event):
    """Out of the hands of `was` into those of `to`, a colleague: no taking, and no new four hours."""

    kind: ClassVar[str] = "handed-over"
    was: UUID
    to: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNoted(Event):
    """A word for the office alone; never changed, only followed by another."""

    kind: ClassVar[str] = "noted"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationAsked(Event):
    """An officer of `body` is asked, or the body: whoever there answers for it. `answer_by`: the deadline.

    `task`: the task of the flow that asks, as `place.key_of` writes it, and that the answer completes.
    """

    kind: ClassVar[str] = "consultation-asked"
    body: str
    officer: UUID | None = None
    text: str
    answer_by: Mapping[str, Any]
    task: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationAnswered(Event):
    """The answer to the question at the `consultation`-th place of the story."""

    kind: ClassVar[str] = "consultation-answered"
    consultation: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationDeclined(Event):
    """Why who was asked does not answer the question at the `consultation`-th place of the story."""

    kind: ClassVar[str] = "consultation-declined"
    consultation: int
    text: str
