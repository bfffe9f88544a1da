"""`tongban figures`: how it stands with all cases, told from their events by plain SQL."""

import argparse
import json
from datetime import datetime
from typing import Any

from tongban.cli.installation import wake_installation

COLUMNS = (
    *("received", "open", "waiting", "with_applicant", "stopped", "green", "yellow", "soon", "red"),
    *(
        "granted",
        "refused",
        "ended_otherwise",
        "returned_once",
        "accepted_by_silence",
        "extended",
        "decided_late",
        "overtakings",
    ),
)
SOON = 3
"""Working days; the page's own measure of what is due soon, told here anew."""


def add_to(subparsers: Any) -> None:
    """Register `figures [--body CODE] [--region CODE]`."""
    parser = subparsers.add_parser(
        "figures",
        description="One JSON line an item, and one of all: what came, what is open and late, what was "
        "decided, counted from the events alone. What pages show must agree with it.",
    )
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--body", metavar="CODE", help="only of the body with this unified social credit code")
    whose.add_argument("--region", metavar="PREFIX", default="", help="only of regions that begin so: 510104")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Count and print."""
    wake_installation()
    from tongban.kernel.clock import now

    rows = told_by_events(args.body, None if args.body else args.region, at=now())
    for item, *counts in rows:
        print(json.dumps({"item": item, **dict(zip(COLUMNS, counts, strict=True))}))
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)] or [0] * len(COLUMNS)
    print(json.dumps({"item": None, **dict(zip(COLUMNS, sums, strict=True))}))


def told_by_events(body: str | None, region: str | None, *, at: datetime) -> list[tuple[Any, ...]]:
    """Item and `COLUMNS`, the most open first: of a body, or of the regions whose codes begin so."""
    from tongban.engine.calendar import legal_day, workdays_after
    from tongban.kernel.calendars import calendar_in_force
    from tongban.kernel.sql import load
    from tongban.kernel.sql import run as ask

    soon_by = workdays_after(calendar_in_force(), legal_day(at), SOON).last
    return ask(load("tongban.cli", "figures"), (body, region, legal_day(at), soon_by))
