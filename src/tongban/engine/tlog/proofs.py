"""Inclusion and consistency proofs: made from tiles (RFC 6962 §2.1), checked as RFC 9162 §2.1 writes down."""

from collections.abc import Sequence
from functools import cache

from tongban.engine.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash, root_of
from tongban.engine.tlog.tiles import TILE_HEIGHT, TILE_WIDTH, ReadTile, read_hashes, width_of


class ProofError(Exception):
    """The proof does not show what it should, or nothing can be proved of these numbers."""


def verify_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf stands at `index` in the tree of `size` leaves with this root.

    Hashes are 32 bytes; `proof` goes from the leaf's sibling up. ProofError otherwise (RFC 9162 §2.1.3.2).
    """
    if not 0 <= index < size:
        raise ProofError(f"a tree of {size} leaves has no leaf {index}")
    _must_be_hashes(leaf_hash, *proof, root)
    position, last, node = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            position, last = _past_left_edge(position, last)
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofError("the proof is too short")
    if node != root:
        raise ProofError(f"leaf {index} is not in the tree with this root")


def verify_consistency(size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> None:
    """Check that the tree of `size2` leaves begins with the tree of `size1` leaves.

    ProofError otherwise (RFC 9162 §2.1.4.2). Every tree begins with the empty one, whose only root is
    SHA-256 of nothing; there, and between equal sizes, the proof is empty.
    """
    if not 0 <= size1 <= size2:
        raise ProofError(f"a tree of {size2} leaves cannot begin with one of {size1}")
    _must_be_hashes(root1, *proof, root2)
    if (size1 == 0 and root1 != EMPTY_ROOT) or (size2 == 0 and root2 != EMPTY_ROOT):
        raise ProofError("an empty tree has another root")
    if size1 in (0, size2):
        if proof:
            raise ProofError("the proof should be empty")
        if size1 == size2 and root1 != root2:
            raise ProofError("two roots for one size")
        return
    old, new = _replayed(size1, size2, proof, root1)
    if old != root1:
        raise ProofError("the proof does not lead to the first root")
    if new != root2:
        raise ProofError("the proof does not lead to the second root")


def prove_inclusion(index: int, size: int, read_tile: ReadTile) -> list[bytes]:
    """The proof that leaf `index` is in the tree of `size` leaves (RFC 6962 §2.1.1), sibling first.

    ProofError for an index out of range, TileError for a tile of the wrong length.
    """
    if not 0 <= index < size:
        raise ProofError(f"a tree of {size} leaves has no leaf {index}")
    subtrees = _Subtrees(size, read_tile)
    start, end, beside = 0, size, []
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    return [subtrees.root(*span) for span in reversed(beside)]


def prove_consistency(size1: int, size2: int, read_tile: ReadTile) -> list[bytes]:
    """The proof that the tree of `size2` leaves begins with that of `size1` (RFC 6962 §2.1.2).

    Empty from size 0 and between equal sizes. ProofError for a shrinking tree, TileError as above.
    """
    if not 0 <= size1 <= size2:
        raise ProofError(f"a tree of {size2} leaves cannot begin with one of {size1}")
    if size1 in (0, size2):
        return []
    subtrees = _Subtrees(size2, read_tile)
    start, end, beside = 0, size2, []
    while end != size1:
        middle = start + _largest_power_below(end - start)
        if size1 <= middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    if start != 0:
        beside.append((start, end))
    return [subtrees.root(*span) for span in reversed(beside)]


class _Subtrees:
    """Roots of the subtrees that RFC 6962 cuts a tree into, read from tiles, each tile once."""

    def __init__(self, size: int, read_tile: ReadTile) -> None:
        self._size = size
        self._hashes = cache(lambda level, index, width: read_hashes(read_tile, level, index, width))

    def root(self, start: int, end: int) -> bytes:
        """MTH(D[start:end]); start must be a multiple of the least power of two that is >= end - start."""
        leaves = end - start
        if leaves & (leaves - 1) == 0:
            return self._complete(start, leaves.bit_length() - 1)
        middle = start + _largest_power_below(leaves)
        return node_hash(self.root(start, middle), self.root(middle, end))

    def _complete(self, start: int, height: int) -> bytes:
        level, inside = divmod(height, TILE_HEIGHT)
        index, offset = divmod(start >> (TILE_HEIGHT * level), TILE_WIDTH)
        hashes = self._hashes(level, index, width_of(level, index, self._size))
        return root_of(hashes[offset * HASH_SIZE : (offset + (1 << inside)) * HASH_SIZE])


def _replayed(size1: int, size2: int, proof: Sequence[bytes], root1: bytes) -> tuple[bytes, bytes]:
    """Both roots that the proof leads to, 0 < size1 < size2."""
    # Where the first tree is one complete subtree its root begins the way and is not sent.
    way = [root1, *proof] if size1 & (size1 - 1) == 0 else list(proof)
    if not way or not proof:
        raise ProofError("the proof is empty")
    position, last = size1 - 1, size2 - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = way[0]
    for sibling in way[1:]:
        if last == 0:
            raise ProofError("the proof is too long")
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _past_left_edge(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofError("the proof is too short")
    return old, new


def _past_left_edge(position: int, last: int) -> tuple[int, int]:
    """Climb over levels where the node is the last of its row without a sibling."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _largest_power_below(number: int) -> int:
    """The largest power of two smaller than `number`, number > 1."""
    return 1 << ((number - 1).bit_length() - 1)


def _must_be_hashes(*values: bytes) -> None:
    if any(not isinstance(value, bytes) or len(value) != HASH_SIZE for value in values):
        raise ProofError("a hash must have 32 bytes")
