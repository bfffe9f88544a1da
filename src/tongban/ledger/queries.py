"""What is asked: the head, the tiles, the proof of one leaf, who looked at a case, how sealing stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings

from tongban.engine.calendar import end_of
from tongban.kernel.access import Purpose
from tongban.kernel.ids import BodyCode, CaseId, EventId, OfficerId, PersonKey, QueueId
from tongban.kernel.keys import ring
from tongban.kernel.sql import load, run
from tongban.ledger import rules
from tongban.ledger.models import stored_entries, stored_hashes
from tongban.ledger.rules import Receipt as Receipt
from tongban.ledger.rules import ReceiptError as ReceiptError


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
    """One look of an officer at a case; `id` is its place in the record."""

    id: int
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
    return [_look(row) for row in run(load("tongban.ledger", "looks_at"), (case_id,))]


def look(look_id: int, case_id: CaseId) -> LookRow | None:
    """One look at the case; None if there is no such look at this case. One statement."""
    rows = run(load("tongban.ledger", "look"), (look_id, case_id))
    return _look(rows[0]) if rows else None


def looks_of(
    people: Iterable[PersonKey], *, before: int | None = None, limit: int
) -> list[tuple[LookRow, CaseId | None]]:
    """Looks at the affairs of these people with the case of each, if any, the latest first. One statement."""
    rows = run(load("tongban.ledger", "looks_of"), (list(people), before, limit))
    return [(_look(row[:6]), None if row[6] is None else CaseId(row[6])) for row in rows]


def places_of(events: Iterable[EventId]) -> dict[EventId, int]:
    """Where the leaves of these events stand in the log; what is not sealed is left out. One statement."""
    rows = run(load("tongban.ledger", "places"), (list(events),))
    return {EventId(event): index for event, index in rows}


def _look(row: tuple[Any, ...]) -> LookRow:
    id_, at, officer, body, purpose, what = row
    return LookRow(id_, at, officer, body, Purpose(purpose), what)


class Order(NamedTuple):
    """What happened to the line of a queue in a time: arrivals, takings, and takings ahead of somebody."""

    queue: QueueId
    arrived: int
    taken: int
    overtaken: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A leaf at its place in the log."""

    index: int
    leaf: rules.Leaf


def order_of(day: date) -> list[Order]:
    """The order of a legal day, queue by queue, as its leaves tell it. One statement."""
    return [Order(*row) for row in run(load("tongban.ledger", "day"), _minutes(day, day))]


def line_of(queue: QueueId, day: date, *, behind: int = -1, limit: int = 100) -> list[Placed]:
    """What moved the line of a queue on a legal day, in the order of the log. One statement."""
    asked = (*_minutes(day, day), queue, behind, limit)
    return _placed(run(load("tongban.ledger", "day_of_queue"), asked))


def overtakings(first: date, last: date, *, before: int, limit: int = 30) -> list[Placed]:
    """Takings ahead of somebody from one legal day to another, the latest first. One statement."""
    return _placed(run(load("tongban.ledger", "overtakings"), (*_minutes(first, last), before, limit)))


def reasons(first: date, last: date) -> dict[str, int]:
    """How often each reason was given for an overtaking, from one legal day to another. One statement."""
    return dict(run(load("tongban.ledger", "reasons"), _minutes(first, last)))


def minute_of(leaf: rules.Leaf) -> datetime:
    """The minute that a leaf names, aware. No statement."""
    return datetime.fromisoformat(leaf.minute)


def leaves_of(events: Sequence[EventId]) -> list[Placed]:
    """The sealed leaves of these events, in the order of the log. One statement."""
    return _placed(run(load("tongban.ledger", "leaves_of"), (list(events),)))


def opened_receipt(text: str) -> Receipt:
    """The receipt in a text that someone holds; ReceiptError unless this installation signed it."""
    held = ring()
    signers = rules.signers(settings.LEDGER_ORIGIN, held.log_seed, held.receipt_seed)
    return rules.receipt_in(text, signers.receipt)


def proven(index: int) -> bool:
    """Whether the stored leaf at this place leads to the signed head. As many statements as `proof_of`."""
    held = ring()
    signers = rules.signers(settings.LEDGER_ORIGIN, held.log_seed, held.receipt_seed)
    [(size, head)] = run(load("tongban.ledger", "head"))
    [found] = run(load("tongban.ledger", "entries"), (index, index + 1))
    return index < size and rules.leads_to(
        found[0], rules.proof_text(index, size, stored_hashes, head), signers.log
    )


def _minutes(first: date, last: date) -> tuple[str, str]:
    """The minutes at which these legal days begin and are over, as leaves tell time."""
    return rules.to_minute(end_of(first - timedelta(days=1))), rules.to_minute(end_of(last))


def _placed(rows: list[tuple[Any, ...]]) -> list[Placed]:
    return [Placed(index, rules.Leaf.parse(entry.encode())) for index, entry in rows]
