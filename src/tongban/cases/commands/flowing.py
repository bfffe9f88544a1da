"""The flow of a case: its tasks beside the legal acts are done, its timers go off, its drawing changes."""

from datetime import datetime

from tongban.cases.commands.change import Acted, Change, changing
from tongban.cases.rules import flowing, redrawing, review
from tongban.cases.rules.acting import told
from tongban.cases.rules.law import law_of
from tongban.cases.rules.life import LIFE_OF_FLOWS as LIFE_OF_FLOWS
from tongban.cases.rules.messages import worded
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Deed, Viewer
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import Version


def complete_task(  # noqa: PLR0913 - an act of the case names all it needs
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    task: str,
    outcome: str = "",
    text: str = "",
) -> Acted:
    """A task of the flow that is no legal act is done; what the officer writes of it is sealed.

    The last one after the delivery completes the case. A task that asks another body is done so only where
    nobody could answer, and says why.
    """
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        digest = change.seal("finding", worded(text, "finding")) if text.strip() else None
        done = flowing.Done(task, outcome, digest)
        change.record(flowing.complete(change.state, acting, change.writing.facts, done, change.can_answer))
        change.record(review.complete(change.state, at=at, law=change.law))
        return change.acted


def change_flow(  # noqa: PLR0913 - an act of the case names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, version: int, text: str
) -> Acted:
    """The case goes on along the drawing of another version; its law and form stay as they were."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.ASSIGN)
        item = catalogue.item_version(change.state.head.item, change.state.head.item_version)
        followed = catalogue.item_version(change.state.head.item, version)
        digest = change.seal("reason", told(text, "reason"))
        to = law_of(item, calendar_in_force(), followed)
        drawn = followed.process
        lacks = redrawing.unanswered(drawn, followed.form, item.form) if drawn else []
        change.record(redrawing.change(change.state, acting, to=to, text=digest, lacks=lacks))
        return change.acted


def fire_timers(change: Change) -> bool:
    """Every timer of the flow that is due goes off, the longest due first; whether any did."""
    fired = False
    while (event := flowing.fire(change.state, change.law, change.writing.facts, at=change.at)) is not None:
        change.record(event)
        fired = True
    if fired:
        change.record(review.complete(change.state, at=change.at, law=change.law))
    return fired
