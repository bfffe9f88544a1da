"""A table of keys beside a ring of its own, to turn and to lose."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings

from tongban.administration.models.keys import Supplied
from tongban.kernel.hanging import KeyTable
from tongban.kernel.keys import master_of, ring
from tongban.kernel.sql import run


def about(row: str) -> bytes:
    """What a key that is kept says whose it is."""
    return f"kept {row}".encode()


class Keeping:
    """`files`: how many files wait; `dies_at`: the row at which whoever wraps anew dies."""

    def __init__(self) -> None:
        self.files, self.dies_at = 0, ""
        self.table = f"kept_keys_{uuid4().hex[:12]}"
        self.empty = f"{self.table}_none"
        for table in (self.table, self.empty):
            run(f"create table {table} (id bigint primary key, wrapped bytea)")

    def about(self, row: str) -> bytes:
        """As `about`, while it lives."""
        if row == self.dies_at:
            raise ConnectionResetError("the power went out")
        return about(row)

    def keep(self, *rows: int) -> None:
        """Keep a key in each of these rows."""
        wrapped = [ring().wrap(row.to_bytes(32), about(str(row))) for row in rows]
        run(
            f"insert into {self.table} select * from unnest($1::bigint[], $2::bytea[])", (list(rows), wrapped)
        )

    def put(self, row: int, wrapped: bytes) -> None:
        """Have a row as somebody else wrote it."""
        run(f"insert into {self.table} values ($1::bigint, $2::bytea)", (row, wrapped))

    def kept(self) -> dict[int, bytes]:
        """Every row as it is."""
        rows = run(f"select id, wrapped from {self.table} order by id")
        return {row: bytes(wrapped) for row, wrapped in rows}

    def masters(self) -> set[str]:
        """On what they hang, every one of them opened."""
        for row, wrapped in self.kept().items():
            assert ring().unwrap(wrapped, about(str(row))) == row.to_bytes(32)
        return {master_of(wrapped) for wrapped in self.kept().values()}


@contextmanager
def kept_beside(var: Path, settings: LazySettings, patch: pytest.MonkeyPatch) -> Iterator[Keeping]:
    """A ring in this folder, a table that hangs on it, and another in which nothing does."""
    settings.VAR = var
    made = Keeping()
    tables = [
        KeyTable("profiles", made.table, {"id": "bigint"}, "wrapped", made.about),
        KeyTable("calls", made.empty, {"id": "bigint"}, "wrapped", about),
    ]
    patch.setattr(Supplied, "tables", tables)
    patch.setattr(Supplied, "files_out", staticmethod(lambda since, at: made.files))
    yield made
    run(f"drop table {made.table}, {made.empty}")
