"""Lists of cases and queues. The viewer is part of each question; every list costs one statement."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext

from tongban.cases.rules.clocks import Light, light_of
from tongban.cases.rules.life import CLOSED
from tongban.cases.rules.life import Stage as Stage
from tongban.cases.rules.state import Side
from tongban.cases.rules.telling import next_in_short
from tongban.cases.rules.words import STAGE_NAMES
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Officer, Reach, Role, Viewer, reach
from tongban.kernel.ids import ApprovalId, BodyCode, ItemCode, OfficerId, QueueId, RegionCode, Version
from tongban.kernel.sql import load, run

HERE = "tongban.cases"
MOST_ON_A_DESK = 500


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list: nothing of its content. `id` is the list's key."""

    id: int
    number: str
    item_name: str
    applicant: str  # masked
    stage: Stage
    waits: bool
    received_at: datetime
    due: date | None
    provisional: bool
    light: Light | None
    version: Version
    last_word: Side | None
    absent: str = ""
    """Who has it, where it lies on the desk of whoever stands in for them."""
    owing: bool = False
    """In a list of one's own: whether something is still to be brought since a tolerant acceptance."""

    @property
    def to_do(self) -> bool:
        """Whether the next step is the applicant's."""
        return self.owing or self.stage is Stage.AWAITING_CORRECTION

    @property
    def stage_name(self) -> str:
        return gettext(STAGE_NAMES[self.stage])

    @property
    def next_words(self) -> str:
        """What comes next and by when, in one line; empty where nothing more comes."""
        if self.owing:
            return gettext("等您补交材料")
        return next_in_short(self.stage, self.due, waits=self.waits)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None is no narrowing."""

    stage: Stage | None = None
    item: ItemCode | None = None
    queue: QueueId | None = None
    open: bool | None = None

    @property
    def stages(self) -> list[Stage]:
        """The stages that these filters leave; whether a case is open follows from its stage."""
        named = set(Stage) if self.stage is None else {self.stage}
        return sorted(stage for stage in named if self.open in (None, stage not in CLOSED))


Which = Literal["open", "to-do", "done"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of one's own cases; `words`: of the item's name, or of the number. Empty is all."""

    which: Which | None = None
    words: str = ""

    @property
    def stages(self) -> list[Stage]:
        """The stages of the cases wanted."""
        ended = CLOSED | {Stage.DELIVERED}
        stages = {"open": set(Stage) - ended, "to-do": {Stage.AWAITING_CORRECTION}, "done": ended}
        return sorted(stages[self.which] if self.which else Stage)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue: how many wait, and since when the first does."""

    id: QueueId
    item: ItemCode
    body: BodyCode
    region: RegionCode
    waiting: int
    first_received_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenApproval:
    """An approval that an officer of the body may answer."""

    id: ApprovalId
    number: str
    item_name: str
    act: str
    reason: str | None
    asked_by: OfficerId
    asked_at: datetime


def desk_of(viewer: Viewer, *, at: datetime) -> list[CaseRow]:
    """Open cases in this officer's hands, and of whom they stand in for, most pressing first; at most 500."""
    officer = viewer.officer
    if officer is None:
        return []
    themselves = [officer.id, *officer.stands_in_for]
    rows = run(load(HERE, "desk_of"), (themselves, officer.body, MOST_ON_A_DESK))
    today = legal_day(at)
    return [replace(case_row(row[:-1], today), absent=_absent(row[-1], officer, today)) for row in rows]


def _absent(taker: OfficerId, officer: Officer, today: date) -> str:
    """Who has a case that this officer does in their absence; empty for one's own."""
    found = directory.officer(taker, today) if taker != officer.id else None
    return found.name if found else ""


def cases(
    viewer: Viewer, filters: Filters, *, at: datetime, before: int | None = None, limit: int = 30
) -> list[CaseRow]:
    """Cases whose story the viewer may read, newest first, older than `before`; keyset paging."""
    seen = reach(viewer, Deed.READ_STORY)
    narrowed = (filters.item, filters.queue)
    which = (filters.stages, before, limit)
    where = (None if seen.region else seen.body, seen.region)
    if any(where) and any(narrowed):
        rows = run(load(HERE, "cases_of_queues"), (*where, *narrowed, *which))
    elif seen.region and not filters.stage:
        rows = run(load(HERE, "cases_of_region"), (seen.region, *which))
    elif any(where):
        rows = run(load(HERE, "cases_of_bodies"), (*where, *which))
    elif seen.selves or seen.filed_for:
        return _own(seen, (*narrowed, *which, None), legal_day(at))
    else:
        rows = []
    return [case_row(row, legal_day(at)) for row in rows]


def own_cases(
    viewer: Viewer, wanted: Wanted, *, at: datetime, before: int | None = None, limit: int
) -> list[CaseRow]:
    """One's own cases as they are wanted, the newest first; those of whom one acts for among them."""
    seen = reach(viewer, Deed.READ_STORY)
    if not seen.selves and not seen.filed_for:
        return []
    found = (None, None, wanted.stages, before, limit, wanted.words or None)
    return _own(seen, found, legal_day(at), owing=wanted.which == "to-do")


def _own(seen: Reach, narrowed: tuple[Any, ...], today: date, *, owing: bool = False) -> list[CaseRow]:
    """One's own cases, and what one filed for others; `owing`: also those in which one owes something."""
    given = (list(seen.selves), *narrowed, list(seen.filed_for), seen.agent, owing)
    rows = run(load(HERE, "cases_of_applicant"), given)
    return [replace(case_row(row[:-1], today), owing=row[-1]) for row in rows]


def queues(viewer: Viewer) -> list[QueueRow]:
    """The queues the viewer may see, the longest first."""
    seen = reach(viewer, Deed.LIST_QUEUES)
    if seen.body is None and seen.region is None:
        return []
    rows = run(load(HERE, "queues"), (seen.body, seen.region))
    return [QueueRow(*row) for row in rows]


def approvals_open(viewer: Viewer) -> list[OpenApproval]:
    """What waits for this officer's answer: asked in the same body, by another.

    A leader approves; a colleague who handles cases agrees as the second where two decide.
    """
    officer = viewer.officer
    if officer is None or not officer.roles & {Role.LEADER, Role.HANDLER}:
        return []
    themselves = [officer.id, *officer.stands_in_for]
    leads = Role.LEADER in officer.roles
    rows = run(load(HERE, "approvals_open"), (officer.body, officer.id, themselves, leads))
    return [OpenApproval(*row) for row in rows]


def is_at(number: str, body: BodyCode) -> bool:
    """Whether a case is this body's now. One statement."""
    asked = "select 1 from cases_case where number = $1::text and body = $2::text"
    return bool(run(asked, (number, body)))


def case_row(row: tuple[Any, ...], today: date) -> CaseRow:
    (id_, number, item_name, applicant, stage, waits, received, due) = row[:8]
    (warn, provisional, stopped, version, last_word) = row[8:]
    return CaseRow(
        id=id_,
        number=number,
        item_name=item_name,
        applicant=applicant,
        stage=Stage(stage),
        waits=waits,
        received_at=received,
        due=due,
        provisional=provisional,
        light=light_of(due, warn, date.fromisoformat(stopped) if stopped else None, today),
        version=version,
        last_word=Side(last_word) if last_word else None,
    )
