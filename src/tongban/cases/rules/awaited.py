"""What a case waits for beside its legal way: questions and approvals, as events ask and answer them."""

from dataclasses import replace
from datetime import date

from tongban.cases.events import (
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalGiven,
    CaseFlowMoved,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationDeclined,
    Event,
)
from tongban.cases.rules.state import Awaited, CaseState
from tongban.kernel.ids import BodyCode, OfficerId


def awaited_after(state: CaseState, event: Event) -> tuple[Awaited, ...]:
    """What was asked of others and is still to be answered."""
    match event:
        case ConsultationAsked(body=body, officer=officer, task=task, answer_by=answer_by):
            asked, until = OfficerId(officer) if officer else None, date.fromisoformat(answer_by["due"][:10])
            question = Awaited(str(state.version + 1), BodyCode(body), asked, task=task, until=until)
            return (*state.awaited, question)
        case CaseFlowMoved(done=done, closed=closed):
            ended = {done, *closed} - {None}
            return tuple(replace(one, over=one.over or one.task in ended) for one in state.awaited)
        case ApprovalAsked(approval=approval, act=act) if act in ("grant", "refuse"):
            return (*state.awaited, Awaited(str(approval), state.head.body, second=True))
        case ApprovalAsked(approval=approval, of=str(government)):
            return (*state.awaited, Awaited(str(approval), BodyCode(government), governs=True))
        case ConsultationAnswered(consultation=seq) | ConsultationDeclined(consultation=seq):
            return tuple(one for one in state.awaited if one.asking != str(seq))
        case ApprovalGiven(approval=approval) | ApprovalDeclined(approval=approval):
            return tuple(one for one in state.awaited if one.asking != str(approval))
        case _:
            return state.awaited
