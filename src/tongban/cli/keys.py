"""`tongban keys rotate`: another master key; `tongban keys rewrap`: everything kept hangs on the newest."""

import argparse
from typing import Any

from tongban.cli.failure import Failure
from tongban.cli.installation import data_folder, wake_installation


def add_to(subparsers: Any) -> None:
    """Register `keys rotate|rewrap`."""
    parser = subparsers.add_parser("keys", description="The key ring of this installation.")
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", required=True)
    rotate = verbs.add_parser("rotate", help="add a master key and make it the current one")
    rotate.set_defaults(run=run_rotate)
    rewrap = verbs.add_parser("rewrap", help="wrap every kept key anew under the current master key")
    rewrap.set_defaults(run=run_rewrap)


def run_rotate(args: argparse.Namespace) -> None:
    """Add a master key; running processes take it up within a second, and the old keys still open."""
    from tongban.kernel.keys import made, rotate

    if not made(data_folder()):
        raise Failure(f"no key ring in {data_folder() / 'keys'}: bring the folder back from its backup")
    print(rotate(data_folder()))


def run_rewrap(args: argparse.Namespace) -> None:
    """Wrap anew what older masters wrapped; may be stopped and run again, beside a running installation."""
    wake_installation()
    from tongban.administration import api as administration

    found = administration.rewrap_at_once()
    print(", ".join(f"{told.done} {code}" for code, told in found.items()))
    if left := {code: told.failed for code, told in found.items() if told.failed}:
        said = ", ".join(f"{number} {code}" for code, number in left.items())
        raise Failure(f"could not be opened with this ring, and stay as they are: {said}")
