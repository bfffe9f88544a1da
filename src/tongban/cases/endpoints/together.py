"""Working together for programs: a case given, handed over, noted, asked about, and the answers."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Router
from pydantic import BaseModel

from tongban.cases import commands
from tongban.cases.endpoints import given, shown
from tongban.cases.endpoints.given import Number
from tongban.cases.queries import consultations_open
from tongban.kernel.ids import BodyCode, OfficerId, Version
from tongban.kernel.pages import Request

router = Router()
consultations_router = Router()
ACT: dict[str, Any] = {"response": shown.ActShown}
Place = Annotated[int, Path(ge=1, le=32767)]


class ConsultationListed(BaseModel):
    """A question that waits for an answer; `mine`: you may give it."""

    number: str
    seq: int
    item: str
    asked_by: str
    asked: str
    asked_at: datetime
    due: date
    late: bool
    mine: bool


class Consultations(BaseModel):
    """Questions, the most pressing first."""

    consultations: list[ConsultationListed]


def _acting(request: Request, act: given.Act) -> dict[str, Any]:
    return {"seen": Version(act.seen), "by": request.viewer, "at": request.now}


@router.post("/{no}/assign", operation_id="assign", **ACT)
def assign(request: Request, no: Number, act: given.Assigning) -> shown.ActShown:
    """Give the first case that waits to a colleague; refused while an earlier one waits."""
    return shown.acted(commands.assign(no, **_acting(request, act), to=OfficerId(act.to)))


@router.post("/{no}/hand-over", operation_id="hand-over", **ACT)
def hand_over(request: Request, no: Number, act: given.HandingOver) -> shown.ActShown:
    """Hand a case to a colleague of the same body; no clock and no place changes."""
    done = commands.hand_over(no, **_acting(request, act), to=OfficerId(act.to), text=act.text)
    return shown.acted(done)


@router.post("/{no}/note", operation_id="note", **ACT)
def note(request: Request, no: Number, act: given.Worded) -> shown.ActShown:
    """Write a word for the office alone, kept with the case."""
    return shown.acted(commands.note(no, **_acting(request, act), text=act.text))


@router.post("/{no}/consult", operation_id="consult", **ACT)
def consult(request: Request, no: Number, act: given.Consulting) -> shown.ActShown:
    """Ask a colleague or another body; no legal clock stops for it."""
    whom = OfficerId(act.whom) if isinstance(act.whom, UUID) else BodyCode(act.whom)
    done = commands.consult(no, **_acting(request, act), whom=whom, days=act.days, text=act.text)
    return shown.acted(done)


@router.post("/{no}/supervise", operation_id="supervise", **ACT)
def supervise(request: Request, no: Number, act: given.Supervising) -> shown.ActShown:
    """Order that a pressing case is seen to and explained; no clock moves."""
    return shown.acted(commands.supervise(no, **_acting(request, act), days=act.days, text=act.text))


@router.post("/{no}/explain", operation_id="explain", **ACT)
def explain(request: Request, no: Number, act: given.Explaining) -> shown.ActShown:
    """Tell the applicant why their case is late and when it will be done; no clock moves."""
    done = commands.explain(no, **_acting(request, act), cause=act.cause, until=act.until, text=act.text)
    return shown.acted(done)


@router.post("/{no}/consultations/{seq}/opinion", operation_id="opinion", **ACT)
def answer(request: Request, no: Number, seq: Place, said: given.Doubt) -> shown.ActShown:
    """Answer a question that you, or your body, are asked."""
    done = commands.answer_consultation(no, seq, by=request.viewer, at=request.now, text=said.text)
    return shown.acted(done)


@router.post("/{no}/consultations/{seq}/no-opinion", operation_id="no-opinion", **ACT)
def decline(request: Request, no: Number, seq: Place, said: given.Doubt) -> shown.ActShown:
    """Say why you do not answer."""
    done = commands.decline_consultation(no, seq, by=request.viewer, at=request.now, text=said.text)
    return shown.acted(done)


@consultations_router.get("", operation_id="consultations", response=Consultations)
def consultations(request: Request) -> Consultations:
    """What you are asked, and what you asked and wait for, the most pressing first."""
    return Consultations(
        consultations=[
            ConsultationListed(
                number=one.number,
                seq=one.seq,
                item=one.item_name,
                asked_by=one.asked_by,
                asked=one.asked,
                asked_at=one.asked_at,
                due=one.due,
                late=one.late,
                mine=one.mine,
            )
            for one in consultations_open(request.viewer, at=request.now)
        ]
    )
