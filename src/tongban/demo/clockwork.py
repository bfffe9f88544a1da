"""Clockwork: deeds in the order of their time, those of one instant in the order in which they were put."""

from collections.abc import Callable, Iterator
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Deed = Callable[[datetime], None]


class Clockwork:
    """Everything that is still to happen."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, Deed]] = []
        self._turns = count()

    def put(self, at: datetime, deed: Deed) -> None:
        """Have a deed done at an instant."""
        heappush(self._due, (at, next(self._turns), deed))

    def take(self, until: datetime) -> Deed | None:
        """The first deed due by then, taken out; None where nothing is."""
        return heappop(self._due)[2] if self._due and self._due[0][0] <= until else None

    def run(self, until: datetime) -> Iterator[datetime]:
        """Do everything due by then, and what that brings with it; gives the instant after each deed."""
        while self._due and self._due[0][0] <= until:
            at, _, deed = heappop(self._due)
            deed(at)
            yield at
