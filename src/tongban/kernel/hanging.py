"""What hangs on the key ring: tables whose rows keep a wrapped key, counted by master and wrapped anew."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db import transaction

from tongban.kernel.keys import Unreadable, master_of, ring
from tongban.kernel.sql import run

A_BATCH: Final = 500
"""Rows that one transaction wraps anew."""


@dataclass(frozen=True, slots=True)
class KeyTable:
    """A table whose rows each keep a key that the ring wrapped.

    `code`: by what it is known again. `key`: its primary key, the SQL type of each column. `wrapped`: the
    column that keeps the key. `about`: what a wrapped key says whose it is, from the primary key as
    PostgreSQL writes it.
    """

    code: str
    table: str
    key: Mapping[str, str]
    wrapped: str
    about: Callable[..., bytes]


class Wrapped(NamedTuple):
    """What came of one batch: how many were wrapped anew, how many could not be opened, and the last row.

    `last` is None behind the end of the table.
    """

    done: int
    failed: int
    last: tuple[str, ...] | None


def hanging(tables: Iterable[KeyTable]) -> dict[str, dict[str, int]]:
    """How many keys hang on which master: by the id of the master, then the code of the table. One statement.

    Reads every table whole: some seconds for ten million keys.
    """
    counts = " union all ".join(
        f"select '{one.code}', {_master(one.wrapped)}, count(*) from {one.table}"
        f" where {one.wrapped} is not null group by 2"
        for one in tables
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for code, master, number in run(counts):
        found[master][code] = number
    return dict(found)


def rewrap_some(table: KeyTable, after: Sequence[str] = (), most: int = A_BATCH) -> Wrapped:
    """Wrap the keys of the rows behind `after` anew, in the order of the table. Two statements.

    A key that nobody can open stays as it is and is counted. A row that somebody saved meanwhile keeps what
    they saved. In the transaction of who asks.
    """
    rows = run(*_rows_behind(table, after, most))
    if not rows:
        return Wrapped(0, 0, None)
    held, anew, failed = ring(), [], 0
    for *key, wrapped in rows:
        was = bytes(wrapped)
        try:
            if master_of(was) != held.current:
                about = table.about(*key)
                anew.append((*key, was, held.wrap(held.unwrap(was, about), about)))
        except Unreadable:
            failed += 1
    return Wrapped(_saved(table, anew), failed, tuple(rows[-1][:-1]))


def rewrap_all(tables: Iterable[KeyTable]) -> dict[str, Wrapped]:
    """Wrap every key anew that an older master wrapped: by the code of each table, what came of it.

    May be stopped and run again; each batch is a transaction of its own.
    """
    return {one.code: _rewrap_table(one) for one in tables}


def _rewrap_table(table: KeyTable) -> Wrapped:
    done = failed = 0
    after: tuple[str, ...] | None = ()
    while after is not None:
        with transaction.atomic():
            batch = rewrap_some(table, after)
        done, failed, after = done + batch.done, failed + batch.failed, batch.last
    return Wrapped(done, failed, None)


def _rows_behind(table: KeyTable, after: Sequence[str], most: int) -> tuple[str, list[object]]:
    names = ", ".join(table.key)
    written = ", ".join(f"{name}::text" for name in table.key)
    places = ", ".join(f"${at}::{kind}" for at, kind in enumerate(table.key.values(), start=1))
    behind = f" and row({names}) > row({places})" if after else ""
    order = ", ".join(f"{table.table}.{name}" for name in table.key)
    return (
        f"select {written}, {table.wrapped} from {table.table} where {table.wrapped} is not null{behind}"
        f" order by {order} limit ${len(after) + 1}::int",
        [*after, most],
    )


def _saved(table: KeyTable, anew: Sequence[tuple[Any, ...]]) -> int:
    if not anew:
        return 0
    names = [f"k{at}" for at in range(len(table.key))]
    lists = [f"${at}::text[]" for at in range(1, len(names) + 1)]
    columns = zip(names, table.key.items(), strict=True)
    fitting = " and ".join(f"t.{column} = n.{name}::{kind}" for name, (column, kind) in columns)
    was, now = (f"${len(names) + more}::bytea[]" for more in (1, 2))
    saved = run(
        f"update {table.table} t set {table.wrapped} = n.now"
        f" from unnest({', '.join(lists)}, {was}, {now}) n ({', '.join(names)}, was, now)"
        f" where {fitting} and t.{table.wrapped} = n.was returning 1",
        [list(column) for column in zip(*anew, strict=True)],
    )
    return len(saved)


def _master(wrapped: str) -> str:
    """The id of the master that wrapped a key, in SQL; empty where it is no wrapped key."""
    name = f"encode(substring({wrapped} from 3 for get_byte({wrapped}, 1)), 'escape')"
    return f"case when octet_length({wrapped}) > 2 then {name} else '' end"
