"""Counting tries, so that nothing can be guessed at leisure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tongban.identity.rules import Tries, wait_for
from tongban.kernel.keys import ring
from tongban.kernel.sql import load, run


def counted(limits: Mapping[str, int], at: datetime, window: timedelta) -> list[Tries]:
    """Count one more try for each of these, and say how many there were in the window. One statement."""
    rows = run(load("tongban.identity", "count_try"), [list(limits), at, at - window])
    return [Tries(count, since, limits[key]) for key, count, since in rows]


def wait_after(what: str, whom: str, *, most: int, within: timedelta, at: datetime) -> int:
    """Count one more try of something by somebody; minutes to wait where there were more than `most` within.

    Somebody is kept as a keyed hash, and forgotten a day after. One statement.
    """
    key = bound(what, whom)
    return wait_for(counted({key: most}, at, within), at, within)


def bound(what: str, whom: str) -> str:
    """By what tries of something are counted for somebody: a keyed hash, in hexadecimal."""
    return ring().fact_digest("bound", f"{what}\x00{whom}").hex()
