"""`tongban keys rotate`: another master key, for everything sealed from now on."""

import argparse
from typing import Any

from tongban.cli.installation import data_folder


def add_to(subparsers: Any) -> None:
    """Register `keys rotate`."""
    parser = subparsers.add_parser("keys", description="The key ring of this installation.")
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", required=True)
    rotate = verbs.add_parser("rotate", help="add a master key and make it the current one")
    rotate.set_defaults(run=run_rotate)


def run_rotate(args: argparse.Namespace) -> None:
    """Add a master key; running processes take it up within a second, and the old keys still open."""
    from tongban.kernel.keys import rotate

    print(rotate(data_folder()))
