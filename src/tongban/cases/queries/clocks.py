"""Every deadline of a case, explained: what it rests on, and how it was counted day by day. No statement."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tongban.cases.queries.view import CaseView
from tongban.cases.rules.counted import CalendarSource, CountedDays, counted, sources
from tongban.cases.rules.state import Due
from tongban.cases.rules.telling import Stop, deadlines_told, stops_told
from tongban.cases.rules.words import cited
from tongban.engine.calendar import Clock, DayMark, StillStopped, days_of
from tongban.kernel.figures import Limit, in_words
from tongban.kernel.speech import spoken

TITLES: Final = {
    "notify": _("告诉您是否受理的期限"),
    "correct": _("由您补正的期限"),
    "supply": _("由您补齐材料的期限"),
    "promised": _("我们承诺作出决定的期限"),
    "statutory": _("法律规定作出决定的期限"),
    "deliver": _("送达结果的期限"),
    "later": _("送达以后还要办的期限"),
}
"""In the order of a case's life."""


@dataclass(frozen=True, slots=True)
class ClockExplained:
    """One deadline with all it was computed from. `runs`: it holds now; else it is over.

    `excluded`: how many days stops took out. `calendar`: the version of the calendar of that computation.
    """

    name: str
    title: str
    runs: bool
    limit: str
    rule: str
    started: date
    due: date
    provisional: bool
    excluded: int
    days: list[CountedDays]
    marks: list[DayMark]
    sources: list[CalendarSource]
    calendar: str
    unit: str


def clocks_of(view: CaseView) -> list[ClockExplained]:
    """The deadlines that hold, then those that are over, each in the order of a case's life."""
    events = [told.event for told in view.story]
    told, stops = deadlines_told(events), stops_told(events, view.law)
    found = [_explained(view, name, told[name], stops) for name in TITLES if name in told]
    return sorted(found, key=lambda clock: not clock.runs)


def _explained(view: CaseView, name: str, due: Due, stops: list[Stop]) -> ClockExplained:
    record = due.how["clock"]
    clock, calendar = Clock.from_record(record), view.law.calendar
    try:
        marks = days_of(clock, calendar, due.day)
    except StillStopped:
        marks = []
    return ClockExplained(
        name=name,
        title=gettext(TITLES[name]),
        runs=name in view.state.facts.deadlines,
        limit=spoken(in_words(Limit(record["limit"], record["unit"]))),
        rule=cited(record["rule"]),
        started=date.fromisoformat(record["started"][:10]),
        due=due.day,
        provisional=due.provisional,
        excluded=round(due.how["excluded"]),
        days=counted(marks, clock, calendar, stops),
        marks=marks,
        sources=sources(marks, calendar),
        calendar=due.how["calendar"],
        unit=record["unit"],
    )
