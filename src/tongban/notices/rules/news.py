"""What has happened, as wiring brings it here from the contexts above."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from tongban.kernel.ids import EventId, PersonKey


class About(StrEnum):
    """What a notice leads to."""

    CASE = "case"
    CERTIFICATE = "certificate"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class News:
    """A sealed event that may concern somebody: whose affair it is, what it is about, and its days.

    `name`: the event's, as its leaf tells it (`cases.accepted`); `item`: how that is called, in public words;
    `days`: by name, those that the event fixed (`correct`, `promised`, `told_until`, …); `agent`: who
    filed it for whom it concerns, if not they themselves; `once`: by which it is told once, where the clock
    tells it and no event.
    """

    event: EventId
    name: str
    at: datetime
    whose: PersonKey
    about: About
    number: str
    item: str
    by_office: bool
    by_rule: bool = False
    days: Mapping[str, date] = field(default_factory=dict)
    agent: PersonKey | None = None
    once: str = ""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read of somebody's affairs: `persons` of all, `agents` each of what they filed themselves."""

    persons: Collection[PersonKey] = ()
    agents: Collection[PersonKey] = ()

    def of(self, agent: PersonKey | None) -> list[PersonKey]:
        """Who may read of an affair that this agent filed, or nobody's agent."""
        also = [] if agent is None or agent in self.persons or agent not in self.agents else [agent]
        return [*self.persons, *also]

    def __contains__(self, reader: PersonKey) -> bool:
        """Whether somebody may read of anything of theirs."""
        return reader in self.persons or reader in self.agents


class Happenings(Protocol):
    """What notices ask of the contexts above: what happened, and who may read of it."""

    def news(self, events: Sequence[EventId], /) -> Sequence[News]:
        """What these events were, in their order."""
        ...

    def readers(self, whose: Collection[PersonKey], at: datetime, /) -> Mapping[PersonKey, Readers]:
        """By whose affair it is: the persons who may read of it at that moment."""
        ...

    def still_awaited(self, event: EventId, /) -> News | None:
        """The news that asked something of its applicant, with its days as they are now; None once over."""
        ...
