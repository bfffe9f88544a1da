"""A measure under its lock; the events of a change written down."""

from tongban.kernel.access import Officer, Viewer
from tongban.kernel.events import body_of
from tongban.kernel.ids import Version
from tongban.kernel.refusal import Refusal
from tongban.plans.events import Event as PlanEvent
from tongban.plans.models import FOLDED, Event, Measure, Plan
from tongban.plans.rules.missing import unknown_measure
from tongban.plans.rules.state import evolve


def locked(measure: int) -> Measure:
    """A measure with its plan, under its lock until commit. One statement."""
    rows = Measure.objects.select_related("plan").select_for_update(of=("self",))
    row = rows.filter(id=measure).first()
    if row is None:
        raise unknown_measure()
    return row


def refuse_stale(row: Measure, seen: Version) -> None:
    """Refuse what rests on a measure that is another by now."""
    if row.version != seen:
        raise Refusal(
            "plans.stale",
            says="您打开以后，这一条又有了新的处理。",
            do="您写的还在下面。请先看清最新情况，再按一次。",
        )


def record(row: Measure, event: PlanEvent) -> None:
    """Fold an event into its measure, and write both down. Two statements."""
    row.take(evolve(row.state, event))
    row.save(update_fields=FOLDED)
    stored(row.plan, event, row.version, row).save(force_insert=True)


def stored(plan: Plan, event: PlanEvent, seq: int, measure: Measure | None = None) -> Event:
    """An event as it is written down, at its place in the story of the plan, or of a measure of it."""
    about = f"{plan.slug} {measure.number}" if measure else plan.slug
    return Event(
        plan=plan,
        measure=measure,
        seq=seq,
        kind=event.kind,
        version=event.version,
        at=event.at,
        body=body_of(event, about, seq),
    )


def officer(by: Viewer) -> Officer:
    """The officer whom the access function let in."""
    assert by.officer is not None, "whom the access function lets in is an officer"
    return by.officer
