"""How a case goes on inside, along the flow that its item draws. None of it moves a legal clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from tongban.cases.events.story import Deadlines, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFlowMoved(Event):
    """A task was done, a timer went off, or the flow began: where it stands now, and what waits until when.

    `item_version`: the version of the item whose drawing it is. `done`: what was done or happened, as
    `place.key_of` writes it, and `title`, what the drawing calls it; None where the flow began. `outcome`:
    the word it ended with. `text`: digest of what the officer wrote. `marking`: as `engine.flow` stores it.
    `due`: the last day of each task that has a limit, and the instant of each timer; `since`: the day or
    instant from which each of those limits runs. `deadlines`: those that hold after it, where the result is
    delivered and only the flow goes on; None where the law's own stay as they are. `asks`: the keys of what
    was opened and asks a register, from this moment.
    """

    kind: ClassVar[str] = "flow-moved"
    item_version: int
    done: str | None = None
    title: str | None = None
    outcome: str | None = None
    text: str | None = None
    marking: str
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    due: Mapping[str, str]
    since: Mapping[str, str] = field(default_factory=dict)
    deadlines: Deadlines | None = None
    asks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFlowChanged(Event):
    """The case goes on along the drawing of another version: the same tasks wait, until the same days."""

    kind: ClassVar[str] = "flow-changed"
    was: int
    item_version: int
    marking: str
    due: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTableApplied(Event):
    """A table said how a task of the flow ends; nobody chose.

    `task`: its key; `title`: what the drawing calls it. `rule`: item, version and table in one word; `row`:
    the row that hit; `outcome`: the word it says. `text`: digest of the reason as people read it; `found`:
    digest of the row and the facts that it went by.
    """

    kind: ClassVar[str] = "table-applied"
    task: str
    title: str
    rule: str
    row: int
    outcome: str
    text: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantTold(Event):
    """A task of the flow told the applicant what the drawing says; `task`: its key."""

    kind: ClassVar[str] = "applicant-told"
    task: str
    title: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswered(Event):
    """A task of the flow asked a register and ends with what came of it; nobody asked by hand.

    `task`: its key; `title`: what the drawing calls it. `outcome`: whether the register knows of the
    applicant. `text`: digest of what was asked and answered, in words.
    """

    kind: ClassVar[str] = "register-answered"
    task: str
    title: str
    outcome: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRegisterAway(Event):
    """The register that a task of the flow asks did not answer, for the `tries`-th time.

    It is asked again at `asks_at`; None where it may not be asked and whoever has the case finds out: an
    application that somebody else handed in says of whom by hand alone.
    """

    kind: ClassVar[str] = "flow-register-away"
    task: str
    tries: int
    asks_at: datetime | None = None
