"""`tongban demo-data`: fill the demonstration and say who may sign in."""

import argparse
from typing import Any

from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `demo-data`."""
    parser = subparsers.add_parser(
        "demo-data",
        description="Fill the demonstration with invented people, officers and cases, and say who may sign "
        "in. A second call changes nothing.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Build what is missing."""
    wake_installation()
    from tongban.demo.api import build
    from tongban.kernel.clock import now

    print(build(now()))
