"""Addresses and entry bundles are those of tlog-tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.tlog import (
    MAX_BUNDLE,
    Bundle,
    Tile,
    TileError,
    extend_bundles,
    pack_entries,
    unpack_entries,
)
from tongban.engine.tlog.tiles import bundle_path, tile_path


@pytest.mark.parametrize(
    ("index", "place"),
    [
        (0, "000"),
        (67, "067"),
        (999, "999"),
        (1000, "x001/000"),
        (1_234_067, "x001/x234/067"),
        (2**40, "x001/x099/x511/x627/776"),
        (2**55 - 1, "x036/x028/x797/x018/x963/967"),
    ],
)
def test_an_index_is_written_in_groups_of_three_digits(index: int, place: str) -> None:
    assert tile_path(0, index) == f"tile/0/{place}"
    assert tile_path(63, index, 7) == f"tile/63/{place}.p/7"
    assert bundle_path(index) == f"tile/entries/{place}"
    assert bundle_path(index, 255) == f"tile/entries/{place}.p/255"


@pytest.mark.parametrize(
    ("level", "index", "width"), [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)]
)
def test_what_the_format_cannot_say_has_no_address(level: int, index: int, width: int) -> None:
    with pytest.raises(TileError):
        tile_path(level, index, width)


def test_a_tile_and_a_bundle_know_their_address() -> None:
    assert Tile(1, 1000, bytes(64)).path == "tile/1/x001/000.p/2"
    assert Bundle(1000, 256, b"").path == "tile/entries/x001/000"


def test_entries_stand_after_their_length_in_two_bytes_big_endian() -> None:
    assert pack_entries([b"", b"abc", b"x" * 258]) == b"\0\0" + b"\0\3abc" + b"\1\2" + b"x" * 258


@pytest.mark.parametrize("width", [0, 1, 255, 256])
@pytest.mark.parametrize("length", [0, 1, 65_535])
def test_a_bundle_gives_its_entries_back(width: int, length: int) -> None:
    entries = [bytes([nth]) * length for nth in range(width)]
    packed = pack_entries(entries)
    assert len(packed) <= MAX_BUNDLE
    assert unpack_entries(packed, width) == entries


def test_an_entry_over_65535_bytes_is_refused() -> None:
    with pytest.raises(TileError, match="65536 bytes"):
        pack_entries([bytes(65_536)])


@pytest.mark.parametrize(
    ("data", "width"),
    [
        (b"", 1),
        (b"\0", 1),
        (b"\0\2a", 1),
        (b"\0\0\0", 1),
        (b"\0\0\0", 2),
        (b"\0\1a", 2),
        (b"\0\1a\0\0", 1),
        (b"\0\0", 0),
    ],
)
def test_a_bundle_that_breaks_off_or_goes_on_is_refused(data: bytes, width: int) -> None:
    with pytest.raises(TileError):
        unpack_entries(data, width)


@given(st.lists(st.integers(0, 600), max_size=6))
def test_bundles_grow_as_if_written_at_once(sizes: list[int]) -> None:
    entries = [number.to_bytes(2, "big") for number in range(sum(sizes))]
    files: dict[str, bytes] = {}
    at = 0
    for size in sizes:
        edge = files[bundle_path(at // 256, at % 256)] if at % 256 else b""
        for bundle in extend_bundles(at, edge, entries[at : at + size]):
            files[bundle.path] = bundle.data
        at += size
    for index in range(at // 256):
        assert unpack_entries(files[bundle_path(index)], 256) == entries[index * 256 :][:256]
    if at % 256:
        assert unpack_entries(files[bundle_path(at // 256, at % 256)], at % 256) == entries[at // 256 * 256 :]


def test_257_entries_are_a_full_bundle_and_a_partial_one() -> None:
    bundles = extend_bundles(0, b"", [b"e"] * 257)
    assert [(bundle.path, bundle.width) for bundle in bundles] == [
        ("tile/entries/000", 256),
        ("tile/entries/001.p/1", 1),
    ]


def test_the_edge_must_be_that_of_the_size() -> None:
    with pytest.raises(TileError):
        extend_bundles(2, pack_entries([b"only one"]), [b"next"])
    assert extend_bundles(1, pack_entries([b"one"]), []) == []
