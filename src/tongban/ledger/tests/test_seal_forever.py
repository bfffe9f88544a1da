"""The sealer goes on whatever happens to the database or to those it tells, and does not flood the log."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection
from structlog.testing import capture_logs

from tongban.ledger import commands
from tongban.ledger.commands import _Trouble
from tongban.ledger.tests.world import NOON, Heard, a_waiting_leaf, places_of, rows

SOON = 20.0


@contextmanager
def sealing(now: Callable[[], datetime] = lambda: NOON) -> Iterator[threading.Thread]:
    """A sealer at work in a thread of its own."""
    stop = threading.Event()
    thread = threading.Thread(target=commands.seal_forever, args=(stop, now), daemon=True)
    thread.start()
    yield thread
    stop.set()
    thread.join(SOON)
    assert not thread.is_alive()


@pytest.fixture
def sealer(heard: Heard) -> Iterator[threading.Thread]:
    """A sealer at work until the test ends."""
    with sealing() as thread:
        yield thread


def test_what_waits_is_sealed_without_being_asked(heard: Heard, sealer: threading.Thread) -> None:
    done = threading.Event()
    heard.when_told = done.set
    event = a_waiting_leaf()
    assert done.wait(SOON)
    assert [row.event_id for row in heard.told] == [event]


def test_a_lost_connection_is_replaced(heard: Heard, sealer: threading.Thread) -> None:
    backends: list[int] = []
    done = threading.Event()

    def remember_and_ring() -> None:
        backends.extend(pid for (pid,) in rows("select pg_backend_pid()"))
        done.set()

    heard.when_told = remember_and_ring
    a_waiting_leaf()
    assert done.wait(SOON)
    rows("select pg_terminate_backend(%s, 5000)", backends[0])
    done.clear()
    event = a_waiting_leaf()
    assert done.wait(SOON)
    assert backends[0] != backends[1]
    assert heard.told[-1].event_id == event


def test_a_connection_lost_between_two_sealings_is_replaced(heard: Heard) -> None:
    done = threading.Event()
    heard.when_told = done.set
    losses = iter([1])

    def lose_it_once() -> datetime:
        for _ in losses:
            connection.ensure_connection()
            connection.connection.close()
        return NOON

    with sealing(lose_it_once):
        a_waiting_leaf()
        assert done.wait(SOON)


def test_a_reaction_that_fails_is_tried_again_until_it_holds(heard: Heard, sealer: threading.Thread) -> None:
    failures = iter([ZeroDivisionError(), KeyError("unknown")])
    done = threading.Event()

    def fail_twice() -> None:
        for failure in failures:
            raise failure
        done.set()

    heard.when_told = fail_twice
    event = a_waiting_leaf()
    assert done.wait(SOON)
    assert [row.event_id for row in heard.told] == [event] * 3
    sealer.join(0.2)
    assert len(places_of([event])) == 1


def test_a_long_failure_is_said_once_a_minute_and_its_end_once() -> None:
    clock = [0.0]
    trouble = _Trouble(lambda: clock[0])
    with capture_logs() as said:
        for clock[0] in range(150):
            trouble.met(ZeroDivisionError())
        trouble.over()
        trouble.over()
    assert [(line["event"], line["failures"]) for line in said] == [
        ("ledger.not-sealed", 1),
        ("ledger.not-sealed", 61),
        ("ledger.not-sealed", 121),
        ("ledger.sealing-again", 150),
    ]


def test_pauses_grow_to_five_seconds_and_no_further() -> None:
    trouble = _Trouble()
    with capture_logs():
        pauses = [trouble.met(ZeroDivisionError()) for _ in range(200)]
    assert pauses[:3] == [0.1, 0.2, 0.4]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 5.0
