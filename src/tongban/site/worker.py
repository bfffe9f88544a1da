"""The worker: seals the log, lets the clock speak, tells what was written. Many may run; each acts once."""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import structlog
from django.db import connection
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from tongban.administration import api as administration
from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.counters import api as counters
from tongban.hotline import api as hotline
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.clock import now
from tongban.ledger import api as ledger
from tongban.papers import api as papers
from tongban.plans import api as plans
from tongban.site import wiring

log = structlog.get_logger(__name__)

SWEEP_EVERY = 1.0
EXPIRE_EVERY = 600.0
KEYS_EVERY = 5.0
LONGEST_PAUSE = 5.0
HEARTBEAT = 2.0
DEAD_AFTER = 8.0
"""Seconds without a heartbeat after which a worker's jobs are given to another."""

_CONNECTION_WITHIN = 2.0
_STOP_SEEN_WITHIN = 0.2


def work(stop: threading.Event) -> None:
    """Run until `stop`: the loops in threads of their own, and the jobs in this one."""
    threads = [
        threading.Thread(target=ledger.seal_forever, args=(stop,), name="sealer", daemon=True),
        threading.Thread(target=_forever, args=(_sweep, SWEEP_EVERY, stop), name="clock", daemon=True),
        threading.Thread(target=_forever, args=(_expire, EXPIRE_EVERY, stop), name="expiry", daemon=True),
        threading.Thread(
            target=_forever, args=(Recomputing(), SWEEP_EVERY, stop), name="calendar", daemon=True
        ),
        threading.Thread(target=_forever, args=(_rewrap, KEYS_EVERY, stop), name="keys", daemon=True),
    ]
    for thread in threads:
        thread.start()
    _jobs_until(stop)
    for thread in threads:
        thread.join(LONGEST_PAUSE)


def _sweep(stop: threading.Event) -> None:
    while cases.fire_due(now()) and not stop.is_set():
        pass


def _expire(stop: threading.Event) -> None:
    wiring.tell_of_ending_drafts(now())
    cases.expire_drafts(now())
    papers.expire(now())
    certificates.expire_due(now())
    hotline.expire(now())
    counters.expire(now())
    administration.expire(now())
    plans.expire(now())


def _rewrap(stop: threading.Event) -> None:
    while administration.rewrap_on(now()) and not stop.is_set():
        pass
    administration.drop_retired()


class Recomputing:
    """Computes provisional deadlines anew at the start, and whenever another calendar is in force."""

    __name__ = "recompute"

    def __init__(self) -> None:
        self._done = ""

    def __call__(self, stop: threading.Event) -> None:
        # Whoever asks what is published hears of a new year too.
        catalogue.mark()
        version = calendar_in_force().version
        if version != self._done:
            cases.recompute_deadlines(now())
            self._done = version


def _forever(deed: Callable[[threading.Event], None], every: float, stop: threading.Event) -> None:
    """Do it again and again; a database that is away is waited for."""
    pause = every
    while not stop.wait(pause):
        try:
            deed(stop)
            pause = every
        except Exception as error:
            log.error("worker.deed-failed", deed=deed.__name__, exc_info=error)
            pause = min(pause * 2 + 0.1, max(LONGEST_PAUSE, every))
            connection.close()
    connection.close()


def _jobs_until(stop: threading.Event) -> None:
    """Do jobs; begin again after a lost database."""
    pause = 0.2
    while not stop.is_set():
        begun = time.monotonic()
        try:
            asyncio.run(_until(stop))
        except Exception as error:
            log.error("worker.jobs-failed", exc_info=error)
        pause = 0.2 if time.monotonic() - begun > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        stop.wait(pause)


async def _until(stop: threading.Event) -> None:
    """Do jobs until told to stop or until they fail; a job that was begun is ended first."""
    doing = asyncio.create_task(_do_jobs())
    while not (stop.is_set() or doing.done()):
        await asyncio.wait([doing], timeout=_STOP_SEEN_WITHIN)
    doing.cancel()
    with suppress(asyncio.CancelledError):
        await doing


async def _do_jobs() -> None:
    # An app of its own: the tasks keep to theirs, which makes jobs on Django's connection and so in the very
    # transaction that seals; with its connector replaced, a rolled-back seal would have told already.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, timeout=_CONNECTION_WITHIN)
    doer = App(connector=connector)
    doer.tasks = app.tasks
    async with doer.open_async():
        taking_over = asyncio.create_task(_take_over_from_the_dead(doer))
        try:
            await doer.run_worker_async(
                concurrency=2,
                # Polled: a listener would hold a connection only to hear what half a second tells as well.
                listen_notify=False,
                fetch_job_polling_interval=0.5,
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=DEAD_AFTER,
            )
        finally:
            taking_over.cancel()


async def _take_over_from_the_dead(doer: App) -> None:
    """Jobs of a worker that was killed are done again by another."""
    manager = doer.job_manager
    while True:
        # Another may be quicker, and the database may be away: then there is nothing to do now.
        with suppress(ConnectorException):
            for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
                await manager.retry_job(stalled)
        await asyncio.sleep(1)
