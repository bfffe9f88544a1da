"""`tongban clock`: ask a legal clock from the command line."""

import argparse
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, get_args

from tongban.cli.failure import Failure
from tongban.cli.installation import packs_folder
from tongban.engine.calendar import SHANGHAI, CalendarError, Clock, Span, Unit, days_of
from tongban.kernel.calendars import CalendarFileError, calendar_folder, load_calendar


def add_to(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Register the command `clock`."""
    clock = subparsers.add_parser("clock", help="when a legal period is over, and why")
    questions = clock.add_subparsers(dest="question", required=True, metavar="QUESTION")
    due = questions.add_parser(
        "due",
        help="the last day of a period, as JSON",
        description="The last day of a period that runs from a start, with stops taken out, as JSON.",
    )
    due.add_argument(
        "--start", required=True, metavar="DAY", help="day 0: 2026-02-09; for hours 2026-02-09T10:30"
    )
    due.add_argument("--limit", required=True, type=_a_limit, metavar="N", help="how many units")
    due.add_argument("--unit", required=True, choices=get_args(Unit), help="what is counted")
    due.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar="FROM..TO",
        help="a stop: the days after FROM up to TO do not count; may be given again",
    )
    due.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the answer as JSON; Failure says in one line why there is none."""
    try:
        print(json.dumps(_due(args), ensure_ascii=False))
    except (CalendarError, CalendarFileError) as wrong:
        raise Failure(str(wrong)) from wrong
    return 0


def _due(args: argparse.Namespace) -> dict[str, Any]:
    calendar = load_calendar(calendar_folder(packs_folder()))
    read = _instant if args.unit == "hour" else _day
    stops = tuple(_pause(text, _day_or_instant if args.unit == "hour" else _day) for text in args.pause)
    clock = Clock(args.limit, read(args.start), stops, args.unit)
    deadline = clock.due(calendar)
    return {
        "due": (deadline.at or deadline.due).isoformat(),
        "provisional": deadline.provisional,
        "excluded": deadline.excluded,
        "days": [{"day": mark.day.isoformat(), "kind": mark.kind} for mark in days_of(clock, calendar)],
    }


def _pause(text: str, read: Callable[[str], date]) -> Span:
    start, dots, end = text.partition("..")
    if not (start and dots and end):
        raise Failure(f"a pause is written FROM..TO, for example 2026-02-12..2026-02-25, not {text!r}")
    return Span(read(start), read(end))


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise Failure(f"not a day of the form 2026-02-09: {text!r}") from None


def _instant(text: str) -> datetime:
    try:
        if "T" not in text:
            raise ValueError
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Failure(f"hours start at a time of the form 2026-02-09T10:30: {text!r}") from None
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def _day_or_instant(text: str) -> date:
    return _instant(text) if "T" in text else _day(text)


def _a_limit(text: str) -> int:
    if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        raise argparse.ArgumentTypeError(f"not a whole number: {text!r}")
    return int(text)
