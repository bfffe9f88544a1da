"""Approvals as officers read them: who asks for what, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tongban.cases.queries.lists import approvals_open
from tongban.cases.queries.view import CaseView
from tongban.cases.rules.approvals import APPROVAL_NAMES, NeedsApproval
from tongban.cases.rules.words import OVERTAKING_REASONS
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Viewer, allowed
from tongban.kernel.ids import OfficerId


@dataclass(frozen=True, slots=True)
class AskedFor:
    """An open approval in words. `text` is its reason in full, where the viewer may read it."""

    id: UUID
    number: str
    item_name: str
    act: str
    reason: str
    text: str
    asked_by: str
    asked_at: datetime | None
    may_answer: bool


def approvals_shown(viewer: Viewer, *, at: datetime) -> list[AskedFor]:
    """What waits for this officer's answer, the oldest first. One statement."""
    return [
        AskedFor(
            id=one.id,
            number=one.number,
            item_name=one.item_name,
            act=APPROVAL_NAMES[NeedsApproval(one.act)],
            reason=_reason(one.reason),
            text="",
            asked_by=_name(one.asked_by, at),
            asked_at=one.asked_at,
            may_answer=True,
        )
        for one in approvals_open(viewer)
    ]


def approvals_of(view: CaseView, viewer: Viewer, *, at: datetime) -> list[AskedFor]:
    """What is asked about this case and not yet answered. No statement."""
    texts = {told.seq: told for told in view.story}
    may = allowed(viewer, Deed.APPROVE, view.state.thing)
    return [
        _asked_for(view, one, texts.get(one["seq"]), may and not _own(viewer, one), at)
        for one in view.approvals
    ]


def _asked_for(view: CaseView, one: dict[str, Any], told: Any, may: bool, at: datetime) -> AskedFor:
    return AskedFor(
        id=UUID(one["id"]),
        number=view.state.head.number,
        item_name=view.item_name,
        act=APPROVAL_NAMES[NeedsApproval(one["act"])],
        reason=_reason(one["reason"]),
        text=(told.text or "") if told else "",
        asked_by=_name(one["asked_by"], at),
        asked_at=told.event.at if told else None,
        may_answer=may,
    )


def _own(viewer: Viewer, one: dict[str, Any]) -> bool:
    return viewer.officer is not None and str(viewer.officer.id) == str(one["asked_by"])


def _reason(code: str | None) -> str:
    return OVERTAKING_REASONS.get(code or "", code or "")


def _name(officer: UUID | str, at: datetime) -> str:
    found = directory.officer(OfficerId(UUID(str(officer))), legal_day(at))
    return found.name if found else "已离岗的工作人员"
