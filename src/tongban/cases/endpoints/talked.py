"""What programs are shown of messages, clocks, the estimate, looks and doubts about them."""

from datetime import date, datetime

from pydantic import BaseModel

from tongban.cases.queries import (
    ClockExplained,
    ContestShown,
    Estimate,
    Look,
    LookOfMine,
    Message,
    OpenContest,
)
from tongban.engine.durations import Spread
from tongban.kernel.paging import Page

DAY = 86_400


class MessageShown(BaseModel):
    """One message; `by` is the officer, masked; empty for the applicant. `seq`: its place in the story."""

    seq: int
    at: datetime
    of_office: bool
    by: str
    text: str


class Messages(BaseModel):
    """What was said, in order; nothing for those who may not read the content."""

    number: str
    messages: list[MessageShown]


class DaysShown(BaseModel):
    """Days that are alike: one that counts (`nth` of the limit), or a run of those that do not."""

    first: date
    last: date
    kind: str
    why: str
    nth: int | None
    provisional: bool


class ClockShown(BaseModel):
    """One deadline, day by day; `runs`: it holds now."""

    name: str
    title: str
    runs: bool
    limit: str
    rule: str
    started: date
    due: date
    provisional: bool
    calendar: str
    days: list[DaysShown]


class Clocks(BaseModel):
    """The deadlines that hold, then those that are over."""

    number: str
    clocks: list[ClockShown]


class SpreadShown(BaseModel):
    """In days: half took no longer than `middle`, eight in ten from `low` to `high`."""

    low: float
    middle: float
    high: float
    count: int


class EstimateShown(BaseModel):
    """`spread` null: too few to say, or nothing is left to wait for. `here`: counted at this office alone."""

    number: str
    passed: float | None
    spread: SpreadShown | None
    left: SpreadShown | None
    here: bool | None


class DoubtShown(BaseModel):
    """A doubt about a look, until when it is answered, and the answer."""

    at: datetime
    text: str
    until: date
    answer: str | None
    answered_at: datetime | None
    answered_by: str | None


class LookShown(BaseModel):
    """One look; `id` is null where a rule looked and no officer."""

    id: int | None
    at: datetime
    who: str
    purpose: str
    what: str
    contest: DoubtShown | None


class Looks(BaseModel):
    """The looks at one case, the latest first."""

    number: str
    looks: list[LookShown]


class LookOfMineShown(BaseModel):
    """A look with the case that it was for; `number` is empty before there was one, at a window."""

    number: str
    item_name: str
    at: datetime
    who: str
    purpose: str
    what: str


class LooksOfMine(BaseModel):
    """Looks, the latest first; `next` is what to pass as `before` for older ones, null at the end."""

    looks: list[LookOfMineShown]
    next: str | None


class ContestLine(BaseModel):
    """A doubt that the viewer may answer; its answer goes to /cases/{number}/contests/{seq}/answer."""

    number: str
    seq: int
    item_name: str
    asked_at: datetime
    due: date


class Contests(BaseModel):
    """Doubts that wait for the viewer's answer."""

    contests: list[ContestLine]


def messages(number: str, rows: list[Message]) -> Messages:
    """Messages."""
    said = [
        MessageShown(
            seq=one.seq,
            at=one.at,
            of_office=one.of_office,
            by=one.who if one.of_office else "",
            text=one.text,
        )
        for one in rows
    ]
    return Messages(number=number, messages=said)


def clocks(number: str, rows: list[ClockExplained]) -> Clocks:
    """Deadlines explained."""
    return Clocks(number=number, clocks=[_clock(one) for one in rows])


def _clock(one: ClockExplained) -> ClockShown:
    return ClockShown(
        name=one.name,
        title=one.title,
        runs=one.runs,
        limit=one.limit,
        rule=one.rule,
        started=one.started,
        due=one.due,
        provisional=one.provisional,
        calendar=one.calendar,
        days=[
            DaysShown(
                first=day.first,
                last=day.last,
                kind=day.kind,
                why=day.why,
                nth=day.nth,
                provisional=day.provisional,
            )
            for day in one.days
        ],
    )


def estimate(number: str, told: Estimate | None) -> EstimateShown:
    """The estimate, in days."""
    return EstimateShown(
        number=number,
        passed=told.passed / DAY if told else None,
        spread=_spread(told.spread) if told else None,
        left=_spread(told.left) if told else None,
        here=told.here if told and told.spread else None,
    )


def _spread(spread: Spread | None) -> SpreadShown | None:
    if spread is None:
        return None
    low, middle, high = (seconds / DAY for seconds in (spread.low, spread.middle, spread.high))
    return SpreadShown(low=low, middle=middle, high=high, count=spread.count)


def looks(number: str, rows: list[Look]) -> Looks:
    """Looks at one case."""
    return Looks(number=number, looks=[_look(one) for one in rows])


def _look(one: Look) -> LookShown:
    doubt = None if one.contest is None else _doubt(one.contest)
    return LookShown(id=one.id, at=one.at, who=one.who, purpose=one.purpose, what=one.what, contest=doubt)


def _doubt(one: ContestShown) -> DoubtShown:
    return DoubtShown(
        at=one.at,
        text=one.text,
        until=one.until,
        answer=one.answer or None,
        answered_at=one.answered_at,
        answered_by=one.answered_by or None,
    )


def looks_of_mine(found: Page[LookOfMine]) -> LooksOfMine:
    """Looks in all of one's cases."""
    rows = [
        LookOfMineShown(
            number=row.number,
            item_name=row.item_name,
            at=row.look.at,
            who=row.look.who,
            purpose=row.look.purpose,
            what=row.look.what,
        )
        for row in found.rows
    ]
    return LooksOfMine(looks=rows, next=found.next)


def contests(rows: list[OpenContest]) -> Contests:
    """Doubts to be answered."""
    lines = [
        ContestLine(
            number=one.number, seq=one.seq, item_name=one.item_name, asked_at=one.asked_at, due=one.due
        )
        for one in rows
    ]
    return Contests(contests=lines)
