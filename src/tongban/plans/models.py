"""What is stored of plans and measures, how it is read back, and what the database must never allow."""

from collections.abc import Sequence
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from pydantic import TypeAdapter

from tongban.kernel.access import Deed, Thing
from tongban.kernel.events import event_of
from tongban.kernel.ids import BodyCode, RegionCode, Version
from tongban.kernel.privacy import Privacy
from tongban.plans.events import KINDS
from tongban.plans.events import Event as PlanEvent
from tongban.plans.rules.register import Head, Job, Register, ToldPlan
from tongban.plans.rules.state import OPEN, MeasureState, Stage
from tongban.plans.rules.terms import STANDING_CODE, term_of

_REGISTER: Final = Privacy(
    personal=frozenset(),
    keep_years=None,
    reason="公开承诺办了没有的记录，不含个人信息，长期保存。",
    erase="不删除。",
)


class Plan(models.Model):
    """A plan as its events leave it. `jobs`: code, group and name of each; `bodies`: all that it names."""

    slug = models.TextField()
    title = models.TextField()
    number = models.TextField()
    issued_on = models.DateField()
    issuer = models.TextField()
    region = models.TextField()
    source = models.TextField()
    every = models.SmallIntegerField()
    jobs = models.JSONField()
    bodies = ArrayField(models.TextField())
    version = models.IntegerField()
    adopted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    privacy = _REGISTER

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="a_plan_has_an_address_of_its_own", fields=["slug"]),
            CheckConstraint(
                name="a_plan_is_reported_on_every_so_many_months", condition=Q(every__range=(1, 12))
            ),
        ]

    @property
    def thing(self) -> Thing:
        """The plan to the access function: its bodies are asked for what they undertook."""
        bodies = frozenset(map(BodyCode, self.bodies))
        return Thing(body=BodyCode(self.issuer), region=RegionCode(self.region), asked=bodies)

    @property
    def head(self) -> Head:
        """What is said of it."""
        return Head(
            self.slug,
            self.title,
            self.number,
            self.issued_on,
            BodyCode(self.issuer),
            self.source,
            self.every,
        )

    @property
    def groups(self) -> tuple[Job, ...]:
        """Its jobs, in its order."""
        return tuple(Job(*one) for one in self.jobs)


class Measure(models.Model):
    """A measure as its events leave it; `place` in the order of its plan, `due` the last day of its term."""

    plan = models.ForeignKey(Plan, models.PROTECT, db_index=False, related_name="+")
    place = models.IntegerField()
    number = models.TextField()
    text = models.TextField()
    job = models.TextField()
    lead = models.TextField()
    responsible = ArrayField(models.TextField())
    term = models.TextField()
    first = models.TextField()
    due = models.DateField(null=True)
    since = models.DateField()
    stage = models.TextField()
    version = models.IntegerField()
    postponed = models.IntegerField()
    asked = models.TextField(null=True)
    reported_on = models.DateField(null=True)
    declared_on = models.DateField(null=True)
    confirmed_by = models.TextField(null=True)

    privacy = _REGISTER

    class Meta:
        indexes: ClassVar = [
            Index(
                name="measures_that_a_body_leads",
                fields=["lead"],
                condition=Q(stage__in=sorted(map(str, OPEN))),
            ),
        ]
        constraints: ClassVar = [
            UniqueConstraint(name="a_plan_has_a_measure_of_a_number_once", fields=["plan", "number"]),
            CheckConstraint(
                name="measure_stage_is_known", condition=Q(stage__in=[str(one) for one in Stage])
            ),
            CheckConstraint(name="a_measure_has_somebody_responsible", condition=Q(responsible__len__gt=0)),
            CheckConstraint(
                name="only_what_is_for_good_has_no_last_day",
                condition=Q(term=STANDING_CODE, due=None) | (~Q(term=STANDING_CODE) & Q(due__isnull=False)),
            ),
            CheckConstraint(
                name="a_confirmed_measure_says_who_confirmed_it",
                condition=Q(stage=str(Stage.CONFIRMED), confirmed_by__isnull=False)
                | (~Q(stage=str(Stage.CONFIRMED)) & Q(confirmed_by=None)),
            ),
            CheckConstraint(
                name="no_lead_confirms_its_own_measure",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("lead")),
            ),
        ]

    @property
    def state(self) -> MeasureState:
        """The measure as rules know it."""
        return MeasureState(
            number=self.number,
            text=self.text,
            job=self.job,
            lead=BodyCode(self.lead),
            responsible=tuple(map(BodyCode, self.responsible)),
            term=term_of(self.term),
            first=term_of(self.first),
            since=self.since,
            stage=Stage(self.stage),
            version=Version(self.version),
            postponed=self.postponed,
            asked=term_of(self.asked) if self.asked else None,
            reported_on=self.reported_on,
            declared_on=self.declared_on,
            confirmed_by=BodyCode(self.confirmed_by) if self.confirmed_by else None,
        )

    def thing_for(self, deed: Deed) -> Thing:
        """The measure to the access function: its plan to who looks on, else its lead and who has a part."""
        if deed in (Deed.SEE_PLANS, Deed.SUPERVISE_PLANS):
            return self.plan.thing
        return Thing(body=BodyCode(self.lead), asked=frozenset(map(BodyCode, self.responsible)))

    def take(self, state: MeasureState) -> None:
        """Have the row say what a state says."""
        same = ("number", "text", "job", "lead", "since", "version", "postponed", "reported_on")
        for name in (*same, "declared_on", "confirmed_by"):
            setattr(self, name, getattr(state, name))
        self.responsible, self.stage = list(state.responsible), str(state.stage)
        self.term, self.first, self.due = state.term.code, state.first.code, state.term.last
        self.asked = state.asked.code if state.asked else None


