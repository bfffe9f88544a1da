"""One statement, prepared, on Django's own connection: how hot commands and queries reach the database."""

import time
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import connection
from psycopg import OperationalError, RawCursor


def run(sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Execute a statement with parameters `$1`, `$2`, … and return its rows.

    Outside `atomic()` the statement is its own transaction; inside it joins. Instants come back aware,
    jsonb as text, bytea as bytes. Raises Django's own database errors.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    started = time.monotonic()
    # Unwrapped, an error would leave Django holding a dead connection for every later request of the thread.
    with connection.wrap_database_errors, RawCursor(connection.connection) as cursor:
        cursor.execute(sql, params, prepare=True)
        # Not `description`, which would make an object of every column to say whether there are any.
        result = cursor.pgresult
        rows = cursor.fetchall() if result is not None and result.nfields else []
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": f"{time.monotonic() - started:.3f}"})
    return rows


def leave_lost_connection(**_: object) -> None:
    """Close this thread's connection if the server left it while it was idle; the next statement opens one.

    Without it the first request of every thread would fail after each restart of the database. Asks nothing
    of the server: it looks at what has already come in, which costs a microsecond or two.
    """
    held = connection.connection
    if held is None or held.closed or connection.in_atomic_block:
        return
    try:
        # The first look takes the server's farewell, if it sent one; the second meets the end of the line.
        held.pgconn.consume_input()
        held.pgconn.consume_input()
    except OperationalError:
        connection.close()


@cache
def load(package: str, name: str) -> str:
    """The text of `sql/<name>.sql` of a context, read once in a process."""
    return (files(package) / "sql" / f"{name}.sql").read_text("utf-8")
