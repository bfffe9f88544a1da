"""`tongban token create|list|revoke`: bearer tokens for the API, told once."""

import argparse
from datetime import datetime
from typing import Any
from uuid import UUID

from tongban.cli.failure import Failure
from tongban.cli.installation import wake_installation


def add_to(subparsers: Any) -> None:
    """Register `token create`, `token list` and `token revoke`."""
    parser = subparsers.add_parser("token", description="Bearer tokens for the API.")
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", required=True)
    create = verbs.add_parser("create", help="make a token and print it, this once")
    create.add_argument("--officer", metavar="NAME", help="an officer, by sign-in name or id")
    create.add_argument("--resident", metavar="NAME", help="a resident, by sign-in name")
    create.add_argument(
        "--enterprise",
        metavar="CODE",
        help="an enterprise, by unified social credit code; --resident says by whom, where several may",
    )
    create.add_argument("--days", type=_days, default=90, help="how long it is valid (1 to 366, normally 90)")
    create.set_defaults(run=run_create)
    verbs.add_parser("list", help="show all tokens, but for the secret").set_defaults(run=run_list)
    revoke = verbs.add_parser("revoke", help="make a token worthless at once")
    revoke.add_argument("id", type=_uuid, help="its id, as `tongban token list` shows it")
    revoke.set_defaults(run=run_revoke)


def run_create(args: argparse.Namespace) -> None:
    """Print a fresh token, alone on its line."""
    if (args.officer is None) == (args.resident is None and args.enterprise is None):
        raise Failure("say whose token it is: --officer NAME, --resident NAME or --enterprise CODE")
    wake_installation()
    from tongban.identity import api as identity
    from tongban.kernel.clock import now

    at = now()
    acting_for = None
    if args.officer is not None:
        account = _account_of_officer(args.officer)
    elif args.enterprise is None:
        account = identity.account_named(args.resident, identity.AccountKind.RESIDENT)
    else:
        acting_for = identity.enterprise(args.enterprise).key
        account = _holder(acting_for, args.resident, at)
    print(identity.create_token(account, at=at, acting_for=acting_for, days=args.days))


def run_list(args: argparse.Namespace) -> None:
    """One line a token: id, whose kind, enterprise, made, ends, state; tabs between."""
    wake_installation()
    from tongban.identity import api as identity
    from tongban.kernel.clock import now

    for row in identity.tokens(now()):
        made, ends = (moment.strftime("%Y-%m-%d") for moment in (row.created_at, row.expires_at))
        print(row.id, row.kind, row.enterprise or "-", made, ends, row.state, sep="\t")


def run_revoke(args: argparse.Namespace) -> None:
    """End a token now."""
    wake_installation()
    from tongban.identity import api as identity
    from tongban.kernel.clock import now

    identity.revoke_token(args.id, at=now())


def _account_of_officer(asked: str) -> Any:
    from tongban.identity import api as identity
    from tongban.kernel.ids import OfficerId

    try:
        return identity.account_of_officer(OfficerId(UUID(asked)))
    except ValueError:
        return identity.account_named(asked, identity.AccountKind.OFFICER)


def _holder(enterprise: Any, resident: str | None, at: datetime) -> Any:
    """The account that acts for the enterprise: the one named, or the only one there is."""
    from tongban.engine.calendar import legal_day
    from tongban.identity import api as identity

    if resident is not None:
        return identity.account_named(resident, identity.AccountKind.RESIDENT)
    holders = identity.holders_of(enterprise, legal_day(at))
    if len(holders) != 1:
        raise Failure(f"{len(holders)} persons may act for this enterprise; name one with --resident NAME")
    return holders[0]


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 366:
        raise argparse.ArgumentTypeError("days are a number from 1 to 366")
    return int(text)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError("this is not the id of a token") from fault
