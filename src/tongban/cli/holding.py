"""A whole installation held by one command: alone in its folder, watched, and stopped in order."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tongban.cli.failure import Failure
from tongban.cli.postgres import Server
from tongban.cli.supervisor import Child, last_line

HOST = "127.0.0.1"
ANSWER_WITHIN = 90.0


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """End as by Ctrl-C on a polite signal, once; while things are stopped, a second one changes nothing."""

    def stop(number: int, frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)
    try:
        yield
    except KeyboardInterrupt:
        print("\ntongban: stopped", file=sys.stderr)


@contextmanager
def alone_in(var: Path) -> Iterator[None]:
    """Hold the data folder; the system lets go of it when this process dies."""
    (var / "run").mkdir(parents=True, exist_ok=True)
    with (var / "run" / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"an installation already runs on {var}: choose another with VAR=…") from None
        yield


def refuse_taken_port(port: int) -> None:
    """Failure where somebody listens on this port already, or nobody may."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise Failure(f"port {port} cannot be had ({error}): choose another with PORT=…") from None


def done(*step: str) -> str:
    """Run another of our commands to its end and give its words; Failure with its last word when it fails."""
    ended = subprocess.run(command(step), capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        if os.environ.get("TONGBAN_DEBUG") == "1":
            print(ended.stderr, file=sys.stderr)
        lines = [line.removeprefix("tongban: ") for line in ended.stderr.split("\n") if line.strip()]
        raise Failure(f"{step[0]}: {lines[-1] if lines else f'ended with {ended.returncode}'}")
    return ended.stdout


def child(name: str, arguments: Sequence[str], var: Path, stack: ExitStack) -> Child:
    """Another of our commands, not started yet, that is stopped with this one."""
    found = Child(name, command(arguments), var)
    stack.callback(found.stop)
    return found


def command(arguments: Sequence[str]) -> list[str]:
    """Another of our commands, as a program to start."""
    return [sys.executable, "-m", "tongban.cli", *arguments]


def wait_for_first_page(address: str, children: Sequence[Child]) -> None:
    """Return when a page is given; Failure when it is none, or too long in coming."""
    until = time.monotonic() + ANSWER_WITHIN
    while time.monotonic() < until:
        for each in children:
            each.keep_running()
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except urllib.error.HTTPError as error:
            raise Failure(f"the first page answers {error.code}: {last_line(children[-1].log)}") from None
        except OSError:
            time.sleep(0.05)
    raise Failure(f"no page after {ANSWER_WITHIN:.0f} s: {last_line(children[-1].log)} ({children[-1].log})")


def watch(children: Sequence[Child], server: Server | None) -> None:
    """Keep everything running until told to stop."""
    while True:
        time.sleep(0.2)
        if server is not None and server.pid is None:
            print("tongban: the database had ended and is started again", file=sys.stderr)
            server.stop()
            server.start()
        for each in children:
            each.keep_running()
