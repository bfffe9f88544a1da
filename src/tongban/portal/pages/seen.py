"""What everyone may see of the order: figures of a day and a month, and the names of queues."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tongban.catalogue import api as catalogue
from tongban.kernel.ids import QueueId
from tongban.kernel.kept import Kept
from tongban.ledger import api as ledger

TODAY_SECONDS: Final = 5
MONTH_SECONDS: Final = 60

# Kept for today alone: another day is asked for rarely, and each for itself.
order_of: Final = Kept(TODAY_SECONDS, ledger.order_of)
reasons: Final = Kept(MONTH_SECONDS, ledger.reasons)


@dataclass(frozen=True, slots=True)
class Seen:
    """The order of a day in figures, and how many were taken ahead of others in its month so far."""

    arrived: int
    taken: int
    overtaken: int
    this_month: int

    @property
    def in_order(self) -> int:
        """How many were taken in their turn."""
        return self.taken - self.overtaken


def seen_today(today: date) -> Seen:
    """The figures of today. Two statements in as many seconds as they are kept, for all together."""
    return seen_in(order_of(today), sum(reasons(today.replace(day=1), today).values()))


def seen_in(queues: Iterable[ledger.Order], this_month: int = 0) -> Seen:
    """The order of these queues in figures."""
    arrived, taken, overtaken = (
        sum(column) for column in zip((0, 0, 0), *(one[1:] for one in queues), strict=True)
    )
    return Seen(arrived, taken, overtaken, this_month)


@dataclass(frozen=True, slots=True)
class Named:
    """A queue as people know it: what is applied for, and at which office."""

    item: str
    office: str


def names_of_queues() -> Mapping[str, Named]:
    """Every queue of the items that can be applied for today."""
    return {
        catalogue.queue_of(item, body): Named(item.name, name)
        for item in catalogue.items()
        for body, name in item.bodies.items()
    }


def name_of(queue: str, names: Mapping[str, Named]) -> Named:
    """The name of a queue; of one whose item is no longer offered, what the log calls it."""
    return names.get(queue) or Named(QueueId(queue), "")
