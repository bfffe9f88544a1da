"""The time that licences of a joint service have together: by when, and whether it can be made longer."""

from dataclasses import dataclass
from datetime import date, datetime

from tongban.cases.models.together import Together, together
from tongban.cases.queries.view import CaseView
from tongban.cases.rules import jointly
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.jointly import Period
from tongban.cases.rules.law import Law, law_of
from tongban.cases.rules.words import cited
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Officer
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import ItemCode
from tongban.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Ceiling:
    """By when the law wants licences of several bodies decided together, and by which rule.

    `longer`: whether a government gave leave for more; `provisional`: whether the calendar may still move it;
    `over`: whether that day has passed.
    """

    until: date
    rule: str
    longer: bool
    provisional: bool
    over: bool


def ceiling_of(period: Period | None, today: date) -> Ceiling | None:
    """What a page says of the time of the whole. No statement."""
    if period is None:
        return None
    # Forty-five days and fifteen more stand in one paragraph, which is cited once.
    rule = " + ".join(dict.fromkeys(period.clock.rule.split(" + ")))
    due = period.due
    return Ceiling(due.day, cited(rule), period.longer, due.provisional, today > due.day)


def ceiling_for(view: CaseView, at: datetime) -> Ceiling | None:
    """By when the whole is to be done of which this case is one, if under way. One statement at most."""
    runs = view.state.facts.accepted_on is not None and view.state.undecided
    return ceiling_of(_together(view).period, legal_day(at)) if runs else None


def may_be_longer(view: CaseView, officer: Officer, at: datetime) -> bool:
    """Whether this officer may ask for more time for the whole. One statement at most."""
    found = _together(view)
    try:
        jointly.may_extend(view.state, Acting(officer, at, view.law), found.period)
    except Refusal:
        return False
    return not found.asked


def _together(view: CaseView) -> Together:
    joint = view.state.facts.joint
    if joint is None or not jointly.bounds(view.law):
        return Together(None, asked=False)
    return together(joint, _law_of)


def _law_of(item: ItemCode, version: int) -> Law:
    return law_of(catalogue.item_version(item, version), calendar_in_force())
