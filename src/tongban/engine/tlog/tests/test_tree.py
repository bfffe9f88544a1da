"""A tree grown in any steps is the tree of its leaves, and its tiles are those of tlog-tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.tlog import EMPTY_ROOT, TILE_WIDTH, TileError, Tree, leaf_hash, root_of, width_of
from tongban.engine.tlog.tests.naive import Naive
from tongban.engine.tlog.tests.shelf import Shelf, shelf_of

ENTRIES = [number.to_bytes(4, "big") for number in range(1200)]
HASHES = [leaf_hash(entry) for entry in ENTRIES]
NAIVE = Naive(ENTRIES)

steps = st.lists(st.integers(0, 400), max_size=8)


@given(steps)
def test_the_root_is_that_of_the_rfc_however_the_leaves_came(sizes: list[int]) -> None:
    tree = Tree()
    for size in sizes:
        tree.append(HASHES[tree.size : tree.size + size])
        assert tree.root() == NAIVE.mth(0, tree.size)


@given(steps)
def test_every_tile_holds_the_hashes_of_its_level(sizes: list[int]) -> None:
    shelf = Shelf()
    for size in sizes:
        shelf.add(ENTRIES[shelf.tree.size : shelf.tree.size + size])
    for (level, index, width), data in shelf.tiles.items():
        span = TILE_WIDTH**level
        first = index * TILE_WIDTH
        assert data == b"".join(
            NAIVE.mth((first + nth) * span, (first + nth + 1) * span) for nth in range(width)
        )


@given(steps)
def test_what_is_restored_from_the_right_edge_grows_on_alike(sizes: list[int]) -> None:
    shelf, whole = Shelf(), Tree()
    for size in sizes:
        more = ENTRIES[shelf.tree.size : shelf.tree.size + size]
        shelf.tree = Tree.restore(shelf.tree.size, shelf.read)
        assert shelf.add(more) == whole.append([leaf_hash(entry) for entry in more])
        assert (shelf.tree.size, shelf.tree.root()) == (whole.size, whole.root())


def test_a_tree_of_70000_leaves_has_the_tiles_of_the_specification() -> None:
    # The example of tlog-tiles, "Partial Tiles".
    tree = Tree()
    tiles = tree.append([leaf_hash(number.to_bytes(4, "big")) for number in range(70_000)])
    assert [tile.width for tile in tiles if tile.level == 0] == [256] * 273 + [112]
    assert [tile.width for tile in tiles if tile.level == 1] == [256, 17]
    assert [tile.width for tile in tiles if tile.level == 2] == [1]
    assert [tile.path for tile in tree.edge] == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]


def test_a_tree_of_256_leaves_has_one_full_tile_and_a_partial_one_above() -> None:
    assert [tile.path for tile in shelf_of(ENTRIES[:256]).tree.edge] == ["tile/1/000.p/1"]
    assert [tile.path for tile in Tree().append(HASHES[:256])] == ["tile/0/000", "tile/1/000.p/1"]


def test_only_tiles_that_changed_are_given() -> None:
    tree = Tree()
    tree.append(HASHES[:300])
    assert [tile.path for tile in tree.append(HASHES[300:301])] == ["tile/0/001.p/45"]
    assert tree.append([]) == []


def test_the_empty_tree_has_no_tile_and_the_hash_of_nothing() -> None:
    assert (Tree().root(), Tree().edge, Tree.restore(0, Shelf().read).root()) == (EMPTY_ROOT, (), EMPTY_ROOT)


def test_a_hash_of_another_length_adds_nothing() -> None:
    tree = Tree()
    with pytest.raises(ValueError):
        tree.append([HASHES[0], b"short"])
    assert tree.size == 0


def test_a_copy_goes_its_own_way() -> None:
    tree = Tree()
    tree.append(HASHES[:5])
    twin = tree.copy()
    twin.append(HASHES[5:9])
    assert (tree.size, tree.root()) == (5, root_of(b"".join(HASHES[:5])))
    assert (twin.size, twin.root()) == (9, root_of(b"".join(HASHES[:9])))


def test_an_edge_tile_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(TileError):
        Tree.restore(3, lambda level, index, width: bytes(32 * (width + 1)))


@pytest.mark.parametrize(
    ("level", "index", "size", "width"),
    [(0, 0, 0, 0), (0, 0, 1, 1), (0, 0, 256, 256), (0, 1, 256, 0), (1, 0, 255, 0), (1, 0, 256, 1),
     (0, 273, 70_000, 112), (1, 1, 70_000, 17), (2, 0, 70_000, 1), (0, 0, 70_000, 256)],
)  # fmt: skip
def test_the_width_of_a_tile_follows_from_the_size(level: int, index: int, size: int, width: int) -> None:
    assert width_of(level, index, size) == width
