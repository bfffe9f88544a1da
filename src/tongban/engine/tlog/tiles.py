"""C2SP tlog-tiles: where tiles and entry bundles lie, how wide they are, how they are written.

A tile is up to 256 hashes of one level; hashes of level L+1 are the roots of full tiles of level L.
A bundle is the up to 256 entries under a level-0 tile, each after its length as a big-endian uint16.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tongban.engine.tlog.hashing import HASH_SIZE

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
MAX_LEVEL = 63
MAX_ENTRY = 0xFFFF
MAX_BUNDLE = TILE_WIDTH * (2 + MAX_ENTRY)

# (level, index, width) -> the first `width` hashes of that tile, exactly width * 32 bytes.
ReadTile = Callable[[int, int, int], bytes]


class TileError(Exception):
    """A tile or an entry bundle is not what tlog-tiles allows."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Hashes `index * 256 …` of a level; full with 256 of them, partial with fewer."""

    level: int
    index: int
    data: bytes

    @property
    def width(self) -> int:
        return len(self.data) // HASH_SIZE

    @property
    def path(self) -> str:
        """The address below the log's prefix, such as `tile/0/x001/067.p/8`."""
        return tile_path(self.level, self.index, self.width)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Entries `index * 256 …`, packed; `width` is their number."""

    index: int
    width: int
    data: bytes

    @property
    def path(self) -> str:
        """The address below the log's prefix, such as `tile/entries/000.p/8`."""
        return bundle_path(self.index, self.width)


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """The address of a tile below the log's prefix; TileError outside what the format can say."""
    if not 0 <= level <= MAX_LEVEL:
        raise TileError(f"no tile has level {level}")
    return f"tile/{level}/{_place(index, width)}"


def bundle_path(index: int, width: int = TILE_WIDTH) -> str:
    """The address of an entry bundle below the log's prefix; TileError as for tiles."""
    return f"tile/entries/{_place(index, width)}"


def width_of(level: int, index: int, size: int) -> int:
    """How many hashes that tile has in a tree of `size` leaves, 0 to 256; for bundles ask level 0."""
    return max(0, min(TILE_WIDTH, (size >> (TILE_HEIGHT * level)) - index * TILE_WIDTH))


def read_hashes(read_tile: ReadTile, level: int, index: int, width: int) -> bytes:
    """The hashes `read_tile` gives; TileError when they are not exactly `width`."""
    data = read_tile(level, index, width)
    if len(data) != width * HASH_SIZE:
        raise TileError(f"{tile_path(level, index, width)} has {len(data)} bytes, not {width * HASH_SIZE}")
    return data


def pack_entries(entries: Iterable[bytes]) -> bytes:
    """Entries as a bundle; TileError for one over 65,535 bytes."""
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise TileError(f"an entry of {len(entry)} bytes; a bundle takes at most {MAX_ENTRY}")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def unpack_entries(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle; TileError unless it holds exactly `width` of them and nothing more."""
    entries: list[bytes] = []
    at = 0
    while at < len(data) and len(entries) < width:
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or at > len(data):
            raise TileError(f"the bundle breaks off inside entry {len(entries)}")
        entries.append(data[start:at])
    if len(entries) != width:
        raise TileError(f"the bundle holds {len(entries)} entries, not {width}")
    if at != len(data):
        raise TileError(f"the bundle goes on after its {width} entries")
    return entries


def extend_bundles(size: int, edge: bytes, entries: Iterable[bytes]) -> list[Bundle]:
    """The bundles that change when `entries` follow a log of `size` entries.

    `edge` is the data of the partial bundle at the right edge, empty where size is a multiple of 256.
    Full bundles come first, then at most one partial one; TileError for an entry too long or another edge.
    """
    index, width = divmod(size, TILE_WIDTH)
    held = unpack_entries(edge, width)
    added = list(entries)
    if not added:
        return []
    whole = held + added
    pieces = [whole[at : at + TILE_WIDTH] for at in range(0, len(whole), TILE_WIDTH)]
    return [Bundle(index + nth, len(piece), pack_entries(piece)) for nth, piece in enumerate(pieces)]


def _place(index: int, width: int) -> str:
    if index < 0 or not 1 <= width <= TILE_WIDTH:
        raise TileError(f"no tile has index {index} and width {width}")
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups)) + (f".p/{width}" if width < TILE_WIDTH else "")
