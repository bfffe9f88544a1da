"""Flows for programs: a task is completed, an opinion asked, a running case moved to the newest drawing."""

from typing import Any

from ninja import Router

from tongban.cases import commands
from tongban.cases.endpoints import given, shown
from tongban.cases.endpoints.given import Number
from tongban.kernel.ids import Version
from tongban.kernel.pages import Request

router = Router()
ACT: dict[str, Any] = {"response": shown.ActShown}


def _acting(request: Request, act: given.Act) -> dict[str, Any]:
    return {"seen": Version(act.seen), "by": request.viewer, "at": request.now}


@router.post("/{no}/complete-task", operation_id="complete-task", **ACT)
def complete_task(request: Request, no: Number, act: given.TaskDone) -> shown.ActShown:
    """Complete a task of the flow that is no act of the law, with one of its outcomes where it has any."""
    done = commands.complete_task(
        no, **_acting(request, act), task=act.task, outcome=act.outcome, text=act.text
    )
    return shown.acted(done)


@router.post("/{no}/ask-opinion", operation_id="ask-opinion", **ACT)
def ask_opinion(request: Request, no: Number, act: given.OpinionAsked) -> shown.ActShown:
    """Ask the body that a task of the flow names; its answer completes the task."""
    return shown.acted(commands.ask_in_flow(no, **_acting(request, act), task=act.task, text=act.text))


@router.post("/{no}/change-flow", operation_id="change-flow", **ACT)
def change_flow(request: Request, no: Number, act: given.FlowChanged) -> shown.ActShown:
    """Move a running case to the drawing of another version, where all that waits has its like."""
    done = commands.change_flow(no, **_acting(request, act), version=act.version, text=act.text)
    return shown.acted(done)
