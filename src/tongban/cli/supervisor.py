"""Children that are started, watched, restarted and ended, and never left behind for long."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tongban.cli.failure import Failure

# Every process of one run, children of children included, carries the run's random id in its environment.
RUN = "TONGBAN_RUN"
END_WITHIN = 15.0
LARGEST_LOG = 10_000_000
# A child that ends this often, each time before it can be called healthy, is not helped by one start more.
FAILURES_ALLOWED = 5
HEALTHY_AFTER = 60.0


@dataclass(slots=True)
class Child:
    """One program that must run as long as the installation does."""

    name: str
    command: Sequence[str]
    var: Path
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _failures: int = 0
    _restart_at: float = field(default=0.0)

    @property
    def log(self) -> Path:
        """Where everything it says is kept."""
        return self.var / "log" / f"{self.name}.log"

    def start(self) -> None:
        """Start it out of reach of the terminal's Ctrl-C, so that the end comes in our order; note its id."""
        self._end_group()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._started = time.monotonic()
        (self.var / "run" / f"{self.name}.pid").write_text(f"{self._process.pid}\n")

    def keep_running(self) -> None:
        """Restart it, a little later each time, when it has ended; Failure when that does not help."""
        if self._process is None or self._process.poll() is None:
            return
        now = time.monotonic()
        if not self._restart_at:
            self._failures = 1 if now - self._started > HEALTHY_AFTER else self._failures + 1
            if self._failures >= FAILURES_ALLOWED:
                raise Failure(
                    f"{self.name} ended {self._failures} times in a row: {last_line(self.log)} ({self.log})"
                )
            self._restart_at = now + 0.25 * 2**self._failures
        elif now >= self._restart_at:
            self._restart_at = 0.0
            print(f"tongban: {self.name} had ended and is started again", file=sys.stderr)
            self.start()

    def stop(self) -> None:
        """Ask it to end; end what is left of it by force."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            print(f"tongban: {self.name} does not end by itself and is ended by force", file=sys.stderr)
        self._end_group()
        self._process.wait()
        (self.var / "run" / f"{self.name}.pid").unlink(missing_ok=True)
        self._process = None

    def _end_group(self) -> None:
        """End what a dead or stubborn process has left of its own children; they may still hold the port."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def begin_run(var: Path) -> int:
    """End what an earlier run of this data folder left behind and begin a new one; give how many were ended.

    Call it only while holding the lock of the data folder.
    """
    note = var / "run" / "id"
    ended = _end_run(note.read_text()) if note.exists() else 0
    os.environ[RUN] = secrets.token_hex(16)
    draft = note.with_suffix(".new")
    draft.write_text(os.environ[RUN])
    # Noted before any child carries it, so that no child is ever without a note.
    draft.rename(note)
    return ended


def last_line(log: Path) -> str:
    """The last line that is not empty."""
    lines = [line.strip() for line in log.read_text(errors="replace").split("\n") if line.strip()]
    return lines[-1] if lines else "it said nothing"


def _end_run(run: str) -> int:
    """End every process of a run, gently and then by force; give how many there were."""
    found = _processes_of(run)
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    until = time.monotonic() + END_WITHIN
    # Looked for anew each time: a zombie that nobody collects bears no environment and is waited for in vain.
    while (left := _processes_of(run)) and time.monotonic() < until:
        time.sleep(0.05)
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    return len(found)


def _processes_of(run: str) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _carries(process, run)]


def _carries(process: psutil.Process, run: str) -> bool:
    try:
        return bool(run) and process.pid != os.getpid() and process.environ().get(RUN) == run
    except psutil.Error:
        return False
