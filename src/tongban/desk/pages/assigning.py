"""A leader gives the first case of a queue to a colleague; never another than the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tongban.cases import api as cases
from tongban.directory import api as directory
from tongban.kernel.access import Deed, Officer, Role, Thing, Viewer, allowed
from tongban.kernel.ids import BodyCode, OfficerId, QueueId
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to

NOBODY: Final = OfficerId(UUID(int=0))
"""Whom no form names; the command refuses to give a case to nobody."""


@dataclass(frozen=True, slots=True)
class ToAssign:
    """A queue in which somebody waits, with the name of its item."""

    row: cases.QueueRow
    name: str


@require_POST
@open_to(OFFICERS)
def assign(request: OfficerRequest, queue: str) -> HttpResponse:
    """Give the first case that waits to the colleague who was chosen."""
    taken = cases.assign_next(
        QueueId(queue), to=_chosen(request.POST.get("to", "")), by=request.viewer, at=request.now
    )
    if taken:
        messages.success(request, f"已把排在最前的 {taken.number} 交给了选定的同事。")
    else:
        messages.info(request, "这个队列里现在没有等着的申请。")
    return redirect("desk:figures")


def to_assign(viewer: Viewer, body: BodyCode, names: dict[str, str]) -> list[ToAssign]:
    """The queues of the body in which somebody waits, for who may assign from them. One statement."""
    return [
        ToAssign(row, names.get(row.item, row.item))
        for row in cases.queues(viewer)
        if row.body == body
        and row.waiting
        and allowed(viewer, Deed.ASSIGN, Thing(body=row.body, region=row.region))
    ]


def receivers(body: BodyCode, today: date) -> Sequence[Officer]:
    """Who of the body may be given a case: whoever handles cases and is there today. No statement."""
    return [one for one in directory.colleagues(body, today) if Role.HANDLER in one.roles and not one.away]


def _chosen(text: str) -> OfficerId:
    try:
        return OfficerId(UUID(text))
    except ValueError:
        return NOBODY
