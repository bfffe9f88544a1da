"""A small log on disk, a plain HTTP server for it on 127.0.0.1, and a resident who checks it."""

import argparse
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tongban.cli import ledger
from tongban.engine.tlog import (
    TILE_WIDTH,
    Checkpoint,
    Leaf,
    ProofFile,
    Receipt,
    Signer,
    Tree,
    commitment_of,
    extend_bundles,
    leaf_hash,
    prove_inclusion,
    sign_checkpoint,
)
from tongban.engine.tlog.tiles import bundle_path, tile_path

ORIGIN = "tongban.example/ledger"
LOG_KEY = Signer(ORIGIN, b"l" * 32)
RECEIPT_KEY = Signer(f"{ORIGIN}/receipt", b"r" * 32)

GOOD, FAULT, CANNOT_CHECK = 0, 1, 2


def leaf(kind: str, case: int, *, queue: str = "q", reason: str | None = None) -> bytes:
    """A leaf of the case with this number, at one fixed minute."""
    return Leaf(
        kind, queue, "2026-11-21T02:05Z", f"{case:032x}", commitment_of(b"", b"%d" % case), reason
    ).encode()


LEAVES = [leaf("arrived", case) for case in range(700)]


def receipt_of(case: int, *, queue: str = "q", time: str = "2026-11-21T02:05:59Z") -> Receipt:
    """The receipt that belongs to `leaf("arrived", case)`."""
    return Receipt(ORIGIN, f"no-{case}", f"{case:032x}", time, queue, commitment_of(b"", b"%d" % case))


class ServedLog:
    """Writes tiles, bundles, checkpoint and keys as an installation does, one checkpoint an `add`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "ledger"
        self.tree = Tree()
        self.write("keys", f"{LOG_KEY.verifier}\n{RECEIPT_KEY.verifier}\n".encode())
        self.sign()

    def add(self, *entries: bytes) -> None:
        size, edge = self.tree.size, b""
        if size % TILE_WIDTH:
            edge = self.path(bundle_path(size // TILE_WIDTH, size % TILE_WIDTH)).read_bytes()
        for bundle in extend_bundles(size, edge, entries):
            self.write(bundle.path, bundle.data)
        for tile in self.tree.append([leaf_hash(entry) for entry in entries]):
            self.write(tile.path, tile.data)
        self.sign()

    def sign(self, key: Signer = LOG_KEY) -> None:
        self.write("checkpoint", sign_checkpoint(Checkpoint(ORIGIN, self.tree.size, self.tree.root()), key))

    def proof_of(self, index: int) -> bytes:
        """The tlog-proof of an entry under the present checkpoint."""
        proof = prove_inclusion(index, self.tree.size, self.read_tile)
        return ProofFile(index, tuple(proof), self.path("checkpoint").read_bytes()).encode()

    def read_tile(self, level: int, index: int, width: int) -> bytes:
        return self.path(tile_path(level, index, width)).read_bytes()

    def path(self, path: str) -> Path:
        return self.folder / path

    def write(self, path: str, data: bytes) -> None:
        self.path(path).parent.mkdir(parents=True, exist_ok=True)
        self.path(path).write_bytes(data)

    def change(self, path: str, old: bytes, new: bytes) -> None:
        """Put other bytes where `old` stands in a file."""
        data = self.path(path).read_bytes()
        assert old in data
        self.write(path, data.replace(old, new, 1))


def log_of(root: Path, entries: Sequence[bytes]) -> ServedLog:
    log = ServedLog(root)
    log.add(*entries)
    return log


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one packet, or each answer waits for the other side's delayed acknowledgement.
    wbufsize = -1

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(root: Path, handler: type[SimpleHTTPRequestHandler] = _Quiet) -> Iterator[str]:
    """The address under which the folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class City:
    """A served log of 700 arrivals, and a resident who checks it with one state file."""

    log: ServedLog
    url: str
    state: Path
    screen: pytest.CaptureFixture[str]

    def verify(self, *more: str) -> tuple[int, str]:
        return self._run("verify", *more)

    def fairness(self, *more: str) -> tuple[int, str]:
        return self._run("fairness", *more)

    def _run(self, act: str, *more: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        ledger.add_to(parser.add_subparsers())
        args = parser.parse_args(["ledger", act, "--url", self.url, "--state", str(self.state), *more])
        code = args.run(args)
        return code, "".join(self.screen.readouterr())

    def receipt(self, name: str, data: bytes) -> str:
        path = self.log.root.parent / name
        path.write_bytes(data)
        return str(path)


def fault_in(said: str) -> str:
    """The one fault that was told."""
    (line,) = [line for line in said.split("\n") if line.startswith("FAULT: ")]
    return line.removeprefix("FAULT: ")
