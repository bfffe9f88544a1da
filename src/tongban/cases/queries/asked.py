"""Approvals as officers read them: who asks for what, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tongban.cases.queries.lists import approvals_open
from tongban.cases.queries.view import CaseView
from tongban.cases.queries.who import name_of
from tongban.cases.rules.approvals import APPROVAL_NAMES, SECOND_DECIDES, NeedsApproval, deed_of
from tongban.cases.rules.effects import effect_of_leave
from tongban.cases.rules.words import OVERTAKING_REASONS, REVOCATION_GROUNDS
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Viewer, allowed
from tongban.kernel.ids import BodyCode


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
    second: bool = False
    """Whether a colleague agrees as the second of two who decide; else a leader approves."""
    government: str = ""
    """The people's government whose leader is asked, where the body's own leaders are not."""
    effect: str = ""
    """What leave does, where a government is asked for it."""


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
            asked_by=name_of(one.asked_by, legal_day(at)),
            asked_at=one.asked_at,
            may_answer=True,
            second=one.act in SECOND_DECIDES,
        )
        for one in approvals_open(viewer)
    ]


def approvals_of(view: CaseView, viewer: Viewer, *, at: datetime) -> list[AskedFor]:
    """What is asked about this case and not yet answered. No statement."""
    texts = {told.seq: told for told in view.story}
    return [
        _asked_for(view, one, texts.get(one["seq"]), _may(view, viewer, one) and not _own(viewer, one), at)
        for one in view.approvals
    ]


def _may(view: CaseView, viewer: Viewer, one: dict[str, Any]) -> bool:
    return allowed(viewer, deed_of(one["act"]), view.state.thing)


def _asked_for(view: CaseView, one: dict[str, Any], told: Any, may: bool, at: datetime) -> AskedFor:
    return AskedFor(
        id=UUID(one["id"]),
        number=view.state.head.number,
        item_name=view.item_name,
        act=APPROVAL_NAMES[NeedsApproval(one["act"])],
        reason=_reason(one["reason"]),
        text=(told.text or "") if told else "",
        asked_by=name_of(UUID(str(one["asked_by"])), legal_day(at)),
        asked_at=told.event.at if told else None,
        may_answer=may,
        second=one["act"] in SECOND_DECIDES,
        government=_government(view, one, legal_day(at)),
        effect=effect_of_leave(view.law, legal_day(at)) if one["act"] == NeedsApproval.EXTEND_JOINTLY else "",
    )


def _government(view: CaseView, one: dict[str, Any], today: date) -> str:
    """Whom else than the body's own people this was asked of, by name; empty where it was not."""
    if one["body"] == view.state.head.body:
        return ""
    code = BodyCode(one["body"])
    return directory.served_bodies(today).get(code) or directory.body(code).name


def _own(viewer: Viewer, one: dict[str, Any]) -> bool:
    return viewer.officer is not None and str(viewer.officer.id) == str(one["asked_by"])


def _reason(code: str | None) -> str:
    return (OVERTAKING_REASONS | REVOCATION_GROUNDS).get(code or "", code or "")
