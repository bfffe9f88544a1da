"""What is done with a measure: one verb, one event, decided on the measure as it was seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tongban.directory import api as directory
from tongban.kernel.access import Viewer, allow
from tongban.kernel.ids import BodyCode, Version
from tongban.kernel.refusal import Refusal
from tongban.plans.commands.standing import locked, officer, record, refuse_stale
from tongban.plans.events import Event
from tongban.plans.models import Measure, Plan
from tongban.plans.rules import decide
from tongban.plans.rules.decide import Acting
from tongban.plans.rules.decide import Done as Done
from tongban.plans.rules.decide import Report as Report
from tongban.plans.rules.life import DEEDS, Act
from tongban.plans.rules.state import MeasureState


@dataclass(frozen=True, slots=True)
class Seen:
    """A measure as somebody saw it: its row, and how many events it had."""

    measure: int
    version: Version


def report(of: Seen, said: Report, *, by: Viewer, at: datetime) -> None:
    """Say how it stands: the lead of the whole, a responsible body of its part. Three statements."""
    _act(of, Act.REPORT, by, at, lambda state, now: decide.report(state, said, now))


def declare(of: Seen, said: Done, *, by: Viewer, at: datetime) -> None:
    """Say that it is done, and what shows it."""
    _act(of, Act.DECLARE, by, at, lambda state, now: decide.declare(state, said, now))


def ask_postponement(of: Seen, until: date, reason: str, *, by: Viewer, at: datetime) -> None:
    """Ask for more time."""
    ask = decide.ask_postponement
    _act(of, Act.ASK_POSTPONEMENT, by, at, lambda state, now: ask(state, until, reason, now))


def confirm(of: Seen, reason: str, *, by: Viewer, at: datetime) -> None:
    """Find it done, as another body than its lead."""
    _act(of, Act.CONFIRM, by, at, lambda state, now: decide.confirm(state, reason, now))


def send_back(of: Seen, reason: str, *, by: Viewer, at: datetime) -> None:
    """Find it not done."""
    _act(of, Act.SEND_BACK, by, at, lambda state, now: decide.send_back(state, reason, now))


def grant(of: Seen, reason: str, *, by: Viewer, at: datetime) -> None:
    """Give the time that was asked for; the first term stays to be seen."""
    _act(of, Act.GRANT, by, at, lambda state, now: decide.grant(state, reason, now))


def decline(of: Seen, reason: str, *, by: Viewer, at: datetime) -> None:
    """Give no more time."""
    _act(of, Act.DECLINE, by, at, lambda state, now: decide.decline(state, reason, now))


def change_lead(of: Seen, lead: BodyCode, reason: str, *, by: Viewer, at: datetime) -> None:
    """Have another body answer for it; refused for one that is none or is no more. Two statements more."""
    with transaction.atomic():
        change = decide.change_lead
        row = _act(of, Act.CHANGE_LEAD, by, at, lambda state, now: change(state, lead, reason, now))
        if directory.body(lead).closed_on is not None:
            raise Refusal("plans.lead.closed", says="这个单位已经撤销。", do="请选现在的单位。", status=422)
        _named(row.plan, lead)


def reopen(of: Seen, reason: str, *, by: Viewer, at: datetime) -> None:
    """Take back a confirmation that was given in error."""
    _act(of, Act.REOPEN, by, at, lambda state, now: decide.reopen(state, reason, now))


def drop(of: Seen, reason: str, *, by: Viewer, at: datetime) -> None:
    """Take it out of the plan; its story stays."""
    _act(of, Act.DROP, by, at, lambda state, now: decide.drop(state, reason, now))


def _act(
    of: Seen, act: Act, by: Viewer, at: datetime, decides: Callable[[MeasureState, Acting], Event]
) -> Measure:
    with transaction.atomic():
        row = locked(of.measure)
        allow(by, DEEDS[act], row.thing_for(DEEDS[act]))
        refuse_stale(row, of.version)
        record(row, decides(row.state, Acting(officer(by), at)))
        return row


def _named(plan: Plan, body: BodyCode) -> None:
    """A body that a plan names from now on may look at it."""
    if body not in plan.bodies:
        Plan.objects.filter(id=plan.id).update(bodies=sorted({*plan.bodies, body}))
