"""What people of the city were told in its past: long read, but for the last days; the newest goes out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from tongban.kernel.access import Viewer
from tongban.kernel.ids import EventId
from tongban.ledger import api as ledger
from tongban.notices import api as notices
from tongban.site import wiring

READ_AFTER: Final = timedelta(days=5)
TOLD_TOGETHER: Final = 500


class Telling:
    """Everything that people are to be told of, in the order in which it was sealed."""

    def __init__(self, end: datetime) -> None:
        self._end = end
        self._old: list[EventId] = []
        self._fresh: list[EventId] = []

    def hear(self, rows: Sequence[ledger.Sealed], at: datetime) -> None:
        """Rows that were sealed at a moment."""
        heard = self._fresh if notices.is_fresh(at, self._end) else self._old
        heard += [row.event_id for row in rows if notices.tells(row.told)]

    def tell(self, people: Sequence[Viewer]) -> None:
        """Tell all of it; the worker tells what is fresh, and sends it."""
        for some in _batches(self._old):
            notices.tell_of(some, at=self._end)
        for one in people:
            notices.mark_all_read(one, at=self._end, until=self._end - READ_AFTER)
        wiring.tell_people_of(self._fresh)


def _batches(events: Sequence[EventId]) -> list[Sequence[EventId]]:
    return [events[at : at + TOLD_TOGETHER] for at in range(0, len(events), TOLD_TOGETHER)]
