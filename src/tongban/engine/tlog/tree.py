"""A Merkle tree that grows at its right edge and remembers only that edge."""

from collections.abc import Sequence

from tongban.engine.tlog.hashing import EMPTY_ROOT, HASH_SIZE, root_of
from tongban.engine.tlog.tiles import TILE_HEIGHT, TILE_WIDTH, ReadTile, Tile, read_hashes, width_of

_TILE_BYTES = TILE_WIDTH * HASH_SIZE


class Tree:
    """The partial tile of every level: all that is needed to append and to name the root."""

    def __init__(self) -> None:
        self._size = 0
        self._edge: list[bytes] = []

    @classmethod
    def restore(cls, size: int, read_tile: ReadTile) -> "Tree":
        """The tree of `size` leaves from the partial tiles at its right edge; TileError for a bad tile.

        The tiles are believed: compare `root()` with a signed checkpoint before building on it.
        """
        tree = cls()
        tree._size = size
        for level in range((size.bit_length() + TILE_HEIGHT - 1) // TILE_HEIGHT):
            index = size >> (TILE_HEIGHT * (level + 1))
            width = width_of(level, index, size)
            tree._edge.append(read_hashes(read_tile, level, index, width) if width else b"")
        return tree

    @property
    def size(self) -> int:
        return self._size

    @property
    def edge(self) -> tuple[Tile, ...]:
        """The partial tiles at the right edge, lowest level first; levels without one are left out."""
        return tuple(
            Tile(level, self._size >> (TILE_HEIGHT * (level + 1)), hashes)
            for level, hashes in enumerate(self._edge)
            if hashes
        )

    def copy(self) -> "Tree":
        """An independent tree of the same leaves: append to it, and drop it if its tiles cannot be kept."""
        twin = Tree()
        twin._size, twin._edge = self._size, list(self._edge)
        return twin

    def append(self, leaf_hashes: Sequence[bytes]) -> list[Tile]:
        """Add leaves by their 32-byte hashes; gives every tile that changed, in its last form.

        Per level, lowest first: the tiles now full, then the new partial one, where there is one.
        ValueError, and nothing added, when a hash has another length.
        """
        if any(len(one) != HASH_SIZE for one in leaf_hashes):
            raise ValueError("a leaf hash must have 32 bytes")
        changed: list[Tile] = []
        added, level = b"".join(leaf_hashes), 0
        while added:
            added = self._grow(level, added, changed)
            level += 1
        self._size += len(leaf_hashes)
        return changed

    def root(self) -> bytes:
        """The 32-byte Merkle Tree Hash; SHA-256 of nothing for the empty tree."""
        right = b""
        for hashes in self._edge:
            # The unfinished subtree below stands as one more, last, hash of this level.
            if hashes:
                right = root_of(hashes + right)
        return right or EMPTY_ROOT

    def _grow(self, level: int, added: bytes, changed: list[Tile]) -> bytes:
        """Add hashes to one level, note the tiles that changed, give the hashes for the level above."""
        if level == len(self._edge):
            self._edge.append(b"")
        index = self._size >> (TILE_HEIGHT * (level + 1))
        row = self._edge[level] + added
        full = len(row) // _TILE_BYTES * _TILE_BYTES
        tiles = [row[at : at + _TILE_BYTES] for at in range(0, full, _TILE_BYTES)]
        changed += [Tile(level, index + nth, data) for nth, data in enumerate(tiles)]
        self._edge[level] = row[full:]
        if row[full:]:
            changed.append(Tile(level, index + len(tiles), row[full:]))
        return b"".join([root_of(data) for data in tiles])
