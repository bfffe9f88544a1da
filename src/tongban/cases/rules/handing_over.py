"""Handing over: a case goes from one officer's hands into a colleague's, and the applicant's days go on."""

from datetime import datetime

from tongban.cases.events import CaseHandedOver
from tongban.cases.rules.state import CaseState
from tongban.kernel.access import Officer, Role
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal


def may_receive(to: Officer | None, body: BodyCode | None) -> Officer:
    """Who gets a case from somebody else; refused unless they serve there, handle cases and are not away."""
    if to is None:
        code, says = "off-duty", "这位同事现在不在岗，或者已经停职。"
    elif to.body != body:
        code, says = "elsewhere", "这位同事不在这个单位。"
    elif Role.HANDLER not in to.roles:
        code, says = "no-role", "这位同事没有经办的职责。"
    elif to.away:
        code, says = "away", "这位同事今天不在，登记了休假、公出或者培训。"
    else:
        return to
    raise Refusal(f"cases.receiver.{code}", says=says, do="请选本单位今天在岗的经办同事。", status=422)


def hand_over(state: CaseState, *, to: Officer, by: Officer, at: datetime, text: str) -> CaseHandedOver:
    """Into the hands of `to`; `text` is the salted digest of why.

    It is no taking: the public log tells of none, and the four hours of an untouched case do not begin anew.
    """
    was = state.turn.taken_by
    if was is None or state.closed:
        raise Refusal(
            "cases.hand-over.not-held",
            says="这件事现在不在谁的手上，没有可以移交的。",
            do="还在排队的，请取下一件，或者由负责人分派排在最前面的那一件。",
        )
    if was == to.id:
        raise Refusal(
            "cases.hand-over.same", says="这件事已经在这位同事手上。", do="请选另一位同事。", status=422
        )
    return CaseHandedOver(at=at, by=by.id, was=was, to=to.id, text=text)


def answer_first() -> Refusal:
    """The refusal while something that the officer asked for has not been answered."""
    return Refusal(
        "cases.hand-over.approval-open",
        says="这件事还有一项在等批准，现在不能移交。",
        do="请先批准或者退回，再移交；不然批准的人不知道该由谁照办。",
    )
