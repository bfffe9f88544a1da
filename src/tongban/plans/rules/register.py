"""A plan as a document tells it, and as the register holds it; what becomes of the one by the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tongban.kernel.ids import BodyCode
from tongban.plans.rules.state import MeasureState


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a plan itself. `slug`: its address, for good; `source`: where it was published, or
    empty; `every`: months after which a measure must be reported on anew.
    """

    slug: str
    title: str
    number: str
    issued_on: date
    issuer: BodyCode
    source: str
    every: int


@dataclass(frozen=True, slots=True)
class Job:
    """A group of measures: its code in the plan, what kind of group the plan calls it, its name."""

    code: str
    group: str
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A measure as a document tells it; `term` by its code, `job` by its own or empty."""

    number: str
    text: str
    job: str
    lead: BodyCode
    responsible: tuple[BodyCode, ...]
    term: str


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """A whole plan as a document tells it, jobs and measures in its order."""

    head: Head
    jobs: tuple[Job, ...]
    measures: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A plan as the register holds it now; measures by their numbers, in the plan's order."""

    head: Head
    jobs: tuple[Job, ...] = ()
    measures: Mapping[str, MeasureState] = field(default_factory=dict)