FOLDED: Final = (
    *("text", "job", "lead", "responsible", "term", "due", "stage", "version"),
    *("postponed", "asked", "reported_on", "declared_on", "confirmed_by"),
)
"""The columns of a measure that events change."""


class Event(models.Model):
    """One thing that happened to a plan, or to a measure of it; a trigger forbids to change or delete it."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, db_index=False, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, db_index=False, related_name="+")
    seq = models.IntegerField()
    kind = models.TextField()
    version = models.SmallIntegerField()
    at = models.DateTimeField()
    body = models.TextField()

    privacy = _REGISTER

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                name="a_plan_event_has_a_place_once", fields=["plan", "seq"], condition=Q(measure=None)
            ),
            UniqueConstraint(
                name="a_measure_event_has_a_place_once",
                fields=["measure", "seq"],
                condition=Q(measure__isnull=False),
            ),
        ]

    @property
    def event(self) -> PlanEvent:
        """What happened."""
        return event_of(KINDS[self.kind], self.body)


class Reading(models.Model):
    """A plan that was read from a spreadsheet and waits to be looked at by whoever brought it."""

    id = models.UUIDField(primary_key=True)
    plan = models.TextField()
    reason = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()

    privacy = Privacy(
        personal=frozenset(),
        keep_years=0,
        reason="只为导入前看一遍；七天没有确认就删除。",
        erase="确认、放弃或者到期，整行删除。",
    )

    class Meta:
        constraints: ClassVar = [CheckConstraint(name="a_reading_says_why", condition=~Q(reason=""))]


_TOLD: Final = TypeAdapter(ToldPlan)


def plan_written(plan: ToldPlan) -> str:
    """A plan as a reading keeps it."""
    return _TOLD.dump_json(plan).decode()


def plan_read(text: str) -> ToldPlan:
    """The plan that `plan_written` wrote."""
    return _TOLD.validate_json(text)


def standing_of(slug: str, *, locked: bool = False) -> tuple[Plan | None, list[Measure]]:
    """A plan and its measures in its order, perhaps under their locks; none for an unknown slug.

    Two statements, one where there is none.
    """
    plans, measures = Plan.objects.all(), Measure.objects.order_by("place")
    if locked:
        plans, measures = plans.select_for_update(), measures.select_for_update()
    plan = plans.filter(slug=slug).first()
    return plan, list(measures.filter(plan=plan)) if plan else []


def register_of(plan: Plan | None, measures: Sequence[Measure]) -> Register | None:
    """A plan as rules know it; its measures in its order."""
    if plan is None:
        return None
    return Register(plan.head, plan.groups, {one.number: one.state for one in measures})
