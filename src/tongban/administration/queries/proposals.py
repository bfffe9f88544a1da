"""What waits for a second person, and what was changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from tongban.administration.models import Change, Proposal
from tongban.administration.rules.proposing import Outcome, State, lines_read, unknown_proposal
from tongban.kernel.access import Deed, Thing, Viewer, allow, reach
from tongban.kernel.changes import Line
from tongban.kernel.ids import OfficerId, RegionCode
from tongban.kernel.paging import LARGEST_KEY, Page, key_behind, page
from tongban.kernel.refusal import Refusal

A_PAGE: Final = 30

OUTCOMES: Final = {
    Outcome.DONE: ("已办", "g"),
    Outcome.DECLINED: ("不同意", "r"),
    Outcome.WITHDRAWN: ("已撤回", ""),
}
"""What came of a proposal, in words, and the colour of its tag."""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in a list; `own`: the viewer's, `waits`: for a second person, else only prepared."""

    id: UUID
    title: str
    by_name: str
    at: datetime
    reason: str
    dangers: list[str]
    number: int
    own: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal with everything that it would change."""

    row: ProposalRow
    lines: list[Line]
    effects: list[Line]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A recorded change: what came of it, who, why, and who agreed or declined."""

    id: int
    at: datetime
    title: str
    outcome: str
    colour: str
    by_name: str
    second_name: str
    reason: str
    word: str
    dangers: list[str]
    digest: str
    lines: list[Line]
    effects: list[Line]


def waiting(viewer: Viewer) -> list[ProposalRow]:
    """What waits in the viewer's reach, and what they prepared themselves. One statement."""
    officer = viewer.officer
    own = Q(by=officer.id) if officer else Q(pk=None)
    rows = _within(Proposal.objects.all(), viewer).filter(Q(state=State.WAITING) | own).order_by("-at")
    return [_row(one, viewer) for one in rows]


def proposal_of(viewer: Viewer, proposal: UUID) -> ProposalView:
    """A proposal; what nobody handed over is its proposer's alone. One statement."""
    row = Proposal.objects.filter(id=proposal).first()
    if row is None:
        raise unknown_proposal()
    allow(viewer, Deed.ADMINISTER, Thing(region=RegionCode(row.region)))
    seen = _row(row, viewer)
    if not (seen.waits or seen.own):
        raise unknown_proposal()
    return ProposalView(seen, lines_read(row.lines), lines_read(row.effects))


def record(viewer: Viewer, after: str = "") -> Page[ChangeRow]:
    """What was changed in the viewer's reach, the newest first. One statement."""
    rows = _within(Change.objects.all(), viewer).order_by("-id")
    if after:
        rows = rows.filter(id__lt=key_behind(after))
    return page([_change(one) for one in rows[: A_PAGE + 1]], A_PAGE, lambda one: one.id)


def change_of(viewer: Viewer, change: int) -> ChangeRow:
    """One recorded change, whole. One statement."""
    row = Change.objects.filter(id=change).first() if change <= LARGEST_KEY else None
    if row is None:
        raise Refusal(
            "administration.change.unknown",
            says="没有这条变更记录。",
            do="请回到变更记录，重新选择。",
            status=404,
        )
    allow(viewer, Deed.ADMINISTER, Thing(region=RegionCode(row.region)))
    return _change(row)


def _within(rows: QuerySet, viewer: Viewer) -> QuerySet:  # type: ignore[type-arg]
    within = reach(viewer, Deed.ADMINISTER).region
    return rows.filter(region__startswith=within) if within else rows.none()


def _row(row: Proposal, viewer: Viewer) -> ProposalRow:
    return ProposalRow(
        id=row.id,
        title=row.title,
        by_name=row.by_name,
        at=row.at,
        reason=row.reason,
        dangers=row.dangers,
        number=len(lines_read(row.lines)),
        own=viewer.officer is not None and viewer.officer.id == OfficerId(row.by),
        waits=row.state == State.WAITING,
    )


def _change(row: Change) -> ChangeRow:
    words, colour = OUTCOMES[Outcome(row.outcome)]
    return ChangeRow(
        id=row.id,
        at=row.at,
        title=row.title,
        outcome=words,
        colour=colour,
        by_name=row.by_name,
        second_name=row.second_name,
        reason=row.reason,
        word=row.word,
        dangers=row.dangers,
        digest=row.digest,
        lines=lines_read(row.lines),
        effects=lines_read(row.effects),
    )
