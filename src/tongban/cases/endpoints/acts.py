"""Acts on a case: each parses what was sent, gives one command, and answers where the case now stands."""

from typing import Any

from ninja import Router, Status

from tongban.cases import commands
from tongban.cases.endpoints import given, shown
from tongban.cases.endpoints.given import Number
from tongban.kernel.ids import ApprovalId, Version
from tongban.kernel.pages import Request

router = Router()
ACT: dict[str, Any] = {"response": shown.ActShown}
ASK: dict[str, Any] = {"response": {202: shown.Asked}}
DECIDE: dict[str, Any] = {"response": {200: shown.ActShown, 202: shown.Asked}}


def _acting(request: Request, act: given.Act | given.ApplicantAct) -> dict[str, Any]:
    """What every command asks: what was seen, by whom, when."""
    seen = None if act.seen is None else Version(act.seen)
    return {"seen": seen, "by": request.viewer, "at": request.now}


@router.post(
    "/{no}/take",
    response={200: shown.TakenShown, 202: shown.Asked},
    operation_id="take",
)
def take(request: Request, no: Number, act: given.Taking) -> Status[Any]:
    """Take this case. Where an earlier one waits, an approval is asked for instead (202)."""
    approval = commands.take(no, **_acting(request, act), reason=act.reason, text=act.text)
    if approval is not None:
        return Status(202, shown.Asked(number=no, approval=approval))
    # A taking is one event upon what was seen.
    return Status(200, shown.TakenShown(number=no, version=act.seen + 1))


@router.post("/{no}/release", operation_id="release", **ACT)
def release(request: Request, no: Number, act: given.Act) -> shown.ActShown:
    """Give the case back; it waits at its old place."""
    return shown.acted(commands.release(no, **_acting(request, act)))


@router.post("/{no}/accept", operation_id="accept", **ACT)
def accept(request: Request, no: Number, act: given.Act) -> shown.ActShown:
    """Accept a case that you have taken; its clocks start."""
    return shown.acted(commands.accept(no, **_acting(request, act)))


@router.post("/{no}/accept-tolerantly", operation_id="accept-tolerantly", **ACT)
def accept_tolerantly(request: Request, no: Number, act: given.Act) -> shown.ActShown:
    """Accept a case in which something that may follow is not there yet; its clocks start."""
    return shown.acted(commands.accept_tolerantly(no, **_acting(request, act)))


@router.post("/{no}/supply", operation_id="supply", **ACT)
def supply(request: Request, no: Number, act: given.Supply) -> shown.ActShown:
    """Bring what is owed since a tolerant acceptance, all of it or some."""
    materials = [(one.kind, one.file) for one in act.materials]
    return shown.acted(commands.supply_owed(no, **_acting(request, act), materials=materials))


@router.post("/{no}/refuse-acceptance", operation_id="refuse-acceptance", **ACT)
def refuse_acceptance(request: Request, no: Number, act: given.Grounded) -> shown.ActShown:
    """Refuse to accept, for a named ground, and say where to go."""
    return shown.acted(
        commands.refuse_acceptance(no, **_acting(request, act), ground=act.ground, text=act.text)
    )


@router.post("/{no}/return-for-correction", operation_id="return-for-correction", **ACT)
def return_for_correction(request: Request, no: Number, act: given.CorrectionNotice) -> shown.ActShown:
    """Send the one notice with every fault."""
    faults = [commands.CorrectionFault(fault.place, fault.basis, fault.do) for fault in act.faults]
    return shown.acted(commands.return_for_correction(no, **_acting(request, act), faults=faults))


@router.post("/{no}/resubmit", operation_id="resubmit", **ACT)
def resubmit(request: Request, no: Number, act: given.Correction) -> shown.ActShown:
    """Hand in the corrections; the case keeps its place."""
    materials = [(one.kind, one.file) for one in act.materials]
    return shown.acted(
        commands.resubmit(no, **_acting(request, act), answers=act.answers, materials=materials)
    )


@router.post("/{no}/remind", operation_id="remind", **ACT)
def remind(request: Request, no: Number, act: given.Worded) -> shown.ActShown:
    """Say which faults of the notice are still open."""
    return shown.acted(commands.remind(no, **_acting(request, act), text=act.text))


