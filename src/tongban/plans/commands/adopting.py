"""A plan is brought in a spreadsheet, looked at, and adopted whole; what stands already is changed by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.sheets import Fault, read
from tongban.kernel.access import Deed, Thing, Viewer, allow, reach
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.kernel.sql import run
from tongban.plans import events as told
from tongban.plans.commands.standing import officer, stored
from tongban.plans.models import (
    FOLDED,
    Event,
    Measure,
    Plan,
    Reading,
    plan_read,
    plan_written,
    register_of,
    standing_of,
)
from tongban.plans.rules.adopting import Adoption, lines_of, refuse_stale
from tongban.plans.rules.adopting import adopt as adoption_of
from tongban.plans.rules.decide import Acting, plain
from tongban.plans.rules.importing import SHEETS, Known, judge, slug_in
from tongban.plans.rules.missing import unknown_plan, unknown_reading
from tongban.plans.rules.register import Head, ToldPlan
from tongban.plans.rules.state import begun, evolve

READINGS_KEPT: Final = timedelta(days=7)
_LOCK: Final = 0x706C616E
"""Number of the advisory lock under which a plan is adopted ("plan")."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file: every fault, or the reading to be looked at; neither where all of it stands so."""

    faults: list[Fault] = field(default_factory=list)
    reading: UUID | None = None


def bring(content: bytes, reason: str, *, by: Viewer, at: datetime) -> Brought:
    """Judge a spreadsheet and keep what it tells, to be looked at; nothing of it is in the register yet.

    Refused where its issuing body lies outside the reach of who brings it. Four statements.
    """
    _allow_somewhere(by)
    acting, why = Acting(officer(by), at), plain("reason", reason)
    book = read(content, SHEETS)
    plan, measures = standing_of(slug_in(book))
    if plan is not None:
        # Before it is judged: faults tell of what stands.
        allow(by, Deed.SUPERVISE_PLANS, plan.thing)
    register, bodies = register_of(plan, measures), directory.bodies()
    names = {one.code: one.name for one in bodies if one.closed_on is None}
    judged = judge(book, Known(names, register, acting.by.body, legal_day(at)))
    if judged.plan is None:
        return Brought(judged.faults)
    _allow(by, judged.plan.head, plan, {one.code: one.region for one in bodies})
    if adoption_of(judged.plan, register, why, acting).empty:
        return Brought()
    row = Reading(id=uuid4(), plan=plan_written(judged.plan), reason=why, by=acting.by.id, at=at)
    row.save(force_insert=True)
    return Brought(reading=row.id)


def adopt(reading: UUID, seen: str, *, by: Viewer, at: datetime) -> str:
    """Do what one's reading says, all of it or nothing; refused where that is not what was `seen` (a digest).

    The slug of the plan. Ten statements, however many measures.
    """
    with transaction.atomic():
        run("select pg_advisory_xact_lock($1::bigint)", [_LOCK])
        row = _own(reading, by)
        brought = plan_read(row.plan)
        enter(brought, row.reason, by=by, at=at, seen=seen)
        row.delete()
        return brought.head.slug


def enter(brought: ToldPlan, reason: str, *, by: Viewer, at: datetime, seen: str | None = None) -> None:
    """Have the register say what a plan tells. `seen`: the digest of what was looked at before, if it was."""
    with transaction.atomic():
        plan, measures = standing_of(brought.head.slug, locked=True)
        register, bodies = register_of(plan, measures), directory.bodies()
        regions = {one.code: one.region for one in bodies}
        _allow(by, brought.head, plan, regions)
        adoption = adoption_of(brought, register, reason, Acting(officer(by), at))
        if seen is not None:
            refuse_stale(seen, lines_of(adoption, register, {one.code: one.name for one in bodies}))
        head = brought.head
        plan = plan or Plan(slug=head.slug, version=0, adopted_at=at)
        arranged = _arrange(plan, measures, adoption)
        _say(plan, head, adoption, regions[head.issuer])
        plan.bodies = _named(head, arranged)
        plan.save()
        _write(plan, adoption, arranged)


