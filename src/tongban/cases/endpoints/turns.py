"""Queues, and the next in turn."""

from typing import Annotated

import orjson
from django.http import HttpResponse
from ninja import Path, Router

from tongban.cases.commands import take_next
from tongban.cases.endpoints import shown
from tongban.cases.endpoints.given import QUEUE
from tongban.cases.queries import queues
from tongban.kernel.ids import QueueId
from tongban.kernel.pages import Request

router = Router()


@router.get("", response=shown.QueueList, operation_id="queues")
def list_queues(request: Request) -> shown.QueueList:
    """The queues of your body, or of your region for a supervisor; none for anyone else."""
    return shown.queue_list(queues(request.viewer))


@router.post(
    "/{id}/next",
    response={200: shown.TakenShown, 204: None},
    operation_id="next",
)
def next_in_turn(request: Request, id: Annotated[str, Path(pattern=QUEUE)]) -> HttpResponse:
    """Take the earliest case that waits; 204 if nobody does."""
    taken = take_next(QueueId(id), by=request.viewer, at=request.now)
    if taken is None:
        return HttpResponse(status=204)
    told = orjson.dumps({"number": taken.number, "version": taken.version})
    return HttpResponse(told, content_type="application/json")
