"""A published version of a service item, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from tongban.catalogue.rules.granting import FlowTable, GrantRule, RegisterAsked
from tongban.engine.flow import Net
from tongban.engine.forms import Condition, Form, Kind, Option, Value, holds
from tongban.kernel.access import covers
from tongban.kernel.figures import Figure, FigureMissing, Limit, Regime, Source, SpecialProcedureKind
from tongban.kernel.ids import BodyCode, ItemCode, RegionCode

Need = Literal["required", "optional", "later", "not-demanded"]
MaterialSource = Literal["applicant", "certificate", "shared", "form", "earlier-result"]


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded value: which code system, the code, and its name where the system lists it."""

    system: str
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A type of certificate that stands for a material, its name, and who may hold it."""

    certificate: str
    name: str
    holder: Literal["person", "enterprise", "either"]


@dataclass(frozen=True, slots=True)
class Intermediary:
    """Who makes a material as a trade, and on what terms; `law` where one demands the trade's service."""

    made_by: str
    terms: str
    law: Source | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a material may look like: a page with a title and lines, and who signs it. All invented."""

    title: str
    lines: tuple[str, ...]
    signed: str


@dataclass(frozen=True, slots=True)
class Material:
    """One kind of material that an item looks at; `need` 必要 非必要 容缺后补 免提交."""

    kind: str
    name: str
    type: Literal["certificate", "form", "other"]
    need: Need
    source: MaterialSource
    held_by: str
    purpose: str
    formats: tuple[str, ...]
    accept_stand: str
    example: str
    originals: int
    copies: int
    by_law: tuple[Source, ...]
    when: Condition | None
    satisfied_by: tuple[StandIn, ...] = ()
    intermediary: Intermediary | None = None
    drawn: Drawn | None = None

    @property
    def is_form(self) -> bool:
        """Whether it is made of the answers to the item's own form."""
        return self.source == "form"

    @property
    def must_be_handed_in(self) -> bool:
        """Whether the applicant must hand it in before the application is complete."""
        return self.need == "required" and self.source == "applicant"

    @property
    def may_follow(self) -> bool:
        """Whether the applicant may hand it in after acceptance."""
        return self.need == "later" and self.source == "applicant"

    @property
    def may_be_handed_in(self) -> bool:
        """Whether there is anything for the applicant to hand in at all."""
        return self.need != "not-demanded" and self.source == "applicant"


@dataclass(frozen=True, slots=True)
class Body:
    """A body beside the offices: who decides what one of them examines, or whose opinion is asked."""

    body: BodyCode
    name: str
    region: RegionCode


@dataclass(frozen=True, slots=True)
class Office:
    """A body that runs the item, and where people find it; `superior` decides, where it examines only."""

    body: BodyCode
    name: str
    region: RegionCode
    address: str
    hours: str
    phone: str
    superior: Body | None = None


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step of the way through, in people's words; `takes` where it is promised."""

    name: str
    actor: str
    takes: Limit | None


@dataclass(frozen=True, slots=True)
class Fee:
    """One charge with its legal basis."""

    name: str
    standard: str
    relief: str
    law: Source


