"""C2SP tlog-proof: one file that shows, without a network, that an entry is in a log."""

from collections.abc import Iterable
from dataclasses import dataclass

from tongban.engine.tlog.checkpoint import Checkpoint, open_checkpoint
from tongban.engine.tlog.hashing import HASH_SIZE
from tongban.engine.tlog.notes import MAX_NOTE, Verifier
from tongban.engine.tlog.proofs import verify_inclusion
from tongban.engine.tlog.spelling import from_base64, from_decimal, to_base64

PROOF_HEADER = "c2sp.org/tlog-proof@v1"

# An inclusion proof in a tree of fewer than 2**63 leaves.
_MAX_HASHES = 63


class ProofFileError(Exception):
    """The file is not a tlog-proof."""


@dataclass(frozen=True, slots=True)
class ProofFile:
    """The entry at `index`, its inclusion proof, and the signed checkpoint, verbatim, it leads to.

    `extra` is opaque and vouched for by nobody; None where the file has no such line.
    """

    index: int
    proof: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def encode(self) -> bytes:
        """The file's bytes."""
        extra = [] if self.extra is None else [f"extra {to_base64(self.extra)}"]
        lines = [PROOF_HEADER, *extra, f"index {self.index}", *map(to_base64, self.proof)]
        return "".join(f"{line}\n" for line in lines).encode() + b"\n" + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> "ProofFile":
        """The proof in a file; ProofFileError for any other bytes. Checks no signature and no hash."""
        head, blank, checkpoint = data[: 2 * MAX_NOTE].partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise ProofFileError("the lines of the proof are not ASCII") from error
        if lines.pop(0) != PROOF_HEADER:
            raise ProofFileError(f"the first line is not {PROOF_HEADER}")
        if not blank:
            raise ProofFileError("no checkpoint follows the proof")
        try:
            extra = (
                from_base64(_word_after("extra ", lines)) if lines[:1] and lines[0][:6] == "extra " else None
            )
            index = from_decimal(_word_after("index ", lines))
            proof = tuple(map(from_base64, lines))
        except ValueError as error:
            raise ProofFileError(f"a line of the proof is {error}") from error
        if len(proof) > _MAX_HASHES or any(len(one) != HASH_SIZE for one in proof):
            raise ProofFileError("an inclusion proof is at most 63 hashes of 32 bytes")
        return cls(index, proof, checkpoint, extra)

    def verify(self, leaf_hash: bytes, origin: str, verifiers: Iterable[Verifier]) -> Checkpoint:
        """Check that the log's key vouches for the checkpoint and that the leaf is in it at `index`.

        Gives the checkpoint. CheckpointError or ProofError otherwise.
        """
        checkpoint = open_checkpoint(self.checkpoint, origin, verifiers)
        verify_inclusion(self.index, checkpoint.size, leaf_hash, self.proof, checkpoint.root)
        return checkpoint


def _word_after(key: str, lines: list[str]) -> str:
    """Takes the next line away and gives what stands after its key."""
    line = lines.pop(0) if lines else ""
    if not line.startswith(key):
        raise ValueError(f"not '{key}…' where it should be")
    return line.removeprefix(key)
