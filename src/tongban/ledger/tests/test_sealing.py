"""Every leaf is sealed exactly once, in one transaction with all that follows, whoever is slow or dies."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoAssertNumQueries

from tongban.engine.tlog import Verifier, open_checkpoint
from tongban.ledger import commands, queries
from tongban.ledger.rules import LeafKind, LedgerDamagedError
from tongban.ledger.tests.world import (
    NOON,
    Heard,
    a_waiting_leaf,
    head,
    places_of,
    root_by_the_letter,
    rows,
    seal_all,
    waiting,
)

TRANSACTION = 2
"""Its begin and its commit, as Django counts them."""


def test_leaves_are_numbered_in_the_order_they_came_and_wait_no_longer(heard: Heard) -> None:
    size, _ = head()
    events = [a_waiting_leaf() for _ in range(5)]
    assert commands.seal(NOON) == 5
    assert [queries.index_of(event) for event in events] == list(range(size, size + 5))
    assert waiting(events) == 0
    assert head()[0] == size + 5


def test_no_more_than_the_limit_is_sealed_at_once_and_the_oldest_first(heard: Heard) -> None:
    events = [a_waiting_leaf() for _ in range(5)]
    assert commands.seal(NOON, limit=2) == 2
    assert len(places_of(events[:2])) == 2
    assert waiting(events[2:]) == 3


def test_where_nothing_waits_nothing_is_signed_anew(heard: Heard) -> None:
    before = rows("select size, checkpoint, sealed_at from ledger_head")
    assert commands.seal(NOON) == 0
    assert rows("select size, checkpoint, sealed_at from ledger_head") == before


def test_all_are_told_and_only_arrivals_are_told_as_arrivals(heard: Heard) -> None:
    noted, arrived = a_waiting_leaf(told="cases.delivered"), a_waiting_leaf(LeafKind.ARRIVED)
    commands.seal(NOON)
    assert [(row.event_id, row.told) for row in heard.told] == [
        (noted, "cases.delivered"),
        (arrived, "cases.noted"),
    ]
    assert [(row.event_id, row.index) for row in heard.arrivals] == [(arrived, queries.index_of(arrived))]


def test_an_open_transaction_delays_nobody_and_its_own_leaf_is_never_skipped(
    heard: Heard, another: BaseDatabaseWrapper
) -> None:
    another.set_autocommit(False)
    slow = a_waiting_leaf(on=another)
    quick = [a_waiting_leaf() for _ in range(3)]
    assert commands.seal(NOON) == 3
    later = [a_waiting_leaf() for _ in range(3)]
    assert commands.seal(NOON) == 3
    assert places_of([slow]) == []

    another.commit()
    assert commands.seal(NOON) == 1
    assert len(places_of([slow])) == 1
    assert places_of([slow])[0] > max(places_of(quick + later))


def test_while_one_seals_another_does_nothing_and_nothing_is_doubled(heard: Heard) -> None:
    events = [a_waiting_leaf() for _ in range(20)]
    inside, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        inside.set()
        go_on.wait(10)

    heard.when_told = hold
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(_seal_in_a_thread)
        assert inside.wait(10)
        events.append(a_waiting_leaf())
        assert commands.seal(NOON) == 0
        assert places_of(events) == []
        go_on.set()
        assert first.result(10) == 20
    assert commands.seal(NOON) == 1
    assert len(places_of(events)) == len(events) == len(heard.told)


def test_many_sealers_at_once_leave_one_unbroken_log(heard: Heard) -> None:
    size, _ = head()
    events = [a_waiting_leaf() for _ in range(200)]
    with ThreadPoolExecutor(4) as pool:
        for sealed in [pool.submit(_seal_in_a_thread, 7) for _ in range(40)]:
            sealed.result(30)
    seal_all()
    assert places_of(events) == list(range(size, size + 200))
    assert _signed_root() == root_by_the_letter(_entries())


def test_a_sealer_whose_connection_dies_before_commit_loses_nothing(
    heard: Heard, another: BaseDatabaseWrapper
) -> None:
    events, before = [a_waiting_leaf() for _ in range(3)], head()
    [(backend,)] = rows("select pg_backend_pid()")

    def die() -> None:
        with another.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 5000)", [backend])

    heard.when_told = die
    with pytest.raises(OperationalError):
        commands.seal(NOON)
    connection.close()
    assert (waiting(events), places_of(events), head()) == (3, [], before)

    heard.when_told = lambda: None
    assert commands.seal(NOON) == 3
    assert places_of(events) == list(range(before[0], before[0] + 3))
    assert _signed_root() == root_by_the_letter(_entries())


def test_what_is_told_is_taken_back_with_the_sealing_that_told_it(heard: Heard) -> None:
    event, before = a_waiting_leaf(), head()

    def write_and_fail() -> None:
        a_waiting_leaf(told="written by a reaction")
        raise ZeroDivisionError

    heard.when_told = write_and_fail
    with pytest.raises(ZeroDivisionError):
        commands.seal(NOON)
    assert (waiting([event]), places_of([event]), head()) == (1, [], before)
    assert rows("select 1 from ledger_pending where told = 'written by a reaction'") == []


def test_nothing_is_sealed_while_nobody_was_named_to_react(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = a_waiting_leaf()
    with monkeypatch.context() as patch:
        patch.setattr(commands, "reactions", commands.Reactions())
        with pytest.raises(RuntimeError, match="supply"):
            commands.seal(NOON)
    assert waiting([event]) == 1


def test_the_signed_root_is_that_of_the_stored_entries(heard: Heard) -> None:
    for _ in range(3):
        _many_waiting_leaves(300)
        seal_all()
        assert _signed_root() == root_by_the_letter(_entries())


def test_a_process_that_starts_anew_goes_on_where_the_log_stands(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _many_waiting_leaves(300)
    seal_all()
    monkeypatch.setattr(commands, "_memory", commands._Memory())
    a_waiting_leaf()
    assert commands.seal(NOON) == 1
    assert _signed_root() == root_by_the_letter(_entries())


def test_a_log_that_another_key_signed_is_not_gone_on_with(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_waiting_leaf()
    seal_all()
    event = a_waiting_leaf()
    with monkeypatch.context() as patch:
        patch.setattr(commands, "_memory", commands._Memory())
        patch.setattr(settings, "LEDGER_ORIGIN", "elsewhere.example/ledger")
        with pytest.raises(LedgerDamagedError, match="not signed by this installation"):
            commands.seal(NOON)
    assert waiting([event]) == 1


@pytest.mark.parametrize("waiting_leaves", [1, 600])
def test_sealing_costs_four_statements_however_many_wait(
    waiting_leaves: int, heard: Heard, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # What this process sealed last it remembers; after another's sealing it would first restore the tree.
    a_waiting_leaf()
    seal_all()
    _many_waiting_leaves(waiting_leaves)
    with django_assert_num_queries(4 + TRANSACTION):
        assert commands.seal(NOON) == waiting_leaves


def _seal_in_a_thread(limit: int = commands.BATCH) -> int:
    try:
        return commands.seal(NOON, limit)
    finally:
        connection.close()


def _many_waiting_leaves(count: int) -> None:
    first = a_waiting_leaf()
    rows(
        """with more as (
             insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
             select event_id + nth, case_id, queue, kind, told, entry
             from ledger_pending, generate_series(1, %s) nth where event_id = %s returning 1)
           select count(*) from more""",
        count - 1,
        first,
    )


def _entries() -> list[bytes]:
    return [text.encode() for (text,) in rows("select entry from ledger_leaf order by index")]


def _signed_root() -> bytes:
    key = Verifier.parse(queries.keys().splitlines()[0])
    return open_checkpoint(head()[1].encode(), key.name, [key]).root
