"""`tongban demo-past`: live through the last half year of the demonstration."""

import argparse
from typing import Any

from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `demo-past [--cases N] [--seed N]`."""
    parser = subparsers.add_parser(
        "demo-past",
        description="Live through the half year before now by the real commands, while nobody else is at "
        "work. Prints each day when it begins. Where there are cases already it changes nothing.",
    )
    parser.add_argument("--cases", type=int, default=3000, help="how many applications (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same city")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Live through it, leaving a note of the day it has come to for the pages to show."""
    wake_installation()
    from django.conf import settings

    from tongban.demo.api import has_past, live
    from tongban.kernel.clock import now

    for day in () if has_past() else live(now(), cases=args.cases, seed=args.seed):
        settings.BEING_MADE.write_text(day.isoformat())
        print(day.isoformat(), flush=True)
    settings.BEING_MADE.unlink(missing_ok=True)
