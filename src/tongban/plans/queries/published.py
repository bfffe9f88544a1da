"""What everybody sees of a plan: its measures, whose they are, by when, and how late. Nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from tongban.directory import api as directory
from tongban.plans.models import Measure, Plan, standing_of
from tongban.plans.queries.lines import Line, PlanRow, lines_of, plan_row
from tongban.plans.rules.missing import unknown_plan
from tongban.plans.rules.register import Job


@dataclass(frozen=True, slots=True)
class PublishedPlan:
    """A published plan, its measures under its jobs in its order; those of no job last, under None."""

    row: PlanRow
    source: str
    published_on: datetime
    jobs: list[tuple[Job | None, list[Line]]]


def published(*, at: datetime) -> list[PlanRow]:
    """Every published plan, the newest first. Three statements."""
    plans = list(Plan.objects.filter(published_at__isnull=False).order_by("-issued_on", "-id"))
    names = {one.code: one.name for one in directory.bodies()}
    rows = Measure.objects.filter(plan__in=plans).select_related("plan")
    of_plan: dict[str, list[Line]] = {one.slug: [] for one in plans}
    for line in lines_of(list(rows), names, at):
        of_plan[line.plan].append(line)
    return [plan_row(one, of_plan[one.slug], names) for one in plans]


def published_plan(slug: str, *, at: datetime) -> PublishedPlan:
    """One published plan; refused for any other. Three statements, however many measures."""
    plan, rows = standing_of(slug)
    if plan is None or plan.published_at is None:
        raise unknown_plan()
    for row in rows:
        row.plan = plan
    names = {one.code: one.name for one in directory.bodies()}
    lines = lines_of(rows, names, at)
    groups: list[tuple[Job | None, list[Line]]] = [
        (job, [one for one in lines if one.state.job == job.code]) for job in plan.groups
    ]
    groups.append((None, [one for one in lines if not one.state.job]))
    found = [(job, those) for job, those in groups if those]
    return PublishedPlan(plan_row(plan, lines, names), plan.source, plan.published_at, found)
