"""Proofs agree with an independent reading of RFC 6962, and nothing but the right proof passes."""

from collections.abc import Sequence
from functools import cache
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.tlog import (
    EMPTY_ROOT,
    ProofError,
    TileError,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tongban.engine.tlog.tests.naive import Naive
from tongban.engine.tlog.tests.shelf import Shelf, shelf_of

LARGEST = 300
SIZES = (*range(131), *range(250, 262), LARGEST)
"""All small trees, and those about the edge of a tile."""

ENTRIES = [str(number).encode() for number in range(LARGEST)]
SOME = leaf_hash(b"some other leaf")

# The eight leaves, roots, and proofs that implementations of RFC 6962 have shared since the first
# Certificate Transparency logs.
KNOWN_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
KNOWN_ROOTS = [
    bytes.fromhex(root)
    for root in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
KNOWN_INCLUSION = [
    (0, 1, []),
    (0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]  # fmt: skip
KNOWN_CONSISTENCY = [
    (1, 1, []),
    (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 5, ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
    (6, 7, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
]  # fmt: skip


def hashes(proof: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in proof]


NAIVE = Naive(ENTRIES)


@cache
def growing() -> tuple[Shelf, list[bytes]]:
    """A shelf that holds the tiles of every size up to LARGEST, and the naive root of every size."""
    shelf = Shelf()
    for entry in ENTRIES:
        shelf.add([entry])
    return shelf, [NAIVE.mth(0, size) for size in range(LARGEST + 1)]


def is_included(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
    try:
        verify_inclusion(index, size, leaf, proof, root)
    except ProofError:
        return False
    return True


def is_consistent(size1: int, size2: int, proof: list[bytes], root1: bytes, root2: bytes) -> bool:
    try:
        verify_consistency(size1, size2, proof, root1, root2)
    except ProofError:
        return False
    return True


def test_the_known_roots_come_out() -> None:
    assert [root_of(b"".join(map(leaf_hash, KNOWN_LEAVES[: n + 1]))) for n in range(8)] == KNOWN_ROOTS
    assert root_of(b"") == EMPTY_ROOT


@pytest.mark.parametrize(("index", "size", "proof"), KNOWN_INCLUSION)
def test_the_known_inclusion_proofs_are_made_and_pass(index: int, size: int, proof: list[str]) -> None:
    assert prove_inclusion(index, size, shelf_of(KNOWN_LEAVES[:size]).read) == hashes(proof)
    verify_inclusion(index, size, leaf_hash(KNOWN_LEAVES[index]), hashes(proof), KNOWN_ROOTS[size - 1])


@pytest.mark.parametrize(("size1", "size2", "proof"), KNOWN_CONSISTENCY)
def test_the_known_consistency_proofs_are_made_and_pass(size1: int, size2: int, proof: list[str]) -> None:
    assert prove_consistency(size1, size2, shelf_of(KNOWN_LEAVES[:size2]).read) == hashes(proof)
    verify_consistency(size1, size2, hashes(proof), KNOWN_ROOTS[size1 - 1], KNOWN_ROOTS[size2 - 1])


def test_every_inclusion_proof_of_small_trees_and_about_a_tiles_edge_is_that_of_the_rfc_and_passes() -> None:
    shelf, roots = growing()
    for size in SIZES:
        for index in range(size):
            proof = prove_inclusion(index, size, shelf.read)
            assert proof == NAIVE.path(index, 0, size)
            verify_inclusion(index, size, leaf_hash(ENTRIES[index]), proof, roots[size])


def test_every_consistency_proof_of_small_trees_and_about_a_tiles_edge_is_that_of_the_rfc_and_passes() -> (
    None
):
    shelf, roots = growing()
    for size2 in SIZES:
        for size1 in range(size2 + 1):
            proof = prove_consistency(size1, size2, shelf.read)
            # The RFC defines no proof from size 0; ours is empty.
            assert proof == (NAIVE.proof(size1, size2) if size1 else [])
            verify_consistency(size1, size2, proof, roots[size1], roots[size2])


@given(st.data())
def test_a_proof_that_differs_in_anything_is_refused(data: st.DataObject) -> None:
    shelf, roots = growing()
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    leaf, root = leaf_hash(ENTRIES[index]), roots[size]
    proof = prove_inclusion(index, size, shelf.read)
    for wrong in mutations_of(proof, data):
        assert not is_included(index, size, leaf, wrong, root)
    assert not is_included(index, size, SOME, proof, root)
    assert not is_included(index, size, leaf, proof, SOME)
    for other in {index - 1, index + 1, index ^ 2, -1, size, size + 1} - {index}:
        assert not is_included(other, size, leaf, proof, root)


@given(st.data())
def test_a_consistency_proof_that_differs_in_anything_is_refused(data: st.DataObject) -> None:
    shelf, roots = growing()
    size2 = data.draw(st.integers(1, LARGEST))
    size1 = data.draw(st.integers(0, size2))
    proof = prove_consistency(size1, size2, shelf.read)
    for wrong in mutations_of(proof, data):
        assert not is_consistent(size1, size2, wrong, roots[size1], roots[size2])
    assert not is_consistent(size1, size2, proof, SOME, roots[size2])
    assert size1 == 0 or not is_consistent(size1, size2, proof, roots[size1], SOME)
    if 0 < size1 < size2:
        assert not is_consistent(size1, size2, proof, roots[size2], roots[size1])
        assert not is_consistent(size1 - 1, size2, proof, roots[size1], roots[size2])
        assert not is_consistent(size1 + 1, size2, proof, roots[size1], roots[size2])
        assert not is_consistent(size2, size1, proof, roots[size2], roots[size1])


def mutations_of(proof: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """Longer, shorter, reordered, with a bit flipped, with hashes of another length."""
    wrong = [[*proof, SOME], [SOME, *proof], [*proof, b""], [b"", *proof]]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        bit = 1 << data.draw(st.integers(0, 255))
        flipped = (int.from_bytes(proof[at], "big") ^ bit).to_bytes(32, "big")
        wrong += [proof[:-1], proof[1:], [], [*proof[:at], flipped, *proof[at + 1 :]]]
        wrong += [
            [*proof[:at], proof[at][:31], *proof[at + 1 :]],
            [*proof[:at], proof[at] * 2, *proof[at + 1 :]],
        ]
    if len(set(proof)) > 1:
        wrong.append(proof[::-1])
    return wrong


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 0), (1, 1), (2, 1), (-1, 1), (-1, 0)])
def test_nothing_is_in_a_tree_that_has_no_such_leaf(index: int, size: int) -> None:
    for leaf, root in [(SOME, EMPTY_ROOT), (SOME, SOME), (EMPTY_ROOT, EMPTY_ROOT), (SOME, b"")]:
        assert not is_included(index, size, leaf, [], root)
    with pytest.raises(ProofError):
        prove_inclusion(index, size, shelf_of(ENTRIES[:size]).read)


def test_the_only_leaf_is_the_root_and_needs_no_proof() -> None:
    verify_inclusion(0, 1, SOME, [], SOME)
    assert not is_included(0, 1, SOME, [], b"")
    assert not is_included(0, 1, b"", [], b"")


def test_every_tree_begins_with_the_empty_one_and_with_itself() -> None:
    verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    verify_consistency(0, 7, [], EMPTY_ROOT, SOME)
    verify_consistency(7, 7, [], SOME, SOME)
    assert prove_consistency(0, 7, shelf_of(ENTRIES[:7]).read) == []


@pytest.mark.parametrize(
    ("size1", "size2", "proof", "root1", "root2"),
    [
        (0, 0, [], SOME, SOME),
        (0, 0, [], EMPTY_ROOT, SOME),
        (0, 1, [], SOME, SOME),
        (0, 1, [], EMPTY_ROOT, b"short"),
        (0, 1, [SOME], EMPTY_ROOT, SOME),
        (1, 0, [], SOME, EMPTY_ROOT),
        (2, 1, [], SOME, SOME),
        (1, 1, [], SOME, EMPTY_ROOT),
        (1, 1, [SOME], SOME, SOME),
        (1, 2, [], SOME, SOME),
        (3, 4, [], SOME, SOME),
        (-1, 1, [], SOME, SOME),
    ],
)
def test_sizes_and_roots_that_cannot_be_are_refused(
    size1: int, size2: int, proof: list[bytes], root1: bytes, root2: bytes
) -> None:
    assert not is_consistent(size1, size2, proof, root1, root2)


def test_a_true_proof_of_a_higher_or_lower_tree_is_refused() -> None:
    shelf, roots = growing()
    two, four = prove_inclusion(1, 2, shelf.read), prove_inclusion(3, 4, shelf.read)
    assert not is_included(0, 1, leaf_hash(ENTRIES[1]), two, roots[2])
    assert not is_included(1, 2, leaf_hash(ENTRIES[3]), four, roots[4])
    assert not is_included(0, 4, leaf_hash(ENTRIES[0]), prove_inclusion(0, 2, shelf.read), roots[2])
    assert not is_consistent(3, 4, prove_consistency(7, 8, shelf.read), roots[7], roots[8])
    assert not is_consistent(7, 8, prove_consistency(3, 4, shelf.read), roots[3], roots[4])


def test_no_proof_is_made_of_a_shrinking_tree() -> None:
    with pytest.raises(ProofError):
        prove_consistency(2, 1, shelf_of(ENTRIES[:2]).read)


def test_a_tile_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(TileError, match=r"tile/0/000\.p/3 has 64 bytes, not 96"):
        prove_inclusion(0, 3, lambda level, index, width: bytes(64))


def test_proofs_reach_over_three_levels_of_tiles() -> None:
    size = 256 * 256 + 300
    entries = [number.to_bytes(4, "big") for number in range(size)]
    shelf = shelf_of(entries)
    root = shelf.tree.root()
    for index in (0, 255, 256, 65_535, 65_536, 65_791, 65_792, size - 1):
        verify_inclusion(
            index, size, leaf_hash(entries[index]), prove_inclusion(index, size, shelf.read), root
        )
    for earlier in (1, 255, 256, 65_535, 65_536, 65_537, size - 1):
        old = root_of(b"".join(leaf_hash(entry) for entry in entries[:earlier]))
        verify_consistency(earlier, size, prove_consistency(earlier, size, shelf.read), old, root)


def test_a_proof_is_no_list_of_words() -> None:
    with pytest.raises(ProofError):
        verify_inclusion(0, 2, SOME, cast("list[bytes]", ["x" * 32]), SOME)
