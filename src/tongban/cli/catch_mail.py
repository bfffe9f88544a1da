"""`tongban catch-mail`: take a demonstration's mail in, on this machine alone, and keep it."""

import argparse
import itertools
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tongban.cli.installation import data_folder

HOST: Final = "127.0.0.1"
MOST: Final = 200
"""Letters that are kept; older ones are deleted."""
LARGEST: Final = 100_000
"""Bytes of a letter; ours have two thousand."""

_NAME: Final = "{:010d}.eml"


def add_to(subparsers: Any) -> None:
    """Register `catch-mail --port`."""
    parser = subparsers.add_parser(
        "catch-mail",
        description="Be the mail server of a demonstration: take in what it sends, keep the newest "
        "letters in the data folder, pass nothing on. `tongban demo` starts it.",
    )
    parser.add_argument("--port", type=int, required=True, help="on 127.0.0.1")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Catch mail until told to stop."""
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, frame: stop.set())
    with caught(data_folder() / "mail", args.port):
        stop.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def caught(folder: Path, port: int) -> Iterator[None]:
    """A mail server on this machine that keeps letters in a folder, as long as the context lasts."""
    # Only here: every other command begins without it.
    from aiosmtpd.controller import Controller

    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(_Keeper(folder), hostname=HOST, port=port, data_size_limit=LARGEST)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


class _Keeper:
    """Keeps each letter in a file of its own, numbered in the order of their coming."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        numbers = [int(file.stem) for file in folder.glob("*.eml")]
        self._numbers = itertools.count(max(numbers, default=0) + 1)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a letter, and let go of the oldest."""
        draft = self._folder / "draft"
        draft.write_bytes(envelope.content)
        # Whoever looks meanwhile never sees half a letter.
        draft.rename(self._folder / _NAME.format(next(self._numbers)))
        for old in sorted(self._folder.glob("*.eml"))[:-MOST]:
            old.unlink()
        return "250 kept"
