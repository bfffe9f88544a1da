"""An installation of real processes that is watched over, and struck dead at will."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tongban.cli.installation import CHECKOUT
from tongban.cli.postgres import Server

BACK_WITHIN = 60.0


class House:
    """Database, web server and worker on a data folder and a port of their own; every write is durable."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, _free_port()
        self.database = Server(var / "postgres")
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Start everything, with the packs of the checkout loaded."""
        self.database.start()
        self.command("migrate")
        self.command("packs", "load", str(CHECKOUT / "packs"))
        self.mend()

    def mend(self) -> None:
        """Start again what is dead."""
        if self.database.pid is None:
            self.database.stop()
            self.database.start()
        for name in ("serve", "worker"):
            child = self._children.get(name)
            if child is None or child.poll() is not None:
                self._children[name] = self._started(name)

    def close(self) -> None:
        """End everything and leave no file behind."""
        for name in self._children:
            self._kill_group(name)
        self.database.remove()

    def kill_web(self) -> None:
        self._kill_group("serve")

    def kill_worker(self) -> None:
        self._kill_group("worker")

    def kill_a_web_process(self, chance: random.Random) -> None:
        """One of the processes that answer; the web server itself must replace it."""
        self._kill_one_of(psutil.Process(self._children["serve"].pid).children(), chance)

    def kill_database(self) -> None:
        """The postmaster; its children see it and end."""
        if self.database.pid is not None:
            postmaster = psutil.Process(self.database.pid)
            postmaster.kill()
            postmaster.wait(10)

    def kill_a_backend(self, chance: random.Random) -> None:
        """One process that works for a connection or for the server, which then restarts from its log."""
        if self.database.pid is not None:
            self._kill_one_of(psutil.Process(self.database.pid).children(), chance)

    def kill_everything(self) -> None:
        self.kill_web()
        self.kill_database()
        self.kill_worker()

    def command(self, *words: str, again_after: int | None = None) -> str:
        """What a `tongban` command prints; it must end well, at last where it may end with `again_after`."""
        return self.python("-m", "tongban.cli", *words, again_after=again_after)

    def python(self, *words: str, again_after: int | None = None) -> str:
        """What a Python of this installation prints; it must end well, at last within a minute."""
        until = time.monotonic() + BACK_WITHIN
        while True:
            done = subprocess.run(
                [sys.executable, *words], env=self._environment(), capture_output=True, text=True, check=False
            )
            if done.returncode != again_after or time.monotonic() > until:
                break
        assert done.returncode == 0, f"{words[:4]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def said(self, name: str) -> str:
        """The end of what a process wrote, for whoever must find out why a test failed."""
        return (self.var / f"{name}.log").read_text(errors="replace")[-3000:]

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        words = [name, "--port", str(self.port)] if name == "serve" else [name]
        with (self.var / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tongban.cli", *words],
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.database.url,
            "TONGBAN_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "tongban.site.settings",
            "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)]),
        }

    def _kill_group(self, name: str) -> None:
        child = self._children[name]
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(10)

    @staticmethod
    def _kill_one_of(found: Sequence[psutil.Process], chance: random.Random) -> None:
        with suppress(psutil.NoSuchProcess):
            chance.choice(found).kill()


@contextmanager
def house() -> Iterator[House]:
    """A house that stands, and is gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="tongban-survival-"))
    # The account of the database must pass through.
    place.chmod(0o711)
    (place / "var").mkdir()
    built = House(place / "var")
    try:
        built.open()
        yield built
    finally:
        built.close()
        shutil.rmtree(place)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
