"""`tongban demo-data`: have everybody of the demonstration, and say who may sign in."""

import argparse
from typing import Any

from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `demo-data`."""
    parser = subparsers.add_parser(
        "demo-data",
        description="Have the invented people, enterprises and officers of the demonstration, and say who "
        "may sign in. A second call changes nothing.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Have everybody."""
    wake_installation()
    from tongban.demo.api import populate
    from tongban.kernel.clock import now

    print(populate(now()))
