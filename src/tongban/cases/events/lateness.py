"""What is said of a case that is late. It moves no legal clock, and takes nothing from a red light."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from tongban.cases.events.story import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionOrdered(Event):
    """The office is told to see to the case, and to explain by `answer_by`."""

    kind: ClassVar[str] = "supervision-ordered"
    text: str
    answer_by: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LatenessExplained(Event):
    """Why what was due on `due` is late, and the day until which the office means to have done it."""

    kind: ClassVar[str] = "lateness-explained"
    cause: str
    due: date
    until: date
    text: str
