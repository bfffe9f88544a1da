"""What a leaf, a look and a sealed row are, how the log grows and what is proved of it, from values alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from tongban.engine.tlog import (
    HASH_SIZE,
    MAX_ENTRY,
    TILE_WIDTH,
    Checkpoint,
    CheckpointError,
    Leaf,
    ProofError,
    ProofFile,
    ReadTile,
    Receipt,
    ReceiptError,
    Signer,
    Tile,
    Tree,
    leaf_hash,
    open_checkpoint,
    open_receipt,
    prove_inclusion,
    sign_checkpoint,
    width_of,
)
from tongban.engine.tlog import Kind as LeafKind
from tongban.engine.tlog import commitment_of as commitment
from tongban.engine.tlog import pack_entries as bundle_of
from tongban.kernel.access import Officer, Purpose
from tongban.kernel.ids import CaseId, EventId, PersonKey, QueueId

__all__ = [
    "HASH_SIZE",
    "MAX_ENTRY",
    "TILE_WIDTH",
    "Leaf",
    "LeafKind",
    "LedgerDamagedError",
    "Looked",
    "Receipt",
    "ReceiptError",
    "Sealed",
    "Signers",
    "Subtree",
    "Tree",
    "bundle_of",
    "commitment",
    "entry",
    "grown",
    "hashes_of",
    "leads_to",
    "promise",
    "proof_text",
    "receipt_in",
    "restored",
    "signed_head",
    "signers",
    "to_minute",
    "to_second",
]


class LedgerDamagedError(Exception):
    """The stored log is not the one this installation signed; nothing is sealed until a person has looked."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A leaf that was just given its place: `index` in the log; `told` is the event's name for reactions."""

    index: int
    event_id: EventId
    case_id: CaseId
    queue: QueueId
    kind: str
    told: str
    entry: str


@dataclass(frozen=True, slots=True)
class Subtree:
    """The root, 32 bytes, of the `index`-th complete subtree of 256**level leaves."""

    level: int
    index: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Looked:
    """What an officer looked at of whose affairs, and why; `what` names the part shown: `content`, `file`, …

    `case` is None for what is no case yet.
    """

    case: CaseId | None
    subject: PersonKey
    by: Officer
    purpose: Purpose
    what: str


@dataclass(frozen=True, slots=True)
class Signers:
    """The two keys of the ledger: one for the log's checkpoints, another for receipts."""

    log: Signer
    receipt: Signer


@cache
def signers(origin: str, log_seed: bytes, receipt_seed: bytes) -> Signers:
    """The signers named `<origin>` and `<origin>/receipt`, from their 32-byte seeds."""
    return Signers(Signer(origin, log_seed), Signer(f"{origin}/receipt", receipt_seed))


def entry(  # noqa: PLR0913 - a leaf says exactly these six words
    kind: LeafKind, queue: QueueId, at: datetime, tag: str, commitment: str, reason: str | None = None
) -> str:
    """The text of a leaf; `tag` is the case's 32 hexadecimal digits, `reason` stands in an overtaking only.

    LeafError where a value cannot stand in a leaf.
    """
    return Leaf(kind, queue, to_minute(at), tag, commitment, reason).encode().decode("ascii")


def to_minute(at: datetime) -> str:
    """As a leaf tells time: 2026-11-21T02:05Z, whatever the zone of `at`."""
    return at.astimezone(UTC).isoformat(timespec="minutes")[:16] + "Z"


def to_second(at: datetime) -> str:
    """As a receipt tells time: 2026-11-21T02:05:09Z, whatever the zone of `at`."""
    return at.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def promise(signer: Signer, arrival: Receipt) -> str:
    """The signed note an applicant is given; ReceiptError where a value cannot stand in one."""
    return arrival.sign(signer).decode()


def hashes_of(entries: Iterable[str]) -> list[bytes]:
    """The leaf hashes of entries."""
    return [leaf_hash(text.encode()) for text in entries]


def grown(tree: Tree, entries: Iterable[str]) -> tuple[Tree, list[Subtree]]:
    """The tree with these entries appended, and the subtrees they completed; the given tree stays."""
    larger = tree.copy()
    changed = larger.append(hashes_of(entries))
    return larger, _completed(changed, tree.size)


def signed_head(tree: Tree, signer: Signer) -> str:
    """The checkpoint of the tree, signed; its origin is the signer's name."""
    return sign_checkpoint(Checkpoint(signer.name, tree.size, tree.root()), signer).decode()


def restored(size: int, read_tile: ReadTile, head: str, signer: Signer) -> Tree:
    """The tree of a stored log of `size` leaves.

    LedgerDamagedError unless the head is this signer's and the stored hashes lead to its root.
    """
    tree = Tree.restore(size, read_tile)
    try:
        signed = open_checkpoint(head.encode(), signer.name, [signer.verifier])
    except CheckpointError as wrong:
        raise LedgerDamagedError(f"the stored head is not signed by this installation: {wrong}") from wrong
    if (signed.size, signed.root) != (tree.size, tree.root()):
        raise LedgerDamagedError(f"{size} stored leaves do not lead to the signed root of {signed.size}")
    return tree


def proof_text(index: int, size: int, read_tile: ReadTile, head: str) -> str:
    """The tlog-proof that leaf `index` is in the log of `size` leaves with this signed head."""
    return ProofFile(index, tuple(prove_inclusion(index, size, read_tile)), head.encode()).encode().decode()


def leads_to(entry: str, proof: str, signer: Signer) -> bool:
    """Whether this tlog-proof shows the entry to be under a head that the signer signed."""
    try:
        ProofFile.parse(proof.encode()).verify(leaf_hash(entry.encode()), signer.name, [signer.verifier])
    except (CheckpointError, ProofError):
        return False
    return True


def receipt_in(text: str, signer: Signer) -> Receipt:
    """The receipt in a text, alone or with its proof behind it; ReceiptError unless this signer signed it."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    receipt, _ = open_receipt(f"{lines}\n".encode(), [signer.verifier])
    return receipt


def _completed(changed: Iterable[Tile], size: int) -> list[Subtree]:
    """The subtrees in these tiles that a log of `size` leaves did not have yet, leaves left out."""
    return [
        Subtree(tile.level, tile.index * TILE_WIDTH + nth, tile.data[nth * HASH_SIZE :][:HASH_SIZE])
        for tile in changed
        if tile.level > 0
        for nth in range(width_of(tile.level, tile.index, size), tile.width)
    ]
