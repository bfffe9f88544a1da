"""Handling: what the officer who has taken a case does to it, from acceptance to delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from tongban.cases.commands.change import Acted, changing
from tongban.cases.commands.examining import clear_checklist
from tongban.cases.commands.seconding import decide
from tongban.cases.rules import intake, review, tolerance
from tongban.cases.rules.acting import told
from tongban.cases.rules.approvals import NeedsApproval
from tongban.cases.rules.examining import Spot, refusal, reminder
from tongban.kernel.access import Deed, Viewer
from tongban.kernel.ids import ApprovalId, Version


@dataclass(frozen=True, slots=True)
class CorrectionFault:
    """One thing to correct: where, by which rule, and what the applicant should do."""

    place: str
    basis: str
    do: str
    spot: str = ""
    """Where on a picture it is to be seen, as `<file>.<page>.<x>.<y>`, if it was marked."""


def accept(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """Accept a case that this officer has taken; refused if someone acted since `seen`."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        change.record(intake.accept(change.state, acting))
        return change.acted


def accept_tolerantly(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """Accept a case in which something that may follow is not there yet; the applicant is told by when."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        change.record(tolerance.accept_tolerantly(change.state, acting))
        return change.acted


def refuse_acceptance(  # noqa: PLR0913 - an act of the law names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, ground: str, text: str
) -> Acted:
    """Refuse to accept, for a named ground, and say where to go."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        digest = change.seal("notice", told(text, "notice"))
        change.record(intake.refuse_acceptance(change.state, acting, ground=ground, text=digest))
        return change.acted


def return_for_correction(
    number: str, *, seen: Version | None, by: Viewer, at: datetime, faults: Sequence[CorrectionFault]
) -> Acted:
    """Send the one notice with every fault; the case is set aside until the applicant answers."""
    with changing(number, at=at, seen=seen, turn=True) as change:
        acting = change.acting(by, Deed.HANDLE)
        digest = change.seal("faults", faults_as_text(faults))
        change.record(intake.return_for_correction(change.state, acting, faults=len(faults), text=digest))
        clear_checklist(change)
        return change.acted


def remind(  # noqa: PLR0913 - an act of the law names all it needs
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    text: str,
    still_open: Sequence[str] = (),
) -> Acted:
    """Say which faults of the notice are still open, in its own sentences; set aside again."""
    with changing(number, at=at, seen=seen, turn=True) as change:
        acting = change.acting(by, Deed.HANDLE)
        digest = change.seal("notice", told(reminder(still_open, text), "notice"))
        change.record(intake.remind(change.state, acting, text=digest))
        clear_checklist(change)
        return change.acted


def start_special_procedure(  # noqa: PLR0913 - an act of the law names all it needs
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    procedure: str,
    told_until: date,
    text: str,
) -> Acted:
    """Stop the clock for a procedure the law names, and tell the applicant in writing until when."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        digest = change.seal("notice", told(text, "notice"))
        change.record(
            review.start_special_procedure(
                change.state, acting, procedure=procedure, told_until=told_until, text=digest
            )
        )
        return change.acted


def end_special_procedure(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """The clock runs again from the next day."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        change.record(review.end_special_procedure(change.state, acting))
        return change.acted


def grant(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> Acted | ApprovalId:
    """Decide for the applicant, or ask a colleague to agree where the item is decided by two."""
    with changing(number, at=at, seen=seen) as change:
        return decide(change, change.acting(by, Deed.HANDLE), NeedsApproval.GRANT, text)


def refuse(  # noqa: PLR0913 - an act of the law names all it needs
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    text: str,
    unmet: Sequence[str] = (),
    law: Sequence[str] = (),
) -> Acted | ApprovalId:
    """Decide against, for conditions `unmet` and by `law`, in words; remedies are told with the reasons.

    Where the item is decided by two, a colleague is asked to agree instead.
    """
    with changing(number, at=at, seen=seen) as change:
        reasons = refusal(unmet, law, text)
        return decide(change, change.acting(by, Deed.HANDLE), NeedsApproval.REFUSE, reasons)


def deliver(number: str, *, seen: Version | None, by: Viewer, at: datetime, way: str) -> Acted:
    """Hand over the result; any officer of the body may, for the applicant stands there."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.DELIVER)
        change.record(review.deliver(change.state, acting, way=way))
        return change.acted


def terminate(  # noqa: PLR0913 - an act of the law names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, ground: str, text: str
) -> Acted:
    """End a case that can no longer be decided."""
    with changing(number, at=at, seen=seen, turn=True) as change:
        acting = change.acting(by, Deed.TERMINATE)
        waited = change.state.turn.waits
        digest = change.seal("notice", told(text, "reason"))
        change.record(review.terminate(change.state, acting, ground=ground, text=digest))
        if waited:
            change.leave_queue()
        return change.acted


def faults_as_text(faults: Sequence[CorrectionFault]) -> str:
    """The faults as they are sealed; each must say what to do."""
    return orjson.dumps([_as_record(fault) for fault in faults]).decode()


def _as_record(fault: CorrectionFault) -> dict[str, Any]:
    said = {"place": fault.place.strip(), "basis": fault.basis.strip(), "do": told(fault.do, "faults")}
    spot = Spot.from_told(fault.spot)
    return said | {"spot": {"file": spot.file, "page": spot.page, "x": spot.x, "y": spot.y}} if spot else said
