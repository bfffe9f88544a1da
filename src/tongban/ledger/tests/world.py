"""Leaves as acts leave them, on any connection, and the log read back without our own code."""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tongban.kernel.ids import EventId, QueueId
from tongban.ledger import commands
from tongban.ledger.rules import LeafKind, Sealed, commitment, entry

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)

_INSERT = """insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
             values (%s, %s, %s, %s, %s, %s)"""


class Heard:
    """What the ledger told, and what is to happen when it tells."""

    def __init__(self) -> None:
        self.arrivals: list[Sealed] = []
        self.told: list[Sealed] = []
        self.when_told: Callable[[], None] = lambda: None

    def arrived(self, rows: list[Sealed], /) -> None:
        self.arrivals += rows

    def tell(self, rows: list[Sealed], /) -> None:
        self.told += rows
        self.when_told()


def a_waiting_leaf(
    kind: LeafKind = LeafKind.OTHER, *, told: str = "cases.noted", on: BaseDatabaseWrapper = connection
) -> EventId:
    """A leaf of an event of its own, in a queue of its own, committed unless `on` is in a transaction."""
    # Far from the events of other tests, whose log this is too.
    event = EventId(2**61 + secrets.randbelow(2**60))
    queue = QueueId(f"000000000000.{secrets.token_hex(9).upper()}")
    text = entry(kind, queue, NOON, secrets.token_hex(16), commitment(b"salt", b"body"))
    with on.cursor() as cursor:
        cursor.execute(_INSERT, (event, event, queue, kind, told, text))
    return event


def seal_all() -> int:
    """Seal until nothing waits; how many were sealed."""
    return sum(iter(lambda: commands.seal(NOON), 0))


def places_of(events: Sequence[EventId]) -> list[int]:
    """Where these events stand in the log, in the order of the log; an event may stand there twice."""
    return [
        index
        for (index,) in rows("select index from ledger_leaf where event_id = any(%s) order by 1", events)
    ]


def waiting(events: Sequence[EventId]) -> int:
    """How many of these events wait."""
    [(count,)] = rows("select count(*) from ledger_pending where event_id = any(%s)", events)
    return int(count)


def head() -> tuple[int, str]:
    """Size and signed head of the log."""
    [(size, checkpoint)] = rows("select size, checkpoint from ledger_head")
    return size, checkpoint


def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement, by a plain cursor."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(one) if isinstance(one, tuple) else one for one in params])
        return list(cursor.fetchall())


def root_by_the_letter(entries: Sequence[bytes]) -> bytes:
    """The Merkle Tree Hash written down as RFC 6962 §2.1 says it, and in no other way."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    half = 1
    while half * 2 < len(entries):
        half *= 2
    left, right = root_by_the_letter(entries[:half]), root_by_the_letter(entries[half:])
    return sha256(b"\x01" + left + right).digest()
