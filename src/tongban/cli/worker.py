"""`tongban worker`: seal the public log, let timers act, do the jobs."""

import argparse
import signal
import threading
from typing import Any

from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `worker`."""
    parser = subparsers.add_parser(
        "worker",
        description="Seal the public log, let timers act and do the jobs, until told to stop. "
        "Several may run on one database.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Work until a polite signal."""
    wake_installation()
    from django.db import connection

    from tongban.site.worker import work

    connection.close()

    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, frame: stop.set())
    work(stop)
