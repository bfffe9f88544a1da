"""Turns: who is served next. Order is the ledger index of the arrival, and an overtaking needs a reason."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tongban.cases.events import CaseReleased, CaseTaken
from tongban.cases.rules.acting import held_by, one_of
from tongban.cases.rules.state import CaseState
from tongban.cases.rules.words import OVERTAKING_REASONS
from tongban.kernel.access import Officer
from tongban.kernel.refusal import Refusal


def take(
    state: CaseState, *, by: Officer, at: datetime, reason: str | None = None, approver: UUID | None = None
) -> CaseTaken:
    """Take a waiting case. `reason` and `approver` stand only where an earlier one is passed over."""
    if not state.turn.waits:
        raise Refusal(
            "cases.take.not-waiting",
            says=_("这件事现在不在队列里，可能已经有人取走或已经撤回。"),
            do=_("请取下一件。"),
        )
    return CaseTaken(at=at, by=by.id, reason=reason, approver=approver)


def assign(state: CaseState, *, to: Officer, by: Officer, at: datetime) -> CaseTaken:
    """A taking by the colleague to whom a leader gives the case: only ever the first that waits."""
    return replace(take(state, by=to, at=at), assigned_by=by.id)


def overtake_reason(reason: str | None) -> str:
    """The reason code of an overtaking; refused when missing or unknown."""
    if not reason:
        raise Refusal(
            "cases.take.out-of-order",
            says=_("前面还有更早到的申请，不能先取这一件。"),
            do=_("请取下一件；确需优先的，写明理由代码，由负责人批准。"),
        )
    one_of(reason, OVERTAKING_REASONS, "reason")
    return reason


def release(state: CaseState, *, by: Officer, at: datetime) -> CaseReleased:
    """Give a case back; it waits again at its old place."""
    held_by(state, by)
    if not state.worked_on:
        raise Refusal(
            "cases.release.wrong-stage",
            says=_("这件事已经有了决定，不能退回队列。"),
            do=_("请完成送达。"),
        )
    return CaseReleased(at=at, by=by.id)


def release_untouched(state: CaseState, *, at: datetime) -> CaseReleased | None:
    """A case taken and not touched goes back by itself; nothing if someone acted after all."""
    if state.turn.taken_by is None or state.turn.touched or not state.worked_on:
        return None
    return CaseReleased(at=at, untouched=True)
