"""The door of the ledger."""

from tongban.ledger.commands import BATCH, Reaction, receipt, record_look, seal, seal_forever, supply
from tongban.ledger.queries import (
    Lag,
    LookRow,
    Standing,
    checkpoint,
    entries,
    index_of,
    keys,
    lag,
    looks_at,
    proof_of,
    standing,
    tile,
)
from tongban.ledger.rules import LeafKind, LedgerDamagedError, Looked, Sealed, commitment, entry

__all__ = [
    "BATCH",
    "Lag",
    "LeafKind",
    "LedgerDamagedError",
    "LookRow",
    "Looked",
    "Reaction",
    "Sealed",
    "Standing",
    "checkpoint",
    "commitment",
    "entries",
    "entry",
    "index_of",
    "keys",
    "lag",
    "looks_at",
    "proof_of",
    "receipt",
    "record_look",
    "seal",
    "seal_forever",
    "standing",
    "supply",
    "tile",
]
