"""Where a case stands, for the person whose it is: the next step, the days left, the two clocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tongban.cases.queries.view import CaseView
from tongban.cases.rules.life import Stage
from tongban.cases.rules.telling import DONE_BY_THEN, main_deadline, next_step
from tongban.cases.rules.words import (
    LIGHT_NAMES,
    LOOKED_AT,
    PURPOSE_NAMES,
    cited,
    day_in_words,
)
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import DayMark, legal_day
from tongban.engine.codes import mask_name
from tongban.exchange import api as exchange
from tongban.kernel.figures import Limit, in_words
from tongban.ledger import api as ledger


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page says first. `left` counts the days that still count, today not among them.

    `unit` and `deed` end the sentence that the large number begins; `late`: how many natural days too late.
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


@dataclass(frozen=True, slots=True)
class Look:
    """One look of an officer at a person's data, as the person is told it."""

    at: datetime
    who: str
    purpose: str
    what: str


def standing_of(view: CaseView, at: datetime) -> Standing:
    """Where the case stands at that instant. No statement."""
    today, state = legal_day(at), view.state
    item = catalogue.item_version(state.head.item, state.head.item_version)
    office = next((one.name for one in item.offices if one.body == state.head.body), "办理机关")
    said = next_step(state, office=office, result=item.result, law=view.law)
    light = LIGHT_NAMES[view.light] if view.light else ""
    name = main_deadline(state)
    due = view.due(name) if name else None
    clocks = [*_clocks(view, today)]
    if name is None or due is None:
        return Standing(view.stage_name, said, office, light, today, clocks=clocks)
    return Standing(
        where=view.stage_name,
        next=said,
        office=office,
        light=light,
        today=today,
        until=due.day,
        provisional=due.provisional,
        left=_left(view, name, today),
        late=max(0, (today - due.day).days),
        unit="个工作日" if due.how["clock"]["unit"] == "workday" else "天",
        deed=DONE_BY_THEN[name],
        days=view.days(name, today),
        clocks=clocks,
    )


def _left(view: CaseView, name: str, today: date) -> int:
    return sum(mark.kind in ("counted", "due") and mark.day > today for mark in view.days(name, today))


def _clocks(view: CaseView, today: date) -> Iterator[str]:
    """The promised and the statutory clock, in words with their law."""
    names = {"promised": "我们承诺", "statutory": "法律规定最长"}
    for name, words in names.items():
        if due := view.due(name):
            clock = due.how["clock"]
            started = date.fromisoformat(clock["started"][:10])
            rule = f"（{cited(clock['rule'])}）" if name == "statutory" else ""
            first = started + timedelta(days=1)
            yield (
                f"{words} {in_words(Limit(clock['limit'], clock['unit']))}{rule}："
                f"从 {day_in_words(first)}数起，最晚 {day_in_words(due.day)}。"
            )
    if view.state.stage in (Stage.SUBMITTED, Stage.AWAITING_CORRECTION, Stage.RESUBMITTED):
        yield f"受理以后，我们承诺 {in_words(view.law.promised)}内办完。"
        if limit := view.law.limit("decide_within", today):
            yield f"法律规定最长 {in_words(limit[0])}（{cited(limit[1])}）。"


def looks_at(view: CaseView) -> list[Look]:
    """Who looked at the data of one's own case, officers and rules, when and why, the latest first.

    One statement, and one more where a rule may have asked a register; the names of officers cost none once
    they are known in the process.
    """
    head = view.state.head
    item = catalogue.item_version(head.item, head.item_version)
    offices = {office.body: office.name for office in item.offices}
    found = []
    for row in ledger.looks_at(head.id):
        officer = directory.officer(row.officer, legal_day(row.at))
        name = mask_name(officer.name) if officer else "一名工作人员"
        who = f"{name}（{offices.get(row.body, '有关机关')}）"
        found.append(Look(row.at, who, PURPOSE_NAMES[row.purpose], LOOKED_AT.get(row.what, row.what)))
    if item.rule is not None:
        for asking in exchange.askings_for(head.id):
            who = f"办理规则（{offices.get(asking.body, '有关机关')}）"
            what = f"“{asking.register_name}”：{asking.question}"
            found.append(Look(asking.at, who, asking.purpose, what))
    return sorted(found, key=lambda look: look.at, reverse=True)
