"""An installation of its own for a benchmark: a durable database, web server and worker, gone afterwards."""

import os
import shutil
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from tongban.cli.installation import wake_django
from tongban.cli.postgres import Server
from tongban.cli.supervisor import Child

ANSWER_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds so far, by who spent them."""

    web: float
    worker: float
    postgres: float

    def __sub__(self, earlier: "Spent") -> "Spent":
        return Spent(self.web - earlier.web, self.worker - earlier.worker, self.postgres - earlier.postgres)


@dataclass(slots=True)
class Installation:
    """What runs, and where: `serving` starts the web server, `working` the worker."""

    var: Path
    server: Server
    port: int
    web: Child
    worker: Child

    @property
    def url(self) -> str:
        """The address of the application's database."""
        return self.server.url

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The web server answers within the block."""
        self.web.start()
        try:
            self._wait_until_ready()
            yield
        finally:
            self.web.stop()

    @contextmanager
    def working(self) -> Iterator[None]:
        """The worker seals, sweeps and does jobs within the block."""
        self.worker.start()
        try:
            yield
        finally:
            self.worker.stop()

    def house_keeping(self) -> None:
        """What autovacuum and a checkpoint do in time, done before anything is measured."""
        with psycopg.connect(self.url, autocommit=True) as owner:
            owner.execute("vacuum (analyze)")
        with psycopg.connect(self.server.superuser_url, autocommit=True) as keeper:
            keeper.execute("checkpoint")

    def spent(self) -> Spent:
        """Processor seconds of every process, the ended children of each included."""
        return Spent(_seconds(_pid(self.web)), _seconds(_pid(self.worker)), _seconds(self.server.pid))

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + ANSWER_WITHIN
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=10).close()
                return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)


@contextmanager
def installation() -> Iterator[Installation]:
    """A migrated installation in a folder of its own; Django is awake on it in this process."""
    with ExitStack() as stack:
        var = Path(tempfile.mkdtemp(prefix="tongban-bench-"))
        stack.callback(shutil.rmtree, var)
        # The database's account must pass through; what it may read stands below, closed.
        var.chmod(0o711)
        for name in ("run", "static"):
            (var / name).mkdir()
        server = Server(var / "postgres")
        stack.callback(server.remove)
        server.start()
        os.environ |= {"TONGBAN_VAR": str(var), "DATABASE_URL": server.url}
        wake_django()
        from django.core.management import call_command
        from django.db import connection

        stack.callback(connection.close)
        call_command("migrate", interactive=False, verbosity=0)
        port = _free_port()
        yield Installation(
            var=var,
            server=server,
            port=port,
            web=Child("web", [sys.executable, "-m", "tongban.cli", "serve", "--port", str(port)], var),
            worker=Child("worker", [sys.executable, "-m", "tongban.cli", "worker"], var),
        )


def _pid(child: Child) -> int | None:
    note = child.var / "run" / f"{child.name}.pid"
    return int(note.read_text()) if note.exists() else None


def _seconds(pid: int | None) -> float:
    """User and system seconds of a process, of its children, and of those it has outlived."""
    if pid is None:
        return 0.0
    parent = psutil.Process(pid)
    total = sum(parent.cpu_times()[:4])
    for child in parent.children(recursive=True):
        try:
            total += sum(child.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return total


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
