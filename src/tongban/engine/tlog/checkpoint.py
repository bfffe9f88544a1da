"""C2SP tlog-checkpoint: the signed word of a log about its size and root."""

from collections.abc import Iterable
from dataclasses import dataclass

from tongban.engine.tlog.hashing import HASH_SIZE
from tongban.engine.tlog.notes import NoteError, Signer, Verifier, open_note, sign_note
from tongban.engine.tlog.spelling import from_base64, from_decimal, to_base64


class CheckpointError(Exception):
    """The text is not a checkpoint, is of another log, or is not signed as it should be."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log `origin` has `size` leaves and this 32-byte root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The note text, line by line: origin, size, base64 root, extension lines."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The checkpoint a note text says; CheckpointError for any other text."""
        if not text.endswith("\n"):
            raise CheckpointError("a checkpoint ends in a newline")
        lines = text[:-1].split("\n")
        if len(lines) < 3 or "" in lines:
            raise CheckpointError("a checkpoint has three lines or more, none of them empty")
        try:
            size, root = from_decimal(lines[1]), from_base64(lines[2])
        except ValueError as error:
            raise CheckpointError(f"the checkpoint's size or root is {error}") from error
        if len(root) != HASH_SIZE:
            raise CheckpointError(f"a root has {HASH_SIZE} bytes, not {len(root)}")
        return cls(lines[0], size, root, tuple(lines[3:]))


def sign_checkpoint(checkpoint: Checkpoint, *signers: Signer) -> bytes:
    """The checkpoint as a signed note; CheckpointError when its own text could not be read back."""
    text = checkpoint.text()
    if Checkpoint.parse(text) != checkpoint:
        raise CheckpointError("an origin or extension line holds a line break")
    return sign_note(text, *signers)


def open_checkpoint(note: bytes, origin: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """The checkpoint in a note for which one of the log's keys vouches.

    CheckpointError when the note is malformed, unsigned by these keys, or speaks of another origin.
    """
    try:
        text = open_note(note, verifiers).text
    except NoteError as error:
        raise CheckpointError(str(error)) from error
    checkpoint = Checkpoint.parse(text)
    if checkpoint.origin != origin:
        raise CheckpointError(f"the checkpoint is of {checkpoint.origin!r}, not of {origin!r}")
    return checkpoint
