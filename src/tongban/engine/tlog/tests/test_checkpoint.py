"""Checkpoints are those of C2SP tlog-checkpoint, each with one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.tlog import (
    EMPTY_ROOT,
    Checkpoint,
    CheckpointError,
    Signer,
    open_checkpoint,
    sign_checkpoint,
)

ORIGIN = "tongban.example/ledger"
LOG = Signer(ORIGIN, bytes(range(32)))
# The example of the specification.
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT = EXAMPLE.split("\n")[2]

lines = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1)


def test_the_example_of_the_specification_is_read() -> None:
    checkpoint = Checkpoint.parse(EXAMPLE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e")
    assert checkpoint.text() == EXAMPLE


@given(lines, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=3))
def test_what_is_said_is_what_is_read(origin: str, size: int, root: bytes, extensions: list[str]) -> None:
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


def test_an_empty_log_has_size_zero() -> None:
    assert Checkpoint.parse(Checkpoint(ORIGIN, 0, EMPTY_ROOT).text()).size == 0


def test_extension_lines_are_kept() -> None:
    assert Checkpoint.parse(EXAMPLE + "one\ntwo words\n").extensions == ("one", "two words")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        EXAMPLE[:-1],
        EXAMPLE + "\n",
        EXAMPLE + "\nextension\n",
        EXAMPLE + "extension without newline",
        f"\n1\n{ROOT}\n",
        f"{ORIGIN}\n1\n",
        f"{ORIGIN}\n01\n{ROOT}\n",
        f"{ORIGIN}\n00\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n+1\n{ROOT}\n",
        f"{ORIGIN}\n 1\n{ROOT}\n",
        f"{ORIGIN}\n1.0\n{ROOT}\n",
        f"{ORIGIN}\n1_0\n{ROOT}\n",
        f"{ORIGIN}\n１\n{ROOT}\n",
        f"{ORIGIN}\n{2**63}\n{ROOT}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT}\n",
        f"{ORIGIN}\n1\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n1\n{ROOT[:-2]}J=\n",
        f"{ORIGIN}\n1\n{ROOT} \n",
        f"{ORIGIN}\n1\n{ROOT.replace('/', '_')}\n",
        f"{ORIGIN}\n1\n根\n",
        f"{ORIGIN}\n1\nAAAA\n",
        f"{ORIGIN}\r\n1\r\n{ROOT}\r\n",
    ],
)
def test_any_other_text_is_no_checkpoint(text: str) -> None:
    with pytest.raises(CheckpointError):
        Checkpoint.parse(text)


def test_a_signed_checkpoint_opens_under_the_key_of_its_log() -> None:
    checkpoint = Checkpoint(ORIGIN, 1, bytes(32))
    witness = Signer("witness.example", bytes(32))
    assert open_checkpoint(sign_checkpoint(checkpoint, witness, LOG), ORIGIN, [LOG.verifier]) == checkpoint


def test_another_key_or_another_origin_is_refused() -> None:
    note = sign_checkpoint(Checkpoint(ORIGIN, 1, bytes(32)), LOG)
    with pytest.raises(CheckpointError, match="no known key"):
        open_checkpoint(note, ORIGIN, [Signer(ORIGIN, bytes(32)).verifier])
    with pytest.raises(CheckpointError, match="not of 'other"):
        open_checkpoint(note, "other.example", [LOG.verifier])


@pytest.mark.parametrize("origin", ["", "two\nlines"])
def test_what_could_not_be_read_back_is_not_signed(origin: str) -> None:
    with pytest.raises(CheckpointError):
        sign_checkpoint(Checkpoint(origin, 1, bytes(32)), LOG)
