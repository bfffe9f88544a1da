"""Proof files are those of C2SP tlog-proof."""

from base64 import b64encode

import pytest

from tongban.engine.tlog import (
    Checkpoint,
    CheckpointError,
    ProofError,
    ProofFile,
    ProofFileError,
    Signer,
    leaf_hash,
    prove_inclusion,
    sign_checkpoint,
)
from tongban.engine.tlog.tests.shelf import shelf_of

ORIGIN = "tongban.example/ledger"
LOG = Signer(ORIGIN, bytes(range(32)))
ENTRIES = [str(number).encode() for number in range(9)]
HASH = b64encode(bytes(32)).decode()


def proof_of(index: int, extra: bytes | None = None) -> ProofFile:
    shelf = shelf_of(ENTRIES)
    note = sign_checkpoint(Checkpoint(ORIGIN, len(ENTRIES), shelf.tree.root()), LOG)
    return ProofFile(index, tuple(prove_inclusion(index, len(ENTRIES), shelf.read)), note, extra)


@pytest.mark.parametrize("extra", [None, b"", b"anything"])
@pytest.mark.parametrize("index", range(9))
def test_a_proof_is_read_back_and_shows_its_entry(index: int, extra: bytes | None) -> None:
    proof = ProofFile.parse(proof_of(index, extra).encode())
    assert proof == proof_of(index, extra)
    assert proof.verify(leaf_hash(ENTRIES[index]), ORIGIN, [LOG.verifier]).size == 9


def test_the_file_is_spelled_as_the_specification_says() -> None:
    lines = proof_of(8, b"e").encode().decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra ZQ==", "index 8"]
    assert lines[4:7] == ["", ORIGIN, "9"]


def test_another_entry_another_index_or_another_key_is_refused() -> None:
    proof = proof_of(3)
    with pytest.raises(ProofError):
        proof.verify(leaf_hash(b"other"), ORIGIN, [LOG.verifier])
    with pytest.raises(ProofError):
        ProofFile(2, proof.proof, proof.checkpoint).verify(leaf_hash(ENTRIES[3]), ORIGIN, [LOG.verifier])
    with pytest.raises(CheckpointError):
        proof.verify(leaf_hash(ENTRIES[3]), ORIGIN, [Signer(ORIGIN, bytes(32)).verifier])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"wrong header\nindex 0\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1",
        b"c2sp.org/tlog-proof@v1\nindex 0\n",
        b"c2sp.org/tlog-proof@v1\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nextra AAAA\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex x\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 00\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex  0\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 0\n!!\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 0\n\xff\n\ncheckpoint\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{f'{HASH}{chr(10)}' * 64}\ncheckpoint\n".encode(),
    ],
)
def test_any_other_bytes_are_no_proof(data: bytes) -> None:
    with pytest.raises(ProofFileError):
        ProofFile.parse(data)
