"""What is asked: the head, the tiles, the proof of one leaf, who looked at a case, how sealing stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from tongban.kernel.access import Purpose
from tongban.kernel.ids import BodyCode, CaseId, EventId, OfficerId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.sql import load, run
from tongban.ledger import rules
from tongban.ledger.models import stored_entries, stored_hashes


@dataclass(frozen=True, slots=True)
class Standing:
    """The log as its page shows it; `sealed_at` is None and `checkpoint` empty before the first sealing."""

    size: int
    sealed_at: datetime | None
    checkpoint: str
    pending: int


@dataclass(frozen=True, slots=True)
class Lag:
    """How sealing keeps up; `behind` is the time since the last sealing while leaves wait, else zero.

    No leaf waits longer than `behind`; after a quiet night one may have come just now.
    """

    pending: int
    sealed_at: datetime | None
    behind: timedelta


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look of an officer at a case."""

    at: datetime
    officer: OfficerId
    body: BodyCode
    purpose: Purpose
    what: str


def checkpoint() -> str:
    """The signed head of the log; empty before the first sealing. One statement."""
    [(_, text)] = run(load("tongban.ledger", "head"))
    return str(text)


def ring_of_record() -> str:
    """Fingerprint of the key ring of this database; empty if not yet known. One statement."""
    [(fingerprint,)] = run("select ring from ledger_head")
    return str(fingerprint)


def keys() -> str:
    """The verifier keys, one a line: the log's, then the receipts'. No statement."""
    held = ring()
    both = rules.signers(settings.LEDGER_ORIGIN, held.log_seed, held.receipt_seed)
    return f"{both.log.verifier}\n{both.receipt.verifier}\n"


def tile(level: int, index: int, width: int) -> bytes | None:
    """The first `width` hashes of a tile, 32 bytes each; None where the log does not reach. One statement."""
    hashes = stored_hashes(level, index, width)
    return hashes if len(hashes) == width * rules.HASH_SIZE else None


def entries(index: int, width: int) -> bytes | None:
    """The first `width` entries of a bundle; None where the log does not reach. One statement."""
    held = stored_entries(index, width)
    return rules.bundle_of(text.encode() for text in held) if len(held) == width else None


def index_of(event_id: EventId) -> int | None:
    """Where the event's leaf stands; None until it is sealed. One statement."""
    rows = run(load("tongban.ledger", "place"), (event_id,))
    return int(rows[0][0]) if rows else None


def proof_of(event_id: EventId) -> str | None:
    """The tlog-proof of the event's leaf against the current head; None until it is sealed.

    One statement and at most two for each 8 levels of the tree: 7 up to 16 million leaves.
    """
    rows = run(load("tongban.ledger", "place"), (event_id,))
    if not rows:
        return None
    [(index, size, head)] = rows
    return rules.proof_text(index, size, stored_hashes, head)


def standing() -> Standing:
    """How far the log is sealed and how many leaves wait. One statement."""
    [row] = run(load("tongban.ledger", "standing"))
    return Standing(*row)


def lag(at: datetime) -> Lag:
    """How sealing keeps up at that instant. One statement."""
    now = standing()
    behind = at - now.sealed_at if now.pending and now.sealed_at else timedelta()
    return Lag(now.pending, now.sealed_at, behind)


def looks_at(case_id: CaseId) -> list[LookRow]:
    """Every look of an officer at the case, the oldest first. One statement."""
    rows = run(load("tongban.ledger", "looks_at"), (case_id,))
    return [LookRow(at, officer, body, Purpose(purpose), what) for at, officer, body, purpose, what in rows]


def looks_of(subject: PersonKey, *, most: int) -> list[LookRow]:
    """The latest looks of officers at any case of a person, the newest first. One statement."""
    rows = run(load("tongban.ledger", "looks_of"), (subject, most))
    return [LookRow(at, officer, body, Purpose(purpose), what) for at, officer, body, purpose, what in rows]
