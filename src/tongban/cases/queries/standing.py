"""Where a case stands, for the person whose it is: the next step, the days left, the two clocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from tongban.cases.queries.view import CaseView, item_of
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import Due
from tongban.cases.rules.telling import (
    DONE_BY_THEN,
    Milestone,
    Who,
    main_deadline,
    next_step,
    stops_told,
    way_of,
)
from tongban.cases.rules.words import LIGHT_NAMES, cited
from tongban.directory import api as directory
from tongban.engine.calendar import DayMark, legal_day
from tongban.engine.codes import mask_name
from tongban.kernel.figures import Limit, Unit, in_words
from tongban.kernel.ids import OfficerId
from tongban.kernel.speech import day_in_words, spoken


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page says first. `left` counts the days that still count, today not among them.

    `unit` and `deed` end the sentence that the large number begins; `late`: how many natural days too late;
    `stopped`: what does not count in it, in words; `way`: how far the case has come.
    """

    where: str
    next: str
    office: str
    light: str
    today: date
    until: date | None = None
    provisional: bool = False
    left: int | None = None
    late: int = 0
    unit: str = ""
    deed: str = ""
    days: list[DayMark] = field(default_factory=list)
    clocks: list[str] = field(default_factory=list)
    stopped: str = ""
    way: list[Milestone] = field(default_factory=list)


def standing_of(view: CaseView, at: datetime) -> Standing:
    """Where the case stands at that instant. No statement."""
    today, state = legal_day(at), view.state
    item = item_of(state)
    office = item.bodies.get(state.head.body, gettext("办理机关"))
    who = Who(office, _masked(state.turn.taken_by, today) if state.worked_on else "")
    said = next_step(state, who=who, result=item.result, law=view.law)
    light = gettext(LIGHT_NAMES[view.light]) if view.light else ""
    name = main_deadline(state)
    due = view.due(name) if name else None
    clocks = [*_clocks(view, today)]
    way = way_of(state)
    if name is None or due is None:
        return Standing(view.stage_name, said, office, light, today, clocks=clocks, way=way)
    left = _left(view, name, today)
    return Standing(
        where=view.stage_name,
        next=said,
        office=office,
        light=light,
        today=today,
        until=due.day,
        provisional=due.provisional,
        left=left,
        late=max(0, (today - due.day).days),
        unit=_unit(left, due),
        deed=gettext(DONE_BY_THEN[name]),
        days=view.days(name, today),
        clocks=clocks,
        stopped=_stopped(view, due),
        way=way,
    )


def _masked(officer: OfficerId | None, today: date) -> str:
    """The name of whoever has the case, masked; empty where nobody has."""
    found = directory.officer(officer, today) if officer else None
    return mask_name(found.name) if found else ""


def _stopped(view: CaseView, due: Due) -> str:
    """What does not count in the deadline, in words; empty where everything does."""
    names = [stop.name for stop in stops_told((told.event for told in view.story), view.law)]
    if not names or not due.how["clock"]["stops"]:
        return ""
    return gettext("%(procedures)s期间不计时") % {"procedures": gettext("、").join(dict.fromkeys(names))}


def _left(view: CaseView, name: str, today: date) -> int:
    return sum(mark.kind in ("counted", "due") and mark.day > today for mark in view.days(name, today))


def _unit(left: int, due: Due) -> str:
    """What the days that are left are called: working days, or days."""
    unit: Unit = "workday" if due.how["clock"]["unit"] == "workday" else "day"
    return spoken(in_words(Limit(left, unit))).partition(" ")[2]


def _clocks(view: CaseView, today: date) -> Iterator[str]:
    """The promised and the statutory clock, in words with their law."""
    names = {"promised": gettext("我们承诺"), "statutory": gettext("法律规定最长")}
    for name, words in names.items():
        if due := view.due(name):
            yield _clock(words, due, statutory=name == "statutory")
    if view.state.stage in (Stage.SUBMITTED, Stage.AWAITING_CORRECTION, Stage.RESUBMITTED):
        yield gettext("受理以后，我们承诺 %(limit)s内办完。") % {"limit": spoken(in_words(view.law.promised))}
        if limit := view.law.limit("decide_within", today):
            told = {"limit": spoken(in_words(limit[0])), "rule": cited(limit[1])}
            yield gettext("法律规定最长 %(limit)s（%(rule)s）。") % told


def _clock(words: str, due: Due, *, statutory: bool) -> str:
    clock = due.how["clock"]
    told = {
        "whose": words,
        "limit": spoken(in_words(Limit(clock["limit"], clock["unit"]))),
        "rule": gettext("（%(rule)s）") % {"rule": cited(clock["rule"])} if statutory else "",
        "first": day_in_words(date.fromisoformat(clock["started"][:10]) + timedelta(days=1)),
        "last": day_in_words(due.day),
    }
    return gettext("%(whose)s %(limit)s%(rule)s：从 %(first)s数起，最晚 %(last)s。") % told
