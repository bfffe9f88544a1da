"""What stands beside every page of the desk: what is in one's hands, and the large button for the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.desk.pages.lines import lines_of
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, Viewer, allowed
from tongban.kernel.ids import ItemCode, QueueId
from tongban.kernel.pages import OfficerRequest


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue with the name of its item; `may_take`: this officer takes from it."""

    row: cases.QueueRow
    name: str
    may_take: bool


def beside(request: OfficerRequest, *, after: QueueId | None = None) -> dict[str, Any]:
    """What is in one's hands with how much of it is due today, and what is next. Two statements.

    `after`: the queue that one works through; the next is of that queue as long as somebody waits there.
    """
    today = legal_day(request.now)
    held = cases.desk_of(request.viewer, at=request.now)
    queues = queues_of(request.viewer)
    return {
        "held": lines_of(held, today),
        "due_today": sum(row.due is not None and row.due <= today for row in held),
        "queues": queues,
        "next": _next(queues, after),
        "today": today,
    }


def queues_of(viewer: Viewer) -> list[Waiting]:
    """The queues that this officer sees, the longest first. One statement."""
    names = {item.slug: item.name for item in catalogue.items()}
    return [_waiting(row, names, viewer) for row in cases.queues(viewer)]


def _waiting(row: cases.QueueRow, names: dict[ItemCode, str], viewer: Viewer) -> Waiting:
    may_take = allowed(viewer, Deed.TAKE, Thing(body=row.body, region=row.region))
    return Waiting(row, names.get(row.item, row.item), may_take)


def _next(queues: Sequence[Waiting], after: QueueId | None) -> Waiting | None:
    """The queue to take from: the one that is worked through, else where somebody has waited longest."""
    open_ = [one for one in queues if one.may_take and one.row.first_received_at is not None]
    same = next((one for one in open_ if one.row.id == after), None)
    return same or min(open_, key=_since, default=None)


def _since(one: Waiting) -> datetime:
    assert one.row.first_received_at is not None
    return one.row.first_received_at