def discard(reading: UUID, *, by: Viewer) -> None:
    """Do not do what one's reading says."""
    _own(reading, by).delete()


def publish(slug: str, *, by: Viewer, at: datetime) -> None:
    """Let everybody see a plan, for good; twice is once. Three statements."""
    with transaction.atomic():
        plan = Plan.objects.select_for_update().filter(slug=slug).first()
        if plan is None:
            raise unknown_plan()
        allow(by, Deed.SUPERVISE_PLANS, plan.thing)
        if plan.published_at is None:
            plan.version, plan.published_at = plan.version + 1, at
            plan.save(update_fields=["version", "published_at"])
            happened = told.PlanPublished(**Acting(officer(by), at).signed())
            stored(plan, happened, plan.version).save(force_insert=True)


def expire(at: datetime) -> int:
    """Delete readings that nobody confirmed; how many."""
    return Reading.objects.filter(at__lt=at - READINGS_KEPT).delete()[0]


def _allow_somewhere(by: Viewer) -> None:
    """Refuse who supervises nowhere."""
    seen = reach(by, Deed.SUPERVISE_PLANS)
    if seen.body is None and seen.region is None:
        allow(by, Deed.SUPERVISE_PLANS, Thing())


def _allow(by: Viewer, head: Head, plan: Plan | None, regions: Mapping[BodyCode, RegionCode]) -> None:
    """Refuse who does not supervise the body that issued it; as it stands, and as it would."""
    allow(by, Deed.SUPERVISE_PLANS, Thing(body=head.issuer, region=regions[head.issuer]))
    if plan is not None:
        allow(by, Deed.SUPERVISE_PLANS, plan.thing)


def _own(reading: UUID, by: Viewer) -> Reading:
    _allow_somewhere(by)
    row = Reading.objects.filter(id=reading, by=officer(by).id).first()
    if row is None:
        raise unknown_reading()
    return row


def _arrange(plan: Plan, standing: Sequence[Measure], adoption: Adoption) -> list[Measure]:
    """Every measure as the events leave it, those that are new without a row, in the plan's order."""
    rows = {one.number: one for one in standing}
    for number, events in adoption.of_measures.items():
        first = events[0]
        if isinstance(first, told.MeasureAdded):
            rows[number] = row = Measure(plan=plan)
            row.take(reduce(evolve, events[1:], begun(first)))
        else:
            rows[number].take(reduce(evolve, events, rows[number].state))
    for place, number in enumerate(adoption.order):
        rows[number].place = place
    return [rows[number] for number in adoption.order]


def _say(plan: Plan, head: Head, adoption: Adoption, region: RegionCode) -> None:
    """What the plan's row says of it."""
    for name in ("title", "number", "issued_on", "issuer", "source", "every"):
        setattr(plan, name, getattr(head, name))
    plan.region = region
    plan.jobs = [[one.code, one.group, one.name] for one in adoption.jobs]
    plan.version += len(adoption.of_plan)


def _named(head: Head, measures: Sequence[Measure]) -> list[str]:
    """Every body that a plan names."""
    return sorted({head.issuer, *(body for one in measures for body in (one.lead, *one.responsible))})


def _write(plan: Plan, adoption: Adoption, measures: Sequence[Measure]) -> None:
    """Write measures and events down, each kind in one statement."""
    changed = [one for one in measures if one.number in adoption.of_measures]
    Measure.objects.bulk_update([one for one in measures if one.pk], [*FOLDED, "place"])
    Measure.objects.bulk_create([one for one in measures if one.pk is None])
    before = plan.version - len(adoption.of_plan)
    stories = [stored(plan, event, before + nth) for nth, event in enumerate(adoption.of_plan, 1)]
    for row in changed:
        events = adoption.of_measures[row.number]
        behind = row.version - len(events)
        stories += [stored(plan, event, behind + nth, row) for nth, event in enumerate(events, 1)]
    Event.objects.bulk_create(stories)
