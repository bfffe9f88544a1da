"""Noting: what officers write down for each other, sealed with the case."""

from datetime import datetime

from tongban.cases.commands.change import Acted, changing
from tongban.cases.rules import noting
from tongban.cases.rules.messages import worded
from tongban.kernel.access import Deed, Viewer
from tongban.kernel.ids import Version


def note(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> Acted:
    """Write a note, by whoever has the case or a leader. The applicant is not told of it."""
    with changing(number, at=at, seen=seen) as change:
        who = change.officer(by, Deed.WRITE_NOTE)
        digest = change.seal("note", worded(text, "note"))
        change.record(noting.note(change.state, by=who, at=at, text=digest))
        return change.acted
