"""A public append-only log: its tree, its proofs, its signed words, its files.

Owns: RFC 6962 hashing and proofs (hashing, proofs), the growing tree (tree), and four C2SP formats:
signed-note (notes), tlog-checkpoint (checkpoint), tlog-tiles (tiles), tlog-proof (prooffile).
Says also what this city writes there: the leaf of an act (leaf) and the receipt of an arrival (receipt).
Needs nothing but the standard library and `cryptography`, so that anyone can check from outside.
"""

from tongban.engine.tlog.checkpoint import Checkpoint, CheckpointError, open_checkpoint, sign_checkpoint
from tongban.engine.tlog.hashing import EMPTY_ROOT, HASH_SIZE, leaf_hash, node_hash, root_of
from tongban.engine.tlog.leaf import Kind, Leaf, LeafError
from tongban.engine.tlog.notes import Note, NoteError, Signer, Verifier, open_note, sign_note
from tongban.engine.tlog.prooffile import ProofFile, ProofFileError
from tongban.engine.tlog.proofs import (
    ProofError,
    prove_consistency,
    prove_inclusion,
    verify_consistency,
    verify_inclusion,
)
from tongban.engine.tlog.receipt import NO_QUEUE, Receipt, ReceiptError, commitment_of, open_receipt
from tongban.engine.tlog.tiles import (
    MAX_BUNDLE,
    MAX_ENTRY,
    TILE_WIDTH,
    Bundle,
    ReadTile,
    Tile,
    TileError,
    extend_bundles,
    pack_entries,
    unpack_entries,
    width_of,
)
from tongban.engine.tlog.tree import Tree

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "MAX_BUNDLE",
    "MAX_ENTRY",
    "NO_QUEUE",
    "TILE_WIDTH",
    "Bundle",
    "Checkpoint",
    "CheckpointError",
    "Kind",
    "Leaf",
    "LeafError",
    "Note",
    "NoteError",
    "ProofError",
    "ProofFile",
    "ProofFileError",
    "ReadTile",
    "Receipt",
    "ReceiptError",
    "Signer",
    "Tile",
    "TileError",
    "Tree",
    "Verifier",
    "commitment_of",
    "extend_bundles",
    "leaf_hash",
    "node_hash",
    "open_checkpoint",
    "open_note",
    "open_receipt",
    "pack_entries",
    "prove_consistency",
    "prove_inclusion",
    "root_of",
    "sign_checkpoint",
    "sign_note",
    "unpack_entries",
    "verify_consistency",
    "verify_inclusion",
    "width_of",
]