@router.post("/{no}/start-special-procedure", operation_id="start-special-procedure", **ACT)
def start_special_procedure(request: Request, no: Number, act: given.SpecialProcedure) -> shown.ActShown:
    """Stop the clock for a procedure the law names."""
    return shown.acted(
        commands.start_special_procedure(
            no,
            **_acting(request, act),
            procedure=act.procedure,
            told_until=act.told_until,
            text=act.text,
        )
    )


@router.post("/{no}/end-special-procedure", operation_id="end-special-procedure", **ACT)
def end_special_procedure(request: Request, no: Number, act: given.Act) -> shown.ActShown:
    """The clock runs again from the next day."""
    return shown.acted(commands.end_special_procedure(no, **_acting(request, act)))


@router.post("/{no}/extend", operation_id="extend", **ASK)
def extend(request: Request, no: Number, act: given.Worded) -> Status[shown.Asked]:
    """Ask for the one extension, with the reason the applicant will be told."""
    approval = commands.extend(no, **_acting(request, act), text=act.text)
    return Status(202, shown.Asked(number=no, approval=approval))


@router.post("/{no}/extend-jointly", operation_id="extend-jointly", **ASK)
def extend_jointly(request: Request, no: Number, act: given.Worded) -> Status[shown.Asked]:
    """Ask the government for more time for the licences that are handled together, with the reason for it."""
    approval = commands.extend_jointly(no, **_acting(request, act), text=act.text)
    return Status(202, shown.Asked(number=no, approval=approval))


@router.post("/{no}/forward", operation_id="forward", **ACT)
def forward(request: Request, no: Number, act: given.Worded) -> shown.ActShown:
    """Send a case up to the body that decides, with what you found; it waits there, last."""
    return shown.acted(commands.forward(no, **_acting(request, act), text=act.text))


@router.post("/{no}/grant", operation_id="grant", **DECIDE)
def grant(request: Request, no: Number, act: given.Worded) -> Status[Any]:
    """Decide for the applicant. Where two officers decide, a colleague is asked to agree instead (202)."""
    return _decided(no, commands.grant(no, **_acting(request, act), text=act.text))


@router.post("/{no}/refuse", operation_id="refuse", **DECIDE)
def refuse(request: Request, no: Number, act: given.Worded) -> Status[Any]:
    """Decide against, with reasons and remedies. Where two decide, a colleague is asked to agree (202)."""
    return _decided(no, commands.refuse(no, **_acting(request, act), text=act.text))


def _decided(no: Number, done: commands.Acted | ApprovalId) -> Status[Any]:
    if isinstance(done, commands.Acted):
        return Status(200, shown.acted(done))
    return Status(202, shown.Asked(number=no, approval=done))


@router.post("/{no}/deliver", operation_id="deliver", **ACT)
def deliver(request: Request, no: Number, act: given.Delivery) -> shown.ActShown:
    """Hand over the result."""
    return shown.acted(commands.deliver(no, **_acting(request, act), way=act.way))


@router.post("/{no}/withdraw", operation_id="withdraw", **ACT)
def withdraw(request: Request, no: Number, act: given.ApplicantAct) -> shown.ActShown:
    """Take the application back; possible until the decision."""
    return shown.acted(commands.withdraw(no, **_acting(request, act)))


@router.post("/{no}/terminate", operation_id="terminate", **ACT)
def terminate(request: Request, no: Number, act: given.Grounded) -> shown.ActShown:
    """End a case that can no longer be decided."""
    return shown.acted(commands.terminate(no, **_acting(request, act), ground=act.ground, text=act.text))


@router.post("/{no}/revoke", operation_id="revoke", **ASK)
def revoke(request: Request, no: Number, act: given.Grounded) -> Status[shown.Asked]:
    """Ask to revoke a grant on a ground of the law; another officer approves (202)."""
    approval = commands.revoke(no, **_acting(request, act), ground=act.ground, text=act.text)
    return Status(202, shown.Asked(number=no, approval=approval))


@router.post("/{no}/reverse", operation_id="reverse", **ASK)
def reverse(request: Request, no: Number, act: given.Worded) -> Status[shown.Asked]:
    """Ask to undo the office's last act."""
    approval = commands.reverse(no, **_acting(request, act), text=act.text)
    return Status(202, shown.Asked(number=no, approval=approval))
