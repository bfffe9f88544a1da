"""A joint service as its page shows it: every member with where it stands, one clock, what waits for what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from tongban.cases.models.stored import state_of
from tongban.cases.queries.jointly import Ceiling, ceiling_of
from tongban.cases.queries.view import HERE, CaseView
from tongban.cases.rules.acting import unknown
from tongban.cases.rules.joint import Outcome, outcome_of, promised_after, promised_from
from tongban.cases.rules.jointly import Licence, bounds, period_of
from tongban.cases.rules.law import Law, acts_of, law_of
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.rules.telling import next_in_short
from tongban.cases.rules.words import STAGE_NAMES
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import OutsideCalendar, legal_day
from tongban.engine.joint import finishes
from tongban.kernel.access import Deed, Viewer, allow
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import CaseId, ItemCode, PersonKey
from tongban.kernel.sql import load, run

FIRST_OF_STATE = 9
"""So many columns of `joint_view.sql` stand before those of a case's state."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member: its case, where that stands, and for whose results it waits, by what these are called.

    `depth`: how many stand before it on its way. `mark`: done, now, stopped, or empty for what is to come.
    `lacking`: whose result never came, where it ended for that.
    """

    number: str
    name: str
    why: str
    result: str
    stage: Stage
    stage_name: str
    next: str
    mark: str
    depth: int
    waits_for: tuple[str, ...]
    lacking: str
    office: str
    receipt: str


@dataclass(frozen=True, slots=True)
class JointView:
    """A joint service for whoever applied. `until`: by when all is decided if every office keeps its promise.

    `ceiling`: by when the law wants the licences of it decided together, once one was accepted.
    `people`: whose it is, and who filed it.
    """

    number: str
    name: str
    service: ItemCode
    applicant: str
    received_at: datetime
    members: tuple[MemberRow, ...]
    until: date | None
    ceiling: Ceiling | None
    may_withdraw: bool
    has_receipt: bool
    people: frozenset[PersonKey | None]

    @property
    def done(self) -> int:
        """How many have their result."""
        return sum(one.mark == "done" for one in self.members)

    @property
    def stopped(self) -> int:
        """How many ended without one."""
        return sum(one.mark == "stopped" for one in self.members)

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""
        return self.done + self.stopped == len(self.members)

    @property
    def steps(self) -> list[list[MemberRow]]:
        """The members by how many stand before them: those of one step go on at the same time."""
        depths = sorted({one.depth for one in self.members})
        return [[one for one in self.members if one.depth == depth] for depth in depths]


@dataclass(frozen=True, slots=True)
class Member:
    """A case of a joint service as its row tells it, its law, its item in the words of whoever reads.

    `decided_at`: the place in its story of the last decision, whether it stands or was undone.
    """

    state: CaseState
    law: Law
    receipt: str
    decided_at: int | None
    item: catalogue.Item


@dataclass(frozen=True, slots=True)
class Whole:
    """A joint service as it stands in the tables: as published when it was submitted, and its cases.

    `wrapped`: the key of its receipt; None once that was destroyed.
    """

    id: CaseId
    number: str
    name: str
    received_at: datetime
    applicant: str
    wrapped: bytes | None
    published: catalogue.Joint
    members: tuple[Member, ...]


def whole_of(number: str, viewer: Viewer) -> Whole:
    """A joint service for its applicant, or who acts for them; refused to others. One statement."""
    rows = run(load(HERE, "joint_view"), (number,))
    if not rows:
        raise unknown(number)
    joint, service, version, name, received_at, wrapped, applicant, *_ = rows[0]
    members = tuple(map(_member, rows))
    for one in members:
        # Officers see the cases of their own bodies, each look on record; all of it is the applicant's.
        allow(viewer, Deed.ACT_AS_APPLICANT, one.state.thing)
    published = catalogue.service_version(ItemCode(service), version)
    assert isinstance(published, catalogue.Joint)
    return Whole(joint, number, name, received_at, applicant, wrapped, published, members)


def joint_of(number: str, viewer: Viewer, *, at: datetime) -> JointView:
    """A joint service for its applicant, or who acts for them; refused to others. One statement."""
    return shown(whole_of(number, viewer), at=at)


def shown(whole: Whole, *, at: datetime) -> JointView:
    """A joint service as its page shows it. No statement."""
    published, members = catalogue.in_readers_words(whole.published), whole.members
    plan = {one.item: one.why for one in published.plan.members}
    by_number = {one.state.head.number: one for one in members}
    waits = {one: by_number[one].state.facts.after for one in by_number}
    depth = finishes(waits, 0, lambda _, begins: begins + 1)
    return JointView(
        number=whole.number,
        name=whole.name,
        service=published.slug,
        applicant=whole.applicant,
        received_at=whole.received_at,
        members=tuple(_row(one, plan, by_number, depth) for one in members),
        until=_until(by_number, waits, legal_day(at)),
        ceiling=ceiling_of(period_of(_licences(members)), legal_day(at)),
        may_withdraw=any(Act.WITHDRAW in acts_of(one.state, one.law) for one in members),
        has_receipt=whole.wrapped is not None,
        people=frozenset({members[0].state.head.applicant, members[0].state.head.filed_by}),
    )


def _member(row: Sequence[Any]) -> Member:
    state = state_of(tuple(row[FIRST_OF_STATE:]))
    item = catalogue.item_version(state.head.item, state.head.item_version)
    law = law_of(item, calendar_in_force())
    receipt, decided_at = row[FIRST_OF_STATE - 2 : FIRST_OF_STATE]
    return Member(state, law, receipt, decided_at, catalogue.in_readers_words(item))


def _row(
    one: Member, why: Mapping[str, str], others: Mapping[str, Member], depth: Mapping[str, int]
) -> MemberRow:
    state, facts = one.state, one.state.facts
    due = facts.due("promised") or facts.due("notify") or facts.due("deliver")
    awaited = [number for number in facts.after if _outcome(others[number]) is Outcome.OPEN]
    waiting = state.stage is Stage.AWAITING_RESULT
    return MemberRow(
        number=state.head.number,
        name=one.item.name,
        why=why.get(state.head.item, ""),
        result=one.item.result,
        stage=state.stage,
        stage_name=gettext(STAGE_NAMES[state.stage]),
        next=next_in_short(state.stage, due.day if due else None, waits=state.turn.waits),
        mark=_MARKS[_outcome(one)] or ("" if waiting else "now"),
        depth=depth[state.head.number],
        waits_for=tuple(others[number].item.name for number in awaited) if waiting else (),
        lacking=_lacking(one, others),
        office=one.item.bodies.get(state.head.body, ""),
        receipt=one.receipt,
    )


def _lacking(one: Member, others: Mapping[str, Member]) -> str:
    """What the result was of that never came, where a case ended for that; empty of any other."""
    if one.state.stage is not Stage.TERMINATED or one.state.facts.received_on is not None:
        return ""
    never = (others[number] for number in one.state.facts.after if _outcome(others[number]) is Outcome.NEVER)
    return next((other.item.name for other in never), "")


_MARKS = {Outcome.THERE: "done", Outcome.NEVER: "stopped", Outcome.OPEN: ""}


def _outcome(one: Member) -> Outcome:
    return outcome_of(one.state.stage, one.state.facts.granted)


def _until(members: Mapping[str, Member], waits: Mapping[str, Sequence[str]], today: date) -> date | None:
    """The longest path: what runs ends on its own day, what has not begun takes all of its days from then on.

    Nothing that is to be corrected first, or stops, is counted in: the page says so.
    """
    try:
        days = finishes(waits, today, lambda number, begins: _finish(members[number], begins))
    except OutsideCalendar:
        return None
    return max(days.values())


def _finish(one: Member, begins: date) -> date:
    facts = one.state.facts
    if _outcome(one) is not Outcome.OPEN:
        return facts.decided_on or begins
    if (promised := facts.due("promised")) is not None:
        return max(promised.day, begins)
    if (notice := facts.due("notify")) is not None:
        return promised_after(one.law, max(notice.day, begins))
    return promised_from(one.law, begins)


def _licences(members: Sequence[Member]) -> list[Licence]:
    return [
        Licence(
            one.law,
            one.state.facts,
            one.state.head.body,
            one.state.head.region,
            open=_outcome(one) is Outcome.OPEN,
        )
        for one in members
        if bounds(one.law)
    ]


@dataclass(frozen=True, slots=True)
class PartOf:
    """Of which joint service a case is one: for what it waits, and what waits for it; names and stages."""

    number: str
    name: str
    waits_for: tuple[tuple[str, str, str], ...]
    awaited_by: tuple[tuple[str, str, str], ...]
    all: int


def part_of(view: CaseView) -> PartOf | None:
    """What a member's page says of the others; None of a case that is alone. One statement, else none."""
    joint = view.state.facts.joint
    if joint is None:
        return None
    rows = run(load(HERE, "joint_part"), (joint,))
    own = view.state.head.number
    needed = frozenset(view.state.facts.after)

    def named(wanted: Iterator[Any]) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (number, name, gettext(STAGE_NAMES[Stage(stage)])) for _, number, name, stage, _ in wanted
        )

    return PartOf(
        number=joint,
        name=rows[0][0],
        waits_for=named(row for row in rows if row[1] in needed),
        awaited_by=named(row for row in rows if own in (row[4] or [])),
        all=len(rows),
    )
