"""`tongban demo`: a whole installation from one command, for a first look."""

import argparse
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
from typing import Any

from tongban.cli.catch_mail import free_port
from tongban.cli.failure import Failure
from tongban.cli.installation import data_folder, packs_folder
from tongban.cli.postgres import Server
from tongban.cli.supervisor import Child, begin_run, last_line

HOST = "127.0.0.1"
ANSWER_WITHIN = 90.0


def add_to(subparsers: Any) -> None:
    """Register `demo [--port]`."""
    parser = subparsers.add_parser(
        "demo",
        description="Start database, pages and worker with a demonstration city; Ctrl-C stops everything. "
        "PORT chooses the port, TONGBAN_VAR the data folder, DATABASE_URL a database of your own.",
    )
    parser.add_argument(
        "--port", type=int, default=os.environ.get("PORT", "8000"), help="default: PORT, or 8000"
    )
    parser.add_argument(
        "--cases", type=int, default=3000, help="in the half year that is lived through (default %(default)s)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Start everything, say where it is, watch it until told to stop, and stop it in order."""
    var = data_folder()
    with ExitStack() as stack:
        stack.enter_context(_stopped_by_signals())
        stack.enter_context(_alone_in(var))
        if ended := begin_run(var):
            print(f"tongban: ended {ended} processes that an earlier run had left behind", file=sys.stderr)
        _refuse_taken_port(args.port)
        address = f"http://{HOST}:{args.port}"
        os.environ |= {"TONGBAN_VAR": str(var), "PORT": str(args.port), "TONGBAN_DEMO": "1"}
        os.environ.setdefault("TONGBAN_ADDRESS", address)
        post = _post_office(var, stack)
        _forget_broken_past(var)
        server = _database(var, stack)
        _done("migrate")
        # Stopped in reverse: the web first, so that nobody is told yes by a house that closes.
        worker, web = _child("worker", ["worker"], var, stack), _child("web", ["serve"], var, stack)
        # The first page is got ready while the demonstration is loaded.
        web.start()
        _done("packs", "load", str(packs_folder()))
        who = _done("demo-data")
        _wait_for_first_page(f"{address}/", [web])
        print(f"\n通办 Tongban: {address}/\n\n{who}", flush=True)
        if _being_made(var).exists():
            _live_through(args.cases, web, var)
        # Beside the past being lived through, a worker would end turns in it by the clock of today.
        for each in (worker, *post):
            each.start()
        print(f"Data in {var}. Ctrl-C stops everything.", flush=True)
        _watch([worker, web, *post], server)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
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
def _alone_in(var: Path) -> Iterator[None]:
    """Hold the data folder; the system lets go of it when this process dies."""
    (var / "run").mkdir(parents=True, exist_ok=True)
    with (var / "run" / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"a demonstration already runs on {var}: choose another with VAR=…") from None
        yield


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise Failure(f"port {port} cannot be had ({error}): choose another with PORT=…") from None


def _being_made(var: Path) -> Path:
    """There from the first start until its past is made; as in `site.settings`."""
    return var / "being-made"


def _forget_broken_past(var: Path) -> None:
    """Begin anew where the making of the past was broken off: nobody but itself acted in that city."""
    if _being_made(var).exists():
        if os.environ.get("DATABASE_URL"):
            raise Failure(
                "the making of this demonstration was broken off: give it an empty database, and remove "
                f"{_being_made(var)}"
            )
        Server(var / "postgres").remove()
    elif not (var / "demo-password").exists():
        _being_made(var).touch()


def _live_through(cases: int, web: Child, var: Path) -> None:
    """Have the past made, and say now and then which day it has come to."""
    print("\nPages can be read; the last half year is being lived through: a minute or two.", flush=True)
    command, log = _command(["demo-past", "--cases", str(cases)]), var / "log" / "demo-past.log"
    with log.open("ab") as faults:
        living = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=faults, text=True)
    try:
        assert living.stdout is not None
        for nth, day in enumerate(living.stdout):
            web.keep_running()
            if nth % 30 == 0:
                print(f"  {day.strip()}", flush=True)
    finally:
        # Told to stop, it need not come to its end: the next start begins anew.
        living.terminate()
        living.wait()
    if _being_made(var).exists():
        raise Failure(f"{last_line(log).removeprefix('tongban: ')} ({log})")


def _database(var: Path, stack: ExitStack) -> Server | None:
    """Start the embedded database, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        return None
    server = stack.enter_context(Server(var / "postgres"))
    os.environ["DATABASE_URL"] = server.url
    return server


def _post_office(var: Path, stack: ExitStack) -> list[Child]:
    """What catches the mail of this demonstration; nothing where TONGBAN_SMTP_HOST names a server."""
    if os.environ.get("TONGBAN_SMTP_HOST"):
        return []
    port = str(free_port())
    os.environ |= {"TONGBAN_SMTP_HOST": HOST, "TONGBAN_SMTP_PORT": port, "TONGBAN_SMTP_STARTTLS": "0"}
    return [_child("mail", ["catch-mail", "--port", port], var, stack)]


def _done(*step: str) -> str:
    """Run another of our commands to its end and give its words; Failure with its last word when it fails."""
    done = subprocess.run(_command(step), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        if os.environ.get("TONGBAN_DEBUG") == "1":
            print(done.stderr, file=sys.stderr)
        lines = [line.removeprefix("tongban: ") for line in done.stderr.split("\n") if line.strip()]
        raise Failure(f"{step[0]}: {lines[-1] if lines else f'ended with {done.returncode}'}")
    return done.stdout


def _child(name: str, arguments: Sequence[str], var: Path, stack: ExitStack) -> Child:
    child = Child(name, _command(arguments), var)
    stack.callback(child.stop)
    return child


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "tongban.cli", *arguments]


def _wait_for_first_page(address: str, children: Sequence[Child]) -> None:
    until = time.monotonic() + ANSWER_WITHIN
    while time.monotonic() < until:
        for child in children:
            child.keep_running()
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except urllib.error.HTTPError as error:
            raise Failure(f"the first page answers {error.code}: {last_line(children[-1].log)}") from None
        except OSError:
            time.sleep(0.05)
    raise Failure(f"no page after {ANSWER_WITHIN:.0f} s: {last_line(children[-1].log)} ({children[-1].log})")


def _watch(children: Sequence[Child], server: Server | None) -> None:
    while True:
        time.sleep(0.2)
        if server is not None and server.pid is None:
            print("tongban: the database had ended and is started again", file=sys.stderr)
            server.stop()
            server.start()
        for child in children:
            child.keep_running()
