"""A throw-away server for tests: fast, forgetful, gone afterwards, even when its run was killed."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongban.cli.failure import Failure
from tongban.cli.postgres.server import Server

PREFIX = "tongban-test-"
# A younger folder may belong to a run that has not taken its lock yet.
LEFT_AFTER_SECONDS = 60.0


@contextmanager
def temporary_server() -> Iterator[Server]:
    """A running server in a folder of its own; what killed runs left behind is removed first."""
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    # The server's account must pass through; what it may read stands below, closed.
    folder.chmod(0o711)
    server = Server(folder / "postgres", durable=False)
    try:
        server.start()
        yield server
    finally:
        server.remove()
        folder.rmdir()


def _remove_leftovers() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        found = folder.stat()
        if found.st_uid != os.geteuid() or time.time() - found.st_mtime < LEFT_AFTER_SECONDS:
            continue
        try:
            Server(folder / "postgres").remove()
            folder.rmdir()
        except (Failure, OSError):
            # Another run still uses it, or another removes it at this moment.
            continue
