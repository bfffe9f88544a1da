"""Appending, proving, checking and replaying, beside bare SHA-256 over the same bytes in the same run."""

import json
from collections.abc import Callable
from hashlib import sha256
from time import perf_counter

from tongban.engine.fairness import replay
from tongban.engine.tlog import (
    Kind,
    Leaf,
    Tree,
    commitment_of,
    leaf_hash,
    prove_inclusion,
    verify_inclusion,
)

LEAVES = 200_000
BATCH = 5_000
PROOFS = 200


def main() -> None:
    """Print one JSON line; rates are a second on one core, times are microseconds."""
    half = LEAVES // 2
    entries = [_leaf(Kind.ARRIVED, case) for case in range(half)] + [
        _leaf(Kind.TAKEN, case) for case in range(half)
    ]
    tree, tiles = Tree(), {}

    def append() -> None:
        for at in range(0, LEAVES, BATCH):
            for tile in tree.append([leaf_hash(entry) for entry in entries[at : at + BATCH]]):
                tiles[tile.level, tile.index, tile.width] = tile.data
            tree.root()

    def floor() -> None:
        node = bytes(65)
        for entry in entries:
            sha256(entry).digest()
            sha256(node).digest()

    def read(level: int, index: int, width: int) -> bytes:
        return tiles[level, index, width]

    def verify(index: int, leaf: bytes, proof: list[bytes]) -> None:
        verify_inclusion(index, LEAVES, leaf, proof, root)

    bare, appending = _seconds(floor), _seconds(append)
    indexes = range(0, LEAVES, LEAVES // PROOFS)
    proofs = [prove_inclusion(index, LEAVES, read) for index in indexes]
    proving = _seconds(lambda: [prove_inclusion(index, LEAVES, read) for index in indexes])
    root, hashes = tree.root(), [leaf_hash(entries[index]) for index in indexes]
    checking = _seconds(lambda: list(map(verify, indexes, hashes, proofs)))
    replaying = _seconds(lambda: replay(enumerate(entries)))
    print(
        json.dumps(
            {
                "bench": "tlog",
                "append_per_s": round(LEAVES / appending),
                "floor_per_s": round(LEAVES / bare),
                "ratio": round(bare / appending, 2),
                "prove_us": round(proving / PROOFS * 1e6),
                "verify_us": round(checking / PROOFS * 1e6),
                "replay_per_s": round(LEAVES / replaying),
            }
        )
    )


def _leaf(kind: Kind, case: int) -> bytes:
    commitment = commitment_of(b"", b"%d" % case)
    return Leaf(kind, f"440709003000.{case % 16}", "2026-11-21T02:05Z", f"{case:032x}", commitment).encode()


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
