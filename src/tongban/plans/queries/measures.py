"""One measure on one page: what was undertaken, how it stands, what happened, and what one may do now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Viewer, allow
from tongban.kernel.acts import OpenAct
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.plans.models import Event, Measure
from tongban.plans.queries.acts import barred, offered
from tongban.plans.queries.lines import Line, lines_of
from tongban.plans.rules.decide import refuse_act
from tongban.plans.rules.life import DEEDS, Act
from tongban.plans.rules.missing import unknown_measure
from tongban.plans.rules.register import Job
from tongban.plans.rules.telling import HAPPENED, link_in, said_in
from tongban.plans.rules.terms import written


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: when, what, by whom; what was said, by label; the address that proves it."""

    at: datetime
    kind: str
    words: str
    body: str
    officer: str
    said: list[tuple[str, str]]
    link: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with its story, the latest first, and the acts that its viewer may do.

    `barred`: they supervise, and may not answer here because their own body leads it.
    """

    line: Line
    version: int
    plan_title: str
    job: Job | None
    confirmed_by: str
    asked: str
    acts: list[OpenAct]
    barred: bool
    story: list[Happened]
    today: date


def measure_of(
    viewer: Viewer, slug: str, measure: int, *, at: datetime, act: Act | None = None
) -> MeasureView:
    """A measure of a plan; with `act`, refused where the viewer may not do that now.

    Three statements, however long its story.
    """
    row = Measure.objects.select_related("plan").filter(plan__slug=slug, id=measure).first()
    if row is None:
        raise unknown_measure()
    allow(viewer, Deed.SEE_PLANS, row.plan.thing)
    if act is not None:
        allow(viewer, DEEDS[act], row.thing_for(DEEDS[act]))
        assert viewer.officer is not None, "whom the access function lets in is an officer"
        refuse_act(row.state, act, viewer.officer)
    bodies = directory.bodies()
    names = {one.code: one.name for one in bodies}
    events = Event.objects.filter(measure=row).order_by("-seq")
    leads = {one.code: one.name for one in bodies if one.closed_on is None}
    state = row.state
    return MeasureView(
        line=lines_of([row], names, at)[0],
        version=row.version,
        plan_title=row.plan.title,
        job=next((one for one in row.plan.groups if one.code == row.job), None),
        confirmed_by=names.get(state.confirmed_by, state.confirmed_by) if state.confirmed_by else "",
        asked=written(state.asked) if state.asked else "",
        acts=offered(row, viewer, leads),
        barred=barred(row, viewer),
        story=[happened(one, names) for one in events],
        today=legal_day(at),
    )


def happened(row: Event, names: Mapping[BodyCode, str]) -> Happened:
    """What happened, as a page tells it."""
    event = row.event
    return Happened(
        at=event.at,
        kind=event.kind,
        words=HAPPENED[event.kind],
        body=names.get(BodyCode(event.body), event.body),
        officer=directory.name_of(OfficerId(event.by)) or "已离岗人员",
        said=list(said_in(event, names)),
        link=link_in(event),
    )
