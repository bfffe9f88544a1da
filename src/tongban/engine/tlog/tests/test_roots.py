"""A proof that leads elsewhere than to the root shows nothing."""

import pytest

from tongban.engine.tlog import ProofError, leaf_hash, root_of, verify_consistency, verify_inclusion

ONE, TWO, OTHER = leaf_hash(b"one"), leaf_hash(b"two"), leaf_hash(b"other")
BOTH = root_of(ONE + TWO)


def test_the_proof_of_one_leaf_does_not_show_another() -> None:
    verify_inclusion(0, 2, ONE, [TWO], BOTH)
    with pytest.raises(ProofError, match="leaf 0 is not in the tree with this root"):
        verify_inclusion(0, 2, OTHER, [TWO], BOTH)


def test_the_proof_of_growth_leads_to_both_roots() -> None:
    three, four = root_of(ONE + TWO + OTHER), root_of(ONE + TWO + OTHER + ONE)
    proof = [OTHER, ONE, BOTH]
    verify_consistency(3, 4, proof, three, four)
    with pytest.raises(ProofError, match="first root"):
        verify_consistency(3, 4, proof, BOTH, four)
    with pytest.raises(ProofError, match="second root"):
        verify_consistency(3, 4, proof, three, BOTH)
