"""The check of a log: its signature, its history, its entries, every tile above them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tongban.cli.ledger import memory
from tongban.cli.ledger.errors import CannotCheck, Fault
from tongban.cli.ledger.memory import Keys, Memory
from tongban.cli.ledger.report import Report
from tongban.cli.ledger.source import NotThere, Source
from tongban.engine.tlog import (
    HASH_SIZE,
    TILE_WIDTH,
    Checkpoint,
    CheckpointError,
    ProofError,
    Tile,
    Tree,
    leaf_hash,
    open_checkpoint,
    prove_consistency,
    verify_consistency,
    width_of,
)
from tongban.engine.tlog.spelling import to_base64

_SMALL_FILE = 100_000
_BUNDLES_AT_ONCE = 16


class Audit:
    """One run: `open`, then read all `entries`, then `conclude`; `remember` when all was good."""

    def __init__(self, source: Source, state: Path, given: Keys | None) -> None:
        self.source = source
        self._state = state
        self._given = given
        self._memory = memory.load(state)
        self.keys: Keys
        self.note: bytes
        self.checkpoint: Checkpoint

    def open(self, report: Report) -> None:
        """Settle the keys, read the checkpoint, see that it continues the one remembered."""
        self.keys = self._settled_keys(report)
        if self._memory and self._memory.keys.origin != self.keys.origin:
            other = self._memory.keys.origin
            raise CannotCheck(f"{self._state} remembers the log {other}; name another file with --state")
        self.note = self._needed("checkpoint")
        try:
            self.checkpoint = open_checkpoint(self.note, self.keys.origin, self.keys.log)
        except CheckpointError as error:
            trusted = "--key" if self._given else f"keys pinned in {self._state}"
            raise Fault(f"checkpoint: {error} (trusted: {trusted})") from error
        report.tell_checkpoint(self.checkpoint)
        if self._memory:
            self.must_continue(self._memory.checkpoint, self._memory.note)

    def must_continue(self, earlier: Checkpoint, note: bytes) -> None:
        """Fault, with both checkpoints as evidence, unless the log began as this earlier one of it says."""
        evidence = (f"earlier:\n{note.decode()}", f"now:\n{self.note.decode()}")
        size = self.checkpoint.size
        if size < earlier.size:
            raise Fault(f"the log shrank from {earlier.size} leaves to {size}", *evidence)
        if size == earlier.size and self.checkpoint.root != earlier.root:
            raise Fault(f"the log forked: two roots are signed for {size} leaves", *evidence)
        proof = prove_consistency(earlier.size, size, self.source.hashes)
        try:
            verify_consistency(earlier.size, size, proof, earlier.root, self.checkpoint.root)
        except ProofError as error:
            if Tree.restore(size, self.source.hashes).root() != self.checkpoint.root:
                raise Fault("the tiles served do not give the signed root") from error
            says = f"the log forked: its {size} leaves do not begin with the {earlier.size} of before"
            raise Fault(says, *evidence) from error

    def entries(self, *, whole: bool) -> Iterator[tuple[int, bytes]]:
        """The new entries with their indexes, or the whole log's, each checked before it is given."""
        known = self._memory.tree if self._memory else Tree()
        self._tree = Tree() if whole else known.copy()
        self._begun = self._tree.size
        bundles = range(self._begun // TILE_WIDTH, -(-self.checkpoint.size // TILE_WIDTH))
        for at in range(0, len(bundles), _BUNDLES_AT_ONCE):
            indexes = bundles[at : at + _BUNDLES_AT_ONCE]
            read = self.source.bundles(
                [(index, width_of(0, index, self.checkpoint.size)) for index in indexes]
            )
            tiles: list[Tile] = []
            for index, entries in zip(indexes, read, strict=True):
                tiles += self._grow(index * TILE_WIDTH, entries)
            self._compare(tiles)
            for index, entries in zip(indexes, read, strict=True):
                start = index * TILE_WIDTH
                yield from (
                    (start + nth, entry) for nth, entry in enumerate(entries) if start + nth >= self._begun
                )

    def conclude(self, report: Report) -> None:
        """See that the right edge and the root are what the entries make."""
        self._compare(self._tree.edge)
        if self._tree.root() != self.checkpoint.root:
            raise Fault(f"the {self.checkpoint.size} entries served do not give the signed root")
        report.tell_log_is_good(self._begun, self.checkpoint.size)

    def remember(self) -> None:
        """Keep this checkpoint for the next run."""
        memory.save(self._state, Memory(self.keys, self.note, self.checkpoint, self._tree))

    def _settled_keys(self, report: Report) -> Keys:
        if self._given:
            return self._given
        if self._memory:
            return self._memory.keys
        keys = memory.keys_served(self._needed("keys"))
        report.tell_pinned(keys, self._state)
        return keys

    def _needed(self, path: str) -> bytes:
        try:
            return self.source.file(path, _SMALL_FILE)
        except NotThere as error:
            raise CannotCheck(f"{self.source.host} serves no ledger/{path}") from error

    def _grow(self, start: int, entries: Sequence[bytes]) -> list[Tile]:
        """Add one bundle's entries to the tree; gives the tiles that are now full."""
        hashes = [leaf_hash(entry) for entry in entries]
        old = self._tree.size - start
        if old and b"".join(hashes[:old]) != self._tree.edge[0].data:
            raise Fault(f"an entry from {start} to {start + old - 1} is not what it was at the last check")
        return [tile for tile in self._tree.append(hashes[old:]) if tile.width == TILE_WIDTH]

    def _compare(self, tiles: Sequence[Tile]) -> None:
        """Fault unless the log serves exactly these tiles."""
        for tile, served in zip(tiles, self.source.served(tiles), strict=True):
            if served != tile.data:
                nth = _first_difference(served, tile.data)
                below = f"entry {tile.index * TILE_WIDTH + nth}" if tile.level == 0 else "the tiles below"
                raise Fault(
                    f"{tile.path}: hash {nth}, {to_base64(served[nth * 32 :][:32])}, is not that of {below}"
                )


def _first_difference(one: bytes, other: bytes) -> int:
    return next(
        at // HASH_SIZE
        for at in range(0, len(one), HASH_SIZE)
        if one[at : at + HASH_SIZE] != other[at : at + HASH_SIZE]
    )
