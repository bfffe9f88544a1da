"""Watching the public log while others work: how many leaves wait, and since when the oldest does."""

import threading
import time
from types import TracebackType
from typing import Self

import psycopg

EVERY = 0.2
WAITING = """
select count(*), coalesce(extract(epoch from clock_timestamp() - min(e.at)), 0)::float
from ledger_pending p join cases_event e on e.id = p.event_id
"""


class Watch:
    """Looks several times a second; afterwards `most` leaves waited at once, one `longest` seconds."""

    def __init__(self, url: str) -> None:
        self.most, self.longest = 0, 0.0
        self._url = url
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as direct:
            while not self._over.wait(EVERY):
                [(count, age)] = direct.execute(WAITING, prepare=True)
                self.most, self.longest = max(self.most, count), max(self.longest, age)


def until_sealed(url: str, within: float = 120.0) -> None:
    """Wait until no leaf waits."""
    until = time.monotonic() + within
    with psycopg.connect(url, autocommit=True) as direct:
        while direct.execute("select exists (select from ledger_pending)").fetchone() == (True,):
            if time.monotonic() > until:
                raise RuntimeError("the worker does not seal")
            time.sleep(0.05)
