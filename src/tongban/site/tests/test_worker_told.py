"""Submitting tells nobody: a NOTIFY would make every commit of the city wait in one line."""

import itertools
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from tongban.cases.tests.world import World, a_world
from tongban.kernel.sql import run
from tongban.ledger import api as ledger
from tongban.site import wiring
from tongban.site.tests.deliveries import a_delivered_case, sealed

HEARD_OF_JOBS = ("procrastinate_any_queue_v1", "procrastinate_queue_v1#default")
END = "nothing more to hear"


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """A licence at a body of its own; the ledger hears who reacts, as in life."""
    before = ledger.reactions.arrived, ledger.reactions.tell
    wiring.connect()
    yield a_world()
    ledger.supply(arrived=before[0], tell=before[1])


@pytest.fixture
def ear(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection that hears what is notified of jobs."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory")
    with psycopg.connect(**parameters | {"autocommit": True}) as listening:
        for channel in HEARD_OF_JOBS:
            listening.execute(f'listen "{channel}"')
        yield listening


def heard(listening: psycopg.Connection) -> int:
    """How many notifications came until now: the last one is our own."""
    listening.execute("select pg_notify(%s, %s)", [HEARD_OF_JOBS[0], END])
    until_ours = itertools.takewhile(lambda notice: notice.payload != END, listening.notifies(timeout=20))
    return len(list(until_ours))


def test_a_submission_notifies_nobody_and_a_sealed_delivery_does(
    world: World, ear: psycopg.Connection
) -> None:
    sealed()
    heard(ear)
    for _ in range(3):
        world.submit(sealed=False)
    assert heard(ear) == 0
    a_delivered_case(world)
    sealed()
    assert heard(ear) > 0


def test_no_table_of_ours_notifies_when_it_is_written(transactional_db: None) -> None:
    loud = run(
        "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " join pg_proc p on p.oid = t.tgfoid where p.prosrc ilike '%notify%' order by 1"
    )
    assert {name for (name,) in loud} == {"procrastinate_jobs"}
