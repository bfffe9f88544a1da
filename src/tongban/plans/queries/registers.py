"""Plans as officers see them: which there are, how one stands, what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, Viewer, allow, allowed, reach
from tongban.kernel.ids import BodyCode, Version
from tongban.plans.models import Event, Measure, Plan, standing_of
from tongban.plans.queries.lines import Line, PlanRow, lines_of, plan_row
from tongban.plans.queries.measures import Happened, happened
from tongban.plans.rules.clocks import by_pressure, presses, waits_for_supervision
from tongban.plans.rules.figures import Figures, Narrowing, by_lead, figures_of
from tongban.plans.rules.missing import unknown_plan
from tongban.plans.rules.register import Head, Job
from tongban.plans.rules.state import OVER


@dataclass(frozen=True, slots=True)
class Home:
    """The plans that an officer sees; what their body has to do; what is asked of them as who supervises."""

    plans: list[PlanRow]
    own: list[Line]
    to_answer: list[Line]
    supervises: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with all its measures in its order. `own`: what the viewer's body leads or has a part in."""

    head: Head
    issuer: str
    jobs: tuple[Job, ...]
    lines: list[Line]
    own: list[Line]
    published_at: datetime | None
    may_supervise: bool
    today: date
    happened: list[Happened]

    @property
    def figures(self) -> Figures:
        """How many measures stand how."""
        return figures_of([one.standing for one in self.lines])

    @property
    def led(self) -> list[tuple[BodyCode, str, Figures]]:
        """The same of what each body leads, by code and name, the body with the most late measures first."""
        names = {one.state.lead: one.lead for one in self.lines}
        found = by_lead(one.standing for one in self.lines)
        return [(code, names[code], figures_of(led)) for code, led in found.items()]

    @property
    def by_job(self) -> list[tuple[Job, Figures]]:
        """The same of each job, in the plan's order."""
        return [
            (job, figures_of([one.standing for one in self.lines if one.state.job == job.code]))
            for job in self.jobs
        ]

    def narrowed(self, narrowing: Narrowing) -> list[Line]:
        """The measures that are asked for, the most pressing first."""
        return pressing([one for one in self.lines if narrowing.holds(one.standing)])


def pressing(lines: Sequence[Line]) -> list[Line]:
    """The most pressing first."""
    return sorted(lines, key=lambda one: (*by_pressure(one.standing)[:3], one.id))


def home_of(viewer: Viewer, *, at: datetime) -> Home:
    """The plans that this officer may see, and what waits for them. Three statements."""
    plans = [one for one in Plan.objects.order_by("-issued_on", "-id") if _sees(viewer, one)]
    names = {one.code: one.name for one in directory.bodies()}
    rows = Measure.objects.filter(plan__in=plans).select_related("plan").order_by("plan_id", "place")
    lines = lines_of(list(rows), names, at)
    of_plan: dict[str, list[Line]] = {one.slug: [] for one in plans}
    for line in lines:
        of_plan[line.plan].append(line)
    by_slug = {one.slug: one for one in plans}
    return Home(
        plans=[plan_row(one, of_plan[one.slug], names) for one in plans],
        own=pressing([one for one in lines if _is_to_do(viewer, one)]),
        to_answer=pressing([one for one in lines if _answers(viewer, one, by_slug[one.plan])]),
        supervises=supervises(viewer),
    )


def plan_of(viewer: Viewer, slug: str, *, at: datetime) -> PlanView:
    """A plan with everything that is asked for on its pages. Four statements, however many measures."""
    plan, rows = standing_of(slug)
    if plan is None:
        raise unknown_plan()
    allow(viewer, Deed.SEE_PLANS, plan.thing)
    for row in rows:
        row.plan = plan
    names = {one.code: one.name for one in directory.bodies()}
    lines = lines_of(rows, names, at)
    body = viewer.officer.body if viewer.officer else None
    return PlanView(
        head=plan.head,
        issuer=names.get(BodyCode(plan.issuer), plan.issuer),
        jobs=plan.groups,
        lines=lines,
        own=pressing([one for one in lines if body in (one.state.lead, *one.state.responsible)]),
        published_at=plan.published_at,
        may_supervise=allowed(viewer, Deed.SUPERVISE_PLANS, plan.thing),
        today=legal_day(at),
        happened=[happened(row, names) for row in _story(plan)],
    )


def _story(plan: Plan) -> list[Event]:
    return list(Event.objects.filter(plan=plan, measure=None).order_by("seq"))


@dataclass(frozen=True, slots=True)
class Awaited:
    """What waits for an officer in all plans: whether there is anything, and how much of it presses."""

    any: bool
    number: int


def awaited(viewer: Viewer, *, at: datetime) -> Awaited:
    """What this officer's body has to do, and what who supervises has to answer. One statement; none for who
    has to do with no plan.
    """
    officer = viewer.officer
    if officer is None or reach(viewer, Deed.SEE_PLANS).body is None:
        return Awaited(False, 0)
    found = Measure.objects.filter(_whose(viewer, officer.body)).exclude(stage__in=sorted(map(str, OVER)))
    rows = list(found.select_related("plan"))
    lines = lines_of(rows, {}, at)
    number = sum(
        (_is_to_do(viewer, one) and presses(one.standing)) or _answers(viewer, one, row.plan)
        for one, row in zip(lines, rows, strict=True)
    )
    return Awaited(bool(lines) or supervises(viewer), number)


def _whose(viewer: Viewer, body: BodyCode) -> Q:
    """What a body leads or has a part in, and what is asked of who supervises."""
    over = reach(viewer, Deed.SUPERVISE_PLANS)
    found = Q(lead=body) | Q(responsible__contains=[body])
    asked = Q(stage="declared") | Q(asked__isnull=False)
    if over.body:
        found |= asked & Q(plan__issuer=over.body)
    if over.region:
        found |= asked & Q(plan__region__startswith=over.region)
    return found


def versions_of(slug: str) -> dict[str, tuple[int, Version]]:
    """The measures of a plan by their numbers: the row of each, and how many events it has. One statement."""
    rows = Measure.objects.filter(plan__slug=slug).values_list("number", "id", "version")
    return {number: (id_, Version(version)) for number, id_, version in rows}


def supervises(viewer: Viewer) -> bool:
    """Whether this officer supervises plans of some body or region."""
    over = reach(viewer, Deed.SUPERVISE_PLANS)
    return bool(over.body or over.region)


def _sees(viewer: Viewer, plan: Plan) -> bool:
    return allowed(viewer, Deed.SEE_PLANS, plan.thing)


def _is_to_do(viewer: Viewer, one: Line) -> bool:
    """Whether this officer reports on it, for the lead or for a part, and it is not over."""
    state = one.state
    thing = Thing(body=state.lead, asked=frozenset(state.responsible))
    return state.stage not in OVER and allowed(viewer, Deed.REPORT_PROGRESS, thing)


def _answers(viewer: Viewer, one: Line, plan: Plan) -> bool:
    """Whether this officer is asked whether it is done, or may take longer."""
    assert viewer.officer is not None
    mine = viewer.officer.body == one.state.lead
    return waits_for_supervision(one.state) and not mine and allowed(viewer, Deed.SUPERVISE_PLANS, plan.thing)
