"""`tongban ledger verify` and `tongban ledger fairness`: the public log checked from outside.

Needs the standard library, `cryptography` and our engine only, so that a copy of these folders runs on
any machine: `python -m tongban.cli ledger verify --url https://…`.
Owns: reading a served log (source), what is remembered between runs (memory), the checks (audit,
receipts), what is printed (report).
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tongban.cli.ledger.audit import Audit
from tongban.cli.ledger.errors import CannotCheck, Fault
from tongban.cli.ledger.memory import default_path, keys_given
from tongban.cli.ledger.receipts import HeldReceipt, check_receipts, read_receipts
from tongban.cli.ledger.report import Report
from tongban.cli.ledger.source import Source
from tongban.engine.fairness import replay

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

EXIT_CANNOT_CHECK = 2


def add_to(subparsers: "Subcommands") -> "Subcommands":
    """Register `ledger` with its two commands; gives its own subcommands, for whoever has more to add.

    Each sets `run`: called with the parsed arguments it prints and gives the exit code: 0 good,
    1 a fault found, 2 cannot check.
    """
    ledger = subparsers.add_parser("ledger", help="check the public ledger from outside")
    acts = ledger.add_subparsers(dest="act", required=True, metavar="COMMAND")
    verify = acts.add_parser("verify", help="check checkpoint, tiles, entries, history and receipts")
    _add_common_to(verify)
    verify.add_argument(
        "--receipt",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a receipt to check; repeats",
    )
    verify.set_defaults(run=lambda args: _run(args, _verify))
    fairness = acts.add_parser("fairness", help="check the log, then list who was served ahead of whom")
    _add_common_to(fairness)
    fairness.set_defaults(run=lambda args: _run(args, _fairness))
    return acts


def _add_common_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", required=True, help="where the installation answers, without /ledger")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="VKEY",
        help="trust this key, not the pinned ones; repeats",
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="what is remembered between runs (default: ~/.local/state/tongban/<host>.json)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _run(args: argparse.Namespace, check: Callable[[Audit, argparse.Namespace, Report], None]) -> int:
    report = Report()
    try:
        with Source(args.url) as source:
            audit = Audit(source, args.state or default_path(source.host), keys_given(args.key))
            try:
                check(audit, args, report)
            except Fault as fault:
                report.fault(str(fault), fault.evidence)
    except CannotCheck as error:
        print(f"cannot check: {error}", file=sys.stderr)
        return EXIT_CANNOT_CHECK
    report.print(as_json=args.json)
    return report.exit_code


def _verify(audit: Audit, args: argparse.Namespace, report: Report) -> None:
    files = {path: _content_of(path) for path in args.receipt}
    report.data["receipts"] = []
    audit.open(report)
    receipts = read_receipts(files, audit.keys.receipt, report)
    _check_log(audit, receipts, report)
    check_receipts(receipts, audit, report)
    audit.remember()


def _check_log(audit: Audit, receipts: list[HeldReceipt], report: Report) -> None:
    """Read what is new; read all of it when the arrival of a receipt must be looked for."""
    sought = [held for held in receipts if held.proof is None]
    for index, entry in audit.entries(whole=bool(sought)):
        for held in sought:
            held.look_at(index, entry)
    audit.conclude(report)


def _fairness(audit: Audit, args: argparse.Namespace, report: Report) -> None:
    audit.open(report)
    fairness = replay(audit.entries(whole=True))
    audit.conclude(report)
    audit.remember()
    report.tell_fairness(fairness)


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotCheck(f"{path}: {error.strerror}") from error
