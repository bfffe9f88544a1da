"""Two at once in an order that is sure: the second begins while the first is done and not yet committed."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run


def after_waiting(
    first: Callable[[], Any],
    second: Callable[[], Any],
    *,
    waits_for: str,
    meanwhile: Callable[[], Any] = lambda: None,
) -> tuple[Any, Any]:
    """What two deeds come to of which the second has to wait until the first is committed.

    `waits_for`: words of the statement that has to wait; `meanwhile` is done while it does. A refusal of the
    second comes back as its value.
    """
    done, let_go = threading.Event(), threading.Event()

    def hold() -> Any:
        try:
            with transaction.atomic():
                came_to = first()
                done.set()
                let_go.wait(10)
            return came_to
        finally:
            connection.close()

    def follow() -> Any:
        try:
            return second()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(hold)
        assert done.wait(10)
        other = pool.submit(follow)
        waited = _somebody_waits(waits_for)
        meanwhile()
        let_go.set()
        assert waited, f"the second must wait for {waits_for}"
        return one.result(10), other.result(10)


def _somebody_waits(words: str) -> bool:
    """Whether a statement with these words comes to wait for another's row, within some seconds."""
    asked = (
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock' and query like $1::text"
    )
    gate = threading.Event()
    return any(run(asked, (f"%{words}%",))[0][0] or gate.wait(0.05) for _ in range(200))
