"""What is under way: applications that go their way, and those of them that wait, in the order of arrival."""

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from tongban.catalogue import api as catalogue
from tongban.demo.applying import Arrival
from tongban.demo.fate import Fate
from tongban.kernel.ids import BodyCode, CaseId, OfficerId, QueueId


@dataclass(slots=True, eq=False)
class Going:
    """An application under way, and what has become of its fate so far."""

    arrival: Arrival
    number: str
    item: catalogue.Item
    queue: QueueId
    body: BodyCode
    fate: Fate
    case: CaseId | None = None
    """Known when its arrival is sealed."""
    place: int = 0
    """Of its arrival in the public log: in its queue those before it came earlier."""
    handler: OfficerId | None = None
    accepted: datetime | None = None
    accepted_by_law: bool = False
    """While nobody spoke."""
    corrected: int = 0
    forgotten: bool = False
    given_back: bool = False
    asked_for: bool = False
    extended: bool = False
    sent_up: bool = False
    decided: bool = False
    reversed: bool = False
    granted: bool = False
    over: bool = False

    @property
    def nth(self) -> int:
        """Its place in the row of all."""
        return self.arrival.nth


@dataclass(slots=True)
class Waiting:
    """Those who wait, by queue, and everyone under way by number."""

    _by_queue: dict[QueueId, list[Going]] = field(default_factory=lambda: defaultdict(list))
    _by_number: dict[str, Going] = field(default_factory=dict)

    def joins(self, going: Going, place: int) -> None:
        """Its arrival is sealed: it waits at its place."""
        going.place = place
        self._by_number[going.number] = going
        self.returns(going)

    def returns(self, going: Going) -> None:
        """It waits again, at its old place."""
        insort(self._by_queue[going.queue], going, key=lambda one: one.place)

    def leaves(self, going: Going) -> None:
        """It waits no more, if it did."""
        if going in self._by_queue[going.queue]:
            self._by_queue[going.queue].remove(going)

    def taken(self, number: str) -> Going:
        """The one of this number, which waits no more."""
        going = self._by_number[number]
        self.leaves(going)
        return going

    def waits(self, going: Going) -> bool:
        """Whether it waits."""
        return going in self._by_queue[going.queue]

    def first_at(self, body: BodyCode) -> Going | None:
        """Who has waited longest in any queue of a body; None where nobody does."""
        firsts = [row[0] for row in self._by_queue.values() if row and row[0].body == body]
        return min(firsts, key=lambda one: one.place, default=None)

    def urgent_behind(self, first: Going) -> Going | None:
        """Somebody behind the first of a queue who cannot wait, and for whom nobody has asked."""
        return next(
            (one for one in self._by_queue[first.queue][1:] if one.fate.urgent and not one.asked_for), None
        )
