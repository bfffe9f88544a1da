"""`tongban serve`: the web server, as it was measured to be fastest (docs/decisions/0001-stack.md)."""

import argparse
import os
from typing import Any

from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `serve [--host] [--port] [--workers]`."""
    parser = subparsers.add_parser("serve", description="Answer requests: the pages and the API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument(
        "--port", type=int, default=os.environ.get("PORT", "8000"), help="default: PORT, or 8000"
    )
    parser.add_argument(
        "--workers", type=int, default=min(2, os.cpu_count() or 1), help="processes (default %(default)s)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Serve until told to stop."""
    wake_installation()
    from django.db import connection
    from granian.constants import Interfaces
    from granian.server import Server

    from tongban.site.static import collect

    collect()
    # Processes of the server must not share the connection that asked for the ring.
    connection.close()
    Server(
        "tongban.site.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        # Four threads a process keep the processor busy while commits wait; each holds one connection.
        blocking_threads=4,
        websockets=False,
        respawn_failed_workers=True,
        # A worker told to end while it still starts would miss that, and be waited for without end.
        workers_kill_timeout=3,
    ).serve()
