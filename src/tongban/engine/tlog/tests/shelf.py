"""Tiles kept in memory, as a log would serve them."""

from collections.abc import Sequence

from tongban.engine.tlog import Tile, Tree, leaf_hash


class Shelf:
    """A tree and all the tiles it ever wrote, by address."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.tiles: dict[tuple[int, int, int], bytes] = {}

    def add(self, entries: Sequence[bytes]) -> list[Tile]:
        changed = self.tree.append([leaf_hash(entry) for entry in entries])
        for tile in changed:
            self.tiles[tile.level, tile.index, tile.width] = tile.data
        return changed

    def read(self, level: int, index: int, width: int) -> bytes:
        return self.tiles[level, index, width]


def shelf_of(entries: Sequence[bytes]) -> Shelf:
    shelf = Shelf()
    shelf.add(entries)
    return shelf
