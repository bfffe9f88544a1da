"""Counting tries, so that nothing can be guessed at leisure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tongban.identity.rules import Tries
from tongban.kernel.keys import ring
from tongban.kernel.sql import load, run


def counted(limits: Mapping[str, int], at: datetime, window: timedelta) -> list[Tries]:
    """Count one more try for each of these, and say how many there were in the window. One statement."""
    rows = run(load("tongban.identity", "count_try"), [list(limits), at, at - window])
    return [Tries(count, since, limits[key]) for key, count, since in rows]


def bound(what: str, whom: str) -> str:
    """By what tries of something are counted for somebody: a keyed hash, in hexadecimal."""
    return ring().fact_digest("bound", f"{what}\x00{whom}").hex()