@dataclass(frozen=True, slots=True)
class GuideOnly:
    """What people can be told of before it can be applied for here; `sample` as for an item."""

    code: ItemCode
    name: str
    sample: bool
    life_event: str
    department: str
    audience: tuple[Coded, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What an answer means, in plain words; where it `ends` the questions, this is not what they need."""

    answer: str | bool
    says: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """A question that tells apart who needs what (情形).

    `field` is the form's field that asks the same, empty where the form does not; `when` the condition, over
    fields asked before, under which the form asks it.
    """

    element: str
    field: str
    label: str
    help: str
    kind: Literal[Kind.CHOICE, Kind.BOOLEAN]
    options: tuple[Option, ...]
    when: Condition | None
    tells: tuple[Telling, ...]

    @property
    def answers(self) -> tuple[tuple[str | bool, str], ...]:
        """Every answer with its label, in the order in which they are offered."""
        if self.kind is Kind.BOOLEAN:
            return ((True, _("是")), (False, _("否")))
        return tuple((option.code, option.label) for option in self.options)


@dataclass(frozen=True, slots=True)
class OnlineTarget:
    """How far an item shall go online, and by when."""

    depth: Coded
    by: date


@dataclass(frozen=True, slots=True)
class Words:
    """A section of the guide in its writers' own words, as HTML: before and after the item's own facts."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question people ask, and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Process:
    """The flow by which cases of an item are handled: its name, as it was drawn, and the net that runs."""

    drawn: str
    bpmn: str
    net: Net
    asks: Mapping[str, tuple[Body, ...]] = field(default_factory=dict)
    """By task, the bodies whose opinion it is to ask, each for its region."""
    looks: Mapping[str, RegisterAsked] = field(default_factory=dict)
    """By task, the register that it asks."""
    tables: Mapping[str, FlowTable] = field(default_factory=dict)
    """By name, the tables by which it finds its way."""


@dataclass(frozen=True, slots=True)
class Service:
    """What can be applied for, as published: a service item, or several of them as one joint service.

    `sample`: its promise and offices are examples and are shown as such.
    """

    slug: ItemCode
    version: int
    digest: str
    name: str
    sample: bool
    words: tuple[str, ...]
    audience: tuple[Coded, ...]
    department: str
    promised: Limit
    materials: tuple[Material, ...]
    offices: tuple[Office, ...]
    form: Form

    @property
    def departments(self) -> tuple[str, ...]:
        """Every department that handles it."""
        return (self.department,)

    def materials_for(self, answers: Mapping[str, Value]) -> tuple[Material, ...]:
        """The materials that these cleaned answers call for, in the order of the list."""
        return tuple(one for one in self.materials if one.when is None or holds(one.when, answers))

    def office_in(self, region: RegionCode) -> Office | None:
        """The nearest of the offices whose own region holds this one; None if none does."""
        serving = [office for office in self.offices if covers(office.region, region)]
        return max(serving, key=lambda office: len(office.region.rstrip("0")), default=None)

    @property
    def running(self) -> tuple[Office | Body, ...]:
        """Every body that runs it, and that decides for one that does."""
        return (*self.offices, *self.superiors.values())

    @property
    def bodies(self) -> dict[BodyCode, str]:
        """What each of these bodies is called."""
        return {one.body: one.name for one in self.running}

    @property
    def superiors(self) -> dict[BodyCode, Body]:
        """Who decides what each of the offices sends on, by the office; empty where each decides itself."""
        return {one.body: one.superior for one in self.offices if one.superior is not None}


@dataclass(frozen=True, slots=True)
class Item(Service):
    """A service item as published. `statutory` is the limit of the item's own law, where that sets one.

    `sample`: its codes, promise and offices are examples. `guide` is Markdown with its
    facts filled in; `told` what its writers say beside the facts, by the fact of the section, safe to show.
    """

    basic_code: str
    local_code: Coded | None
    item_type: Coded
    kind: Literal["instant", "promised", "forwarded"]
    regime: Regime
    statutory: Figure | None
    law: tuple[Source, ...]
    conditions: tuple[str, ...]
    flow: tuple[FlowStep, ...]
    fees: tuple[Fee, ...]
    visits: int
    visit_reason: str
    channels: frozenset[str]
    special_procedures: tuple[SpecialProcedureKind, ...]
    result: str
    result_kind: str
    certificate: Mapping[str, Any] | None
    """The type of certificate that a grant issues, as its pack says, with its `slug`."""
    contact: str
    complaint: str
    faq: tuple[Question, ...]
    situations: tuple[Situation, ...]
    online_depth: Coded | None
    online_target: OnlineTarget | None
    guide: str
    told: Mapping[str, Words]
    rule: GrantRule | None = None
    """By what a case is granted at once, without an officer; None where officers decide."""
    by_two: str = ""
    """Why a second officer must agree to every decision, as published; empty where one officer decides."""
    by_two_law: tuple[Source, ...] = ()
    later_within: Limit | None = None
    """How long after acceptance materials that may follow are awaited; None where none may."""
    process: Process | None = None
    """How its cases are handled inside; None where nothing is drawn and their legal life alone holds."""

    @property
    def flow_tables(self) -> tuple[FlowTable, ...]:
        """The tables by which its cases find their way, in the order of the drawing."""
        return tuple(self.process.tables.values()) if self.process else ()

    @property
    def registers_on_the_way(self) -> tuple[RegisterAsked, ...]:
        """The registers that steps of its flow ask, in the order of the drawing's ids."""
        looks = self.process.looks if self.process else {}
        return tuple(looks[task] for task in sorted(looks))

    def statutory_on(self, day: date) -> Limit | None:
        """The statutory limit to decide in force that day; None where no law sets one."""
        figure = self.statutory or self.regime.figures.get("decide_within")
        try:
            return figure.on(day).limit if figure else None
        except FigureMissing:
            return None
