"""`tongban exercise`: let officers practise, on a database, a key ring, a log and a clock of their own."""

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tongban.cli.failure import Failure
from tongban.cli.holding import (
    HOST,
    alone_in,
    child,
    done,
    refuse_taken_port,
    stopped_by_signals,
    wait_for_first_page,
    watch,
)
from tongban.cli.installation import data_folder
from tongban.cli.postgres import Server
from tongban.cli.supervisor import begin_run

SETTINGS = "tongban.learning.settings"
MARK = "exercise"
"""The file without which those settings are refused; as in `learning.settings`."""

OF_REAL_ONES = ("TONGBAN_ORIGIN", "TONGBAN_PACKS", "TONGBAN_DEMO", "TONGBAN_CLOCK_SHIFT", "TONGBAN_SMTP_HOST")
"""What of a real installation's environment an exercise must not take over."""


def add_to(subparsers: Any) -> None:
    """Register `exercise [--host] [--port]`."""
    parser = subparsers.add_parser(
        "exercise",
        description="Start database and pages with ten cases to practise on; Ctrl-C stops everything. All of "
        "it lives in the folder `exercise` of TONGBAN_VAR and can be deleted with it.",
    )
    parser.add_argument(
        "--port", type=int, default=os.environ.get("PORT", "8000"), help="default: PORT, or 8000"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Start everything, say who may sign in, watch it until told to stop.

    No worker: time stands still until a learner moves it, and what follows from an act follows at once.
    """
    if os.environ.get("DATABASE_URL"):
        raise Failure("an exercise has a database of its own: leave DATABASE_URL unset")
    var = data_folder() / "exercise"
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals())
        stack.enter_context(alone_in(var))
        if ended := begin_run(var):
            print(f"tongban: ended {ended} processes that an earlier run had left behind", file=sys.stderr)
        refuse_taken_port(args.port)
        address = f"http://{HOST}:{args.port}"
        _settle(var, args.port, address)
        server = stack.enter_context(Server(var / "postgres"))
        os.environ["DATABASE_URL"] = server.url
        done("migrate")
        web = child("web", ["serve"], var, stack)
        web.start()
        who = done("exercise-data")
        wait_for_first_page(f"{address}/health/live", [web])
        print(f"\n通办练习: {address}/exercise\n\n{who}\nData in {var}. Ctrl-C stops everything.", flush=True)
        watch([web], server)


def _settle(var: Path, port: int, address: str) -> None:
    """The environment of everything that this command starts."""
    for name in OF_REAL_ONES:
        os.environ.pop(name, None)
    (var / MARK).touch()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "TONGBAN_VAR": str(var),
        "TONGBAN_ADDRESS": address,
        "PORT": str(port),
    }
