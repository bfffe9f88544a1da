"""`tongban demo-data`, `tongban demo-past`: who lives in the demonstration, and what they lived through."""

import argparse
from typing import Any

from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `demo-data` and `demo-past`."""
    data = subparsers.add_parser(
        "demo-data",
        description="Have the invented people, enterprises and officers of the demonstration, and say who "
        "may sign in. A second call changes nothing.",
    )
    data.set_defaults(run=run)
    past = subparsers.add_parser(
        "demo-past",
        description="Live through the half year before now by the real commands, on a database without cases "
        "and while nobody else is at work. Prints each day when it begins.",
    )
    past.add_argument("--cases", type=int, default=3000, help="how many applications (default %(default)s)")
    past.add_argument("--seed", type=int, default=1, help="the same seed gives the same city")
    past.set_defaults(run=run_past)


def run(args: argparse.Namespace) -> None:
    """Have everybody."""
    wake_installation()
    from tongban.demo.api import populate
    from tongban.kernel.clock import now

    print(populate(now()))


def run_past(args: argparse.Namespace) -> None:
    """Live through it."""
    wake_installation()
    from tongban.demo.api import live
    from tongban.kernel.clock import now

    for day in live(now(), cases=args.cases, seed=args.seed):
        print(day.isoformat(), flush=True)
