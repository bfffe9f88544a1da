"""`tongban demo`: a whole installation from one command, for a first look."""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tongban.cli.catch_mail import free_port
from tongban.cli.failure import Failure
from tongban.cli.holding import (
    HOST,
    alone_in,
    child,
    command,
    done,
    refuse_taken_port,
    stopped_by_signals,
    wait_for_first_page,
    watch,
)
from tongban.cli.installation import data_folder, packs_folder
from tongban.cli.postgres import Server
from tongban.cli.supervisor import Child, begin_run, last_line


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
        stack.enter_context(stopped_by_signals())
        stack.enter_context(alone_in(var))
        if ended := begin_run(var):
            print(f"tongban: ended {ended} processes that an earlier run had left behind", file=sys.stderr)
        refuse_taken_port(args.port)
        address = f"http://{HOST}:{args.port}"
        os.environ |= {"TONGBAN_VAR": str(var), "PORT": str(args.port), "TONGBAN_DEMO": "1"}
        os.environ.setdefault("TONGBAN_ADDRESS", address)
        post = _post_office(var, stack)
        _forget_broken_past(var)
        server = _database(var, stack)
        done("migrate")
        # Stopped in reverse: the web first, so that nobody is told yes by a house that closes.
        worker, web = child("worker", ["worker"], var, stack), child("web", ["serve"], var, stack)
        # The first page is got ready while the demonstration is loaded.
        web.start()
        done("packs", "load", str(packs_folder()))
        who = done("demo-data")
        wait_for_first_page(f"{address}/", [web])
        print(f"\n通办 Tongban: {address}/\n\n{who}", flush=True)
        if _being_made(var).exists():
            _live_through(args.cases, web, var)
        # Beside the past being lived through, a worker would end turns in it by the clock of today.
        for each in (worker, *post):
            each.start()
        print(f"Data in {var}. Ctrl-C stops everything.", flush=True)
        watch([worker, web, *post], server)


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
    past, log = command(["demo-past", "--cases", str(cases)]), var / "log" / "demo-past.log"
    with log.open("ab") as faults:
        living = subprocess.Popen(past, stdout=subprocess.PIPE, stderr=faults, text=True)
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
    return [child("mail", ["catch-mail", "--port", port], var, stack)]
