"""The worker: seals the log, lets the clock speak, tells what was written. Many may run; each deed is done once."""

import asyncio
import threading
import time
from collections.abc import Callable


import structlog
from django.db import close_old_connections, connection
from procrastinate.contrib.django import app

from tongban.cases import api as cases
from tongban.kernel.clock import now
from tongban.ledger import api as ledger
from tongban.papers import api as papers

log = structlog.get_logger(__name__)

SWEEP_EVERY = 1.0
EXPIRE_EVERY = 600.0
LONGEST_PAUSE = 5.0
HEARTBEAT = 5.0
DEAD_AFTER = 20.0
"""Seconds without a heartbeat after which a worker's jobs are given to another."""


def work(stop: threading.Event) -> None:
    """Run until `stop`: three loops in threads of their own, and the jobs in this one."""
    threads = [
        threading.Thread(target=ledger.seal_forever, args=(stop,), name="sealer", daemon=True),
        threading.Thread(target=_forever, args=(_sweep, SWEEP_EVERY, stop), name="clock", daemon=True),
        threading.Thread(target=_forever, args=(_expire, EXPIRE_EVERY, stop), name="expiry", daemon=True),
    ]
    for thread in threads:
        thread.start()
    _jobs_until(stop)
    for thread in threads:
        thread.join(LONGEST_PAUSE)


def _sweep() -> None:
    while cases.fire_due(now()):
        pass


def _expire() -> None:
    papers.expire(now())


def _forever(deed: Callable[[], object], every: float, stop: threading.Event) -> None:
    """Do it again and again; a database that is away is waited for."""
    pause = every
    while not stop.wait(pause):
        try:
            deed()
            pause = every
        except Exception as error:
            log.error("worker.deed-failed", deed=deed.__name__, error=type(error).__name__)
            pause = min(pause * 2 + 0.1, max(LONGEST_PAUSE, every))
            connection.close()
    close_old_connections()


def _jobs_until(stop: threading.Event) -> None:
    """Do jobs; begin again after a lost database."""
    pause = 0.2
    while not stop.is_set():
        begun = time.monotonic()
        try:
            asyncio.run(_jobs(stop))
        except Exception as error:
            log.error("worker.jobs-failed", error=type(error).__name__)
        pause = 0.2 if time.monotonic() - begun > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        stop.wait(pause)


async def _jobs(stop: threading.Event) -> None:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as jobs:
        async with jobs.open_async():
            worker = asyncio.create_task(
                jobs.run_worker_async(
                    concurrency=2,
                    # Polled: a listener would need the NOTIFY that serialises commits.
                    listen_notify=False,
                    fetch_job_polling_interval=0.5,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=DEAD_AFTER,
                )
            )
            while not stop.is_set() and not worker.done():
                await _take_over_from_the_dead(jobs)
                await asyncio.sleep(1)
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=not worker.done())


async def _take_over_from_the_dead(jobs: object) -> None:
    """Jobs of a worker that was killed are done again by another."""
    manager = jobs.job_manager  # type: ignore[attr-defined]
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        await manager.retry_job(stalled)


