"""Reading a log over HTTP: bounded in size and time, from one host only, several files at once."""

import threading
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from tongban.cli.ledger.errors import CannotCheck, Fault
from tongban.engine.tlog.hashing import HASH_SIZE
from tongban.engine.tlog.tiles import (
    MAX_BUNDLE,
    TILE_WIDTH,
    Tile,
    TileError,
    bundle_path,
    tile_path,
    unpack_entries,
)

SILENCE_SECONDS = 10
FILE_SECONDS = 60
READERS = 8

_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class NotThere(Exception):
    """The host answers that it has no such file."""


class Source:
    """The files below `<url>/ledger/`. Faults of the log raise Fault, of the network CannotCheck."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            self._port = parts.port
        except ValueError as error:
            raise CannotCheck(f"{url}: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise CannotCheck(f"{url} is not an http or https address")
        self.host = parts.netloc.rpartition("@")[2]
        self._name = parts.hostname
        self._connection = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._prefix = f"{parts.path.rstrip('/')}/ledger/"
        self._local = threading.local()
        self._opened: list[HTTPConnection] = []
        self._readers = ThreadPoolExecutor(READERS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._readers.shutdown(cancel_futures=True)
        for connection in self._opened:
            connection.close()

    def file(self, path: str, limit: int) -> bytes:
        """A file of at most `limit` bytes; NotThere when the host says that it has none."""
        deadline = monotonic() + FILE_SECONDS
        try:
            return self._read(path, limit, deadline)
        except (OSError, HTTPException, UnicodeError, zlib.error) as error:
            self._hang_up()
            raise CannotCheck(f"{self.host}{self._prefix}{path}: {error or type(error).__name__}") from error

    def hashes(self, level: int, index: int, width: int) -> bytes:
        """The first `width` hashes of a tile: a ReadTile for proofs and for restoring a tree."""
        full = TILE_WIDTH * HASH_SIZE
        try:
            data = self.file(tile_path(level, index, width), full)
        except NotThere:
            data = self._instead_of_partial(tile_path(level, index), width, full)[: width * HASH_SIZE]
        if len(data) != width * HASH_SIZE:
            raise Fault(f"{tile_path(level, index, width)} has {len(data)} bytes, not {width * HASH_SIZE}")
        return data

    def bundle(self, index: int, width: int) -> list[bytes]:
        """The first `width` entries of a bundle."""
        path = bundle_path(index, width)
        try:
            try:
                return unpack_entries(self.file(path, MAX_BUNDLE), width)
            except NotThere:
                data = self._instead_of_partial(bundle_path(index), width, MAX_BUNDLE)
                return unpack_entries(data, TILE_WIDTH)[:width]
        except TileError as error:
            raise Fault(f"{path}: {error}") from error

    def bundles(self, wanted: Sequence[tuple[int, int]]) -> list[list[bytes]]:
        """Bundles by (index, width), read side by side."""
        return list(self._readers.map(lambda one: self.bundle(*one), wanted))

    def served(self, tiles: Sequence[Tile]) -> list[bytes]:
        """What the log serves where these tiles lie, read side by side."""
        return list(self._readers.map(lambda one: self.hashes(one.level, one.index, one.width), tiles))

    def _instead_of_partial(self, path: str, width: int, limit: int) -> bytes:
        """The full file: a log may drop a partial one as soon as the full one is there."""
        try:
            if width < TILE_WIDTH:
                return self.file(path, limit)
        except NotThere:
            pass
        raise Fault(f"the log does not serve {path}, nor {width} hashes or entries of it")

    def _read(self, path: str, limit: int, deadline: float) -> bytes:
        response = self._answer(path)
        if response.status in (404, 410):
            self._hang_up()
            raise NotThere(path)
        if response.status != 200:
            self._hang_up()
            # A redirect is not followed: the log is checked where it was said to be.
            raise CannotCheck(f"{self.host}{self._prefix}{path} answers with status {response.status}")
        unzip = zlib.decompressobj(_GZIP) if response.headers["Content-Encoding"] == "gzip" else None
        data = bytearray()
        while piece := response.read1(_PIECE):
            data += unzip.decompress(piece, limit + 1) if unzip else piece
            if len(data) > limit:
                self._hang_up()
                raise Fault(f"{path} has more than the {limit} bytes that its format allows")
            if monotonic() > deadline:
                raise TimeoutError(f"not read within {FILE_SECONDS} s")
        response.close()
        return bytes(data)

    def _answer(self, path: str) -> HTTPResponse:
        """The response's head, on a connection of this thread's own that is used again."""
        held: HTTPConnection | None = getattr(self._local, "connection", None)
        if held is not None:
            try:
                return self._ask(held, path)
            except (ConnectionError, HTTPException):
                # The host may close a connection it has kept; a new one tells whether it is gone.
                self._hang_up()
        fresh = self._connection(self._name, self._port, timeout=SILENCE_SECONDS)
        self._local.connection = fresh
        self._opened.append(fresh)
        return self._ask(fresh, path)

    def _ask(self, connection: HTTPConnection, path: str) -> HTTPResponse:
        connection.request("GET", self._prefix + path, headers={"Accept-Encoding": "gzip, identity"})
        return connection.getresponse()

    def _hang_up(self) -> None:
        if connection := getattr(self._local, "connection", None):
            connection.close()
            self._local.connection = None
