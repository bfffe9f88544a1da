"""A prepared statement on Django's connection: counted, part of its transaction, whole after a fall."""

import socket
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.signals import request_started
from django.db import InternalError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from tongban.kernel.sql import load, run


def _told_to_go() -> None:
    """The server ends this connection's process, which says farewell; it is gone when this returns."""
    [(pid,)] = run("select pg_backend_pid()")
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as other:
        [gone] = other.execute("select pg_terminate_backend(%s, 10000)", [pid]).fetchone() or [False]
    assert gone


def _cut_off() -> None:
    """The line ends without a word, as when the server is struck dead."""
    run("select 1")
    line = socket.socket(fileno=connection.connection.fileno())
    line.shutdown(socket.SHUT_RDWR)
    line.detach()


@pytest.mark.django_db
def test_parameters_and_rows_are_values_of_python() -> None:
    [row] = run("select $1::int + 1, $2::bytea, $3::text[], now()", [1, b"\x00\xff", ["a"]])
    assert row[:3] == (2, b"\x00\xff", ["a"])
    assert row[3].utcoffset() is not None


@pytest.mark.django_db
def test_a_statement_without_rows_gives_none() -> None:
    assert run("create temporary table nothing (id int)") == []


@pytest.mark.django_db
def test_statements_are_counted_as_djangos_own(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        run("select 1")
        run("select 1")


@pytest.mark.django_db
def test_a_statement_joins_the_transaction_around_it() -> None:
    run("create temporary table kept (id int)")
    with transaction.atomic():
        run("insert into kept values ($1)", [1])
        transaction.set_rollback(True)
    assert run("select count(*) from kept") == [(0,)]


@pytest.mark.django_db
def test_a_broken_transaction_takes_no_more_statements() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            run("select 1")


def test_a_lost_connection_costs_one_request_and_not_all_that_follow(transactional_db: None) -> None:
    with pytest.raises((OperationalError, InternalError)):
        run("select pg_terminate_backend(pg_backend_pid())")
    connection.close_if_unusable_or_obsolete()
    assert run("select 1") == [(1,)]


@pytest.mark.parametrize("end", [_told_to_go, _cut_off])
def test_a_connection_lost_while_idle_costs_no_request(
    transactional_db: None, end: Callable[[], None]
) -> None:
    end()
    request_started.send(sender=None)
    try:
        run("select 1")
    except OperationalError as lost:
        pytest.fail(f"the request met the lost connection: {lost}")


def test_a_living_connection_is_kept(transactional_db: None) -> None:
    [before] = run("select pg_backend_pid()")
    request_started.send(sender=None)
    assert run("select pg_backend_pid()") == [before]


def test_a_statement_is_read_from_its_file() -> None:
    assert "from identity_token" in load("tongban.identity", "bearer")
    with pytest.raises(FileNotFoundError):
        load("tongban.identity", "no-such-statement")
