"""What is remembered between runs: the pinned keys, and the last checkpoint that was found good."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongban.cli.ledger.errors import CannotCheck, Fault
from tongban.engine.tlog import (
    Checkpoint,
    CheckpointError,
    NoteError,
    TileError,
    Tree,
    Verifier,
    open_checkpoint,
)
from tongban.engine.tlog.spelling import from_base64, to_base64

RECEIPT_NAME = "/receipt"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that are trusted: the log's, all of one name, the origin; and the receipts'."""

    log: tuple[Verifier, ...]
    receipt: tuple[Verifier, ...]

    @property
    def origin(self) -> str:
        return self.log[0].name

    @property
    def all(self) -> tuple[Verifier, ...]:
        return self.log + self.receipt


@dataclass(frozen=True, slots=True)
class Memory:
    """The state file: trusted keys, the last good checkpoint as it was signed, the tree at that size."""

    keys: Keys
    note: bytes
    checkpoint: Checkpoint
    tree: Tree


def default_path(host: str) -> Path:
    """Where the state of this host and port lies when nothing else is said."""
    return Path.home() / ".local/state/tongban" / f"{host.replace(':', '_')}.json"


def keys_of(vkeys: Iterable[str]) -> Keys:
    """Keys sorted by their names; NoteError when one is malformed or the names do not belong together."""
    parsed = [Verifier.parse(vkey) for vkey in vkeys]
    receipt = tuple(key for key in parsed if key.name.endswith(RECEIPT_NAME))
    log = tuple(key for key in parsed if key not in receipt)
    if len({key.name for key in log}) != 1:
        raise NoteError("there must be a log's key, and one log only")
    if any(key.name != log[0].name + RECEIPT_NAME for key in receipt):
        raise NoteError(f"the receipt key does not belong to {log[0].name}")
    return Keys(log, receipt)


def keys_given(vkeys: Sequence[str]) -> Keys | None:
    """The keys of the command line; None when it names none."""
    try:
        return keys_of(vkeys) if vkeys else None
    except NoteError as error:
        raise CannotCheck(f"--key: {error}") from error


def keys_served(text: bytes) -> Keys:
    """The keys that the installation publishes, one vkey a line."""
    try:
        return keys_of(text.decode().split("\n")[:-1])
    except (NoteError, UnicodeDecodeError) as error:
        raise Fault(f"keys: {error}") from error


def load(path: Path) -> Memory | None:
    """What the state file remembers; None when there is none yet, CannotCheck when it is damaged."""
    try:
        return _remembered(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotCheck(f"{path}: {error.strerror}") from error
    except (KeyError, TypeError, ValueError, AttributeError, NoteError, CheckpointError, TileError) as error:
        raise CannotCheck(f"{path} is damaged ({error}); move it away to begin anew") from error


def save(path: Path, memory: Memory) -> None:
    """Replace the state file in one step, readable by its owner alone."""
    said = {
        "keys": [str(key) for key in memory.keys.all],
        "checkpoint": memory.note.decode(),
        "edge": {str(tile.level): to_base64(tile.data) for tile in memory.tree.edge},
    }
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(fresh, "w", opener=_private) as file:
            json.dump(said, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise CannotCheck(f"{path}: {error.strerror}") from error


def _remembered(said: dict[str, Any]) -> Memory:
    keys = keys_of(said["keys"])
    note = said["checkpoint"].encode()
    checkpoint = open_checkpoint(note, keys.origin, keys.log)
    edge = {int(level): from_base64(hashes) for level, hashes in said["edge"].items()}
    tree = Tree.restore(checkpoint.size, lambda level, index, width: edge[level])
    if tree.root() != checkpoint.root:
        raise ValueError("its hashes do not give the root")
    return Memory(keys, note, checkpoint, tree)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
