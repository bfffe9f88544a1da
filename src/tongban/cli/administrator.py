"""`tongban administrator`: the first two administrators of an installation."""

import argparse
from typing import Any

from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `administrator NUMBER NAME BODY`."""
    parser = subparsers.add_parser(
        "administrator",
        description="Have an administrator at a body and print the first password, this once. For the first "
        "two of an installation: whoever comes after is appointed by them.",
    )
    parser.add_argument("number", metavar="NUMBER", help="the staff number, by which they sign in")
    parser.add_argument("name", metavar="NAME", help="their name")
    parser.add_argument("body", metavar="BODY", help="the unified social credit code of their body")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Print the password, alone on its line."""
    wake_installation()
    from tongban.administration import api as administration
    from tongban.kernel.clock import now
    from tongban.kernel.ids import BodyCode

    print(administration.found_administrator(args.number, args.name, BodyCode(args.body), at=now()).password)
