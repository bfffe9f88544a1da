"""What changes: leaves get their place, the head is signed, looks are recorded; and the loop that seals."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

import structlog
from django.conf import settings
from django.db import connection, transaction

from tongban.kernel import clock
from tongban.kernel.access import Officer, Purpose
from tongban.kernel.ids import CaseId, PersonKey, QueueId
from tongban.kernel.keys import ring
from tongban.kernel.sql import load, run
from tongban.ledger import rules
from tongban.ledger.models import stored_hashes
from tongban.ledger.rules import (
    LeafKind,
    LedgerDamagedError,
    Looked,
    Receipt,
    Sealed,
    Signers,
    Subtree,
    Tree,
    commitment,
    entry,
)

__all__ = [
    "BATCH",
    "LeafKind",
    "LedgerDamagedError",
    "Looked",
    "Reaction",
    "Reactions",
    "Sealed",
    "commitment",
    "entry",
    "reactions",
    "receipt",
    "record_look",
    "remember_ring",
    "seal",
    "seal_forever",
    "supply",
]

BATCH: Final = 4096
_ONE_SEALER: Final = 0x6C65646765720001
"""The advisory lock of whoever seals; any number that no other lock of the database uses."""

_IDLE_SECONDS: Final = 0.08
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0
_SAY_AGAIN_SECONDS: Final = 60.0

_log = structlog.get_logger(__name__)


class Reaction(Protocol):
    """What another context does with rows just sealed, in the transaction that seals them, in their order."""

    def __call__(self, rows: list[Sealed], /) -> None: ...


class Reactions:
    """Who hears of sealed rows; until wiring has said so nothing can be sealed."""

    def __init__(self) -> None:
        self.arrived: Reaction = _nobody
        self.tell: Reaction = _nobody


def _nobody(rows: list[Sealed], /) -> None:
    raise RuntimeError("the ledger was not told who reacts to sealed rows: wiring calls ledger.supply")


reactions: Final = Reactions()


def supply(*, arrived: Reaction, tell: Reaction) -> None:
    """Say who reacts: `arrived` to rows of kind arrived, `tell` to all; neither is called for no rows."""
    reactions.arrived, reactions.tell = arrived, tell


class _Kept(NamedTuple):
    """The tree this process left behind a checkpoint; its appends go to copies."""

    checkpoint: str
    tree: Tree


class _Memory:
    kept: _Kept | None = None


_memory: Final = _Memory()


def seal(at: datetime, limit: int = BATCH) -> int:
    """Give the waiting leaves, at most `limit`, their places, sign the new head, tell; how many were sealed.

    All or nothing, in one transaction; 0 where nothing waits or another sealer is at work. The first call
    ever opens the log with a signed checkpoint of size 0. LedgerDamagedError where the stored log is not
    ours.
    """
    with transaction.atomic():
        [(alone,)] = run("select pg_try_advisory_xact_lock($1)", (_ONE_SEALER,))
        if not alone:
            return 0
        [(size, checkpoint)] = run(load("tongban.ledger", "head"))
        rows = [Sealed(*row) for row in run(load("tongban.ledger", "seal"), (size, limit))]
        if not rows and checkpoint:
            return 0
        tree, completed = rules.grown(_tree_behind(checkpoint, size), [row.entry for row in rows])
        head = rules.signed_head(tree, _signers().log)
        _publish(tree.size, head, at, completed)
        _react(rows)
    _memory.kept = _Kept(head, tree)
    return len(rows)


def seal_forever(stop: threading.Event, now: Callable[[], datetime] = clock.now) -> None:
    """Seal until `stop` is set, whatever happens to the database; meant for a thread or process of its own.

    A full batch is followed at once by the next, else it looks again after some 80 ms. After a failure the
    connection is dropped and tried again with growing pauses of up to 5 s; the log hears of a failure at
    once, then once a minute, and of the recovery.
    """
    trouble = _Trouble()
    while not stop.is_set():
        try:
            pause = 0.0 if seal(now()) == BATCH else _IDLE_SECONDS
            trouble.over()
        # Giving up would stop every queue of the city: whatever went wrong is said and tried again.
        except Exception as fault:
            connection.close()
            pause = trouble.met(fault)
        stop.wait(pause)
    connection.close()


class _Trouble:
    """How often sealing failed in a row, and when that was last said."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._failures = 0
        self._said_at = 0.0

    def met(self, fault: Exception) -> float:
        """Say it if it is time to; how many seconds to wait before the next try."""
        self._failures += 1
        if self._failures == 1 or self._seconds() - self._said_at >= _SAY_AGAIN_SECONDS:
            self._said_at = self._seconds()
            _log.error("ledger.not-sealed", failures=self._failures, exc_info=fault)
        return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(self._failures - 1, 6))

    def over(self) -> None:
        if self._failures:
            _log.info("ledger.sealing-again", failures=self._failures)
            self._failures = 0


def record_look(looked: Looked, at: datetime) -> None:
    """Record that an officer looked at a person's case, to be shown to the person. One statement."""
    by = looked.by
    run(
        load("tongban.ledger", "record_look"),
        (at, looked.case, looked.subject, by.id, by.body, str(looked.purpose), looked.what),
    )


def record_search(
    cases: Sequence[CaseId], subject: PersonKey, *, by: Officer, purpose: Purpose, at: datetime
) -> None:
    """Record that an officer looked somebody up and found these cases of theirs. One statement."""
    given = (at, list(cases), subject, by.id, by.body, str(purpose))
    run(load("tongban.ledger", "record_search"), given)


def remember_ring() -> None:
    """Remember under which key ring this database is kept, the first time for ever. One statement."""
    run("update ledger_head set ring = $1::text where ring = ''", (ring().fingerprint,))


def receipt(number: str, tag: str, at: datetime, queue: QueueId, commitment: str) -> str:
    """The signed note that promises an arrival; ReceiptError where a value cannot stand in one."""
    arrival = Receipt(settings.LEDGER_ORIGIN, number, tag, rules.to_second(at), queue, commitment)
    return rules.promise(_signers().receipt, arrival)


def _signers() -> Signers:
    keys = ring()
    return rules.signers(settings.LEDGER_ORIGIN, keys.log_seed, keys.receipt_seed)


def _tree_behind(checkpoint: str, size: int) -> Tree:
    """The tree of the stored head: from memory if this process sealed last, else from the stored log."""
    kept = _memory.kept
    if kept is not None and kept.checkpoint == checkpoint:
        return kept.tree
    return rules.restored(size, stored_hashes, checkpoint, _signers().log) if checkpoint else Tree()


def _publish(size: int, head: str, at: datetime, completed: Sequence[Subtree]) -> None:
    levels, places = [one.level for one in completed], [one.index for one in completed]
    roots = [one.root for one in completed]
    run(load("tongban.ledger", "publish"), (size, head, at, levels, places, roots))


def _react(rows: list[Sealed]) -> None:
    if rows:
        arrived = [row for row in rows if row.kind == LeafKind.ARRIVED]
        if arrived:
            reactions.arrived(arrived)
        reactions.tell(rows)
