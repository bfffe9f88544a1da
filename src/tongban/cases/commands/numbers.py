"""Case numbers are taken in blocks, so that a submission knows its number before it reaches the database."""

from datetime import date
from threading import Lock

from tongban.engine.codes import CaseNumber
from tongban.kernel.ids import CaseId, RegionCode
from tongban.kernel.sql import run

BLOCK = 64
"""As the sequence `cases_number_block` steps."""

SERIALS = 10_000_000
"""Seven digits a day: the sequence would have to pass them all within one day to repeat a number."""


class Numbers:
    """Ids from blocks of the database's sequence; one block at a time in a process, gaps are harmless."""

    def __init__(self) -> None:
        self._lock, self._next, self._end = Lock(), 0, 0

    def take(self) -> CaseId:
        """The next id; one statement in 64."""
        with self._lock:
            if self._next == self._end:
                self._next = run("select nextval('cases_number_block')")[0][0]
                self._end = self._next + BLOCK
            self._next += 1
            return CaseId(self._next - 1)


_numbers = Numbers()


def new_case(region: RegionCode, day: date) -> tuple[CaseId, str]:
    """A fresh id and its number: region, day, serial, check digit."""
    case = _numbers.take()
    return case, str(CaseNumber.make(region[:6], day, case % SERIALS))
