"""What sealed events were, for whoever tells people of them: names and days, and nothing that is sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import orjson

from tongban.cases.models.stored import event_in
from tongban.cases.rules.evolve import restored
from tongban.kernel.ids import EventId, PersonKey
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a case: its kind, when, in which case of whom, and the days that it fixed, by name.

    Deadlines stand in `days` under their own names, the first yellow day of each as `<name>_warn`.
    """

    event: EventId
    kind: str
    at: datetime
    number: str
    item_name: str
    applicant: PersonKey
    filed_by: PersonKey
    by_officer: bool
    by_rule: bool
    days: Mapping[str, date]


def happened(events: Sequence[EventId]) -> list[Happened]:
    """What these events were, in the order of their ids; ids that no event has are left out. One
    statement.
    """
    return [_happened(*row) for row in run(load("tongban.cases", "happened"), (list(events),))]


def still_awaited(event: EventId) -> Happened | None:
    """The event that asked something of the applicant, with its days as they are now; None once that is over.

    One statement.
    """
    for *row, facts in run(load("tongban.cases", "still_awaited"), (event,)):
        asked = _happened(*row)
        name = "supply" if asked.kind == "accepted-tolerantly" else "correct"
        due = restored(orjson.loads(facts)).due(name)
        return replace(asked, days={name: due.day, f"{name}_warn": due.warn} if due else {})
    return None


def _happened(*row: Any) -> Happened:
    id, kind, body, number, item_name, applicant, filed_by = row
    told: dict[str, Any] = orjson.loads(body)["event"]
    event = event_in(kind, body)
    return Happened(
        event=EventId(id),
        kind=kind,
        at=event.at,
        number=number,
        item_name=item_name,
        applicant=PersonKey(bytes(applicant)),
        filed_by=PersonKey(bytes(filed_by)),
        by_officer=event.by is not None,
        by_rule="rule" in told,
        days=_days(told),
    )


def _days(told: Mapping[str, Any]) -> dict[str, date]:
    days = {}
    for name, deadline in told.get("deadlines", {}).items():
        days[name] = date.fromisoformat(deadline["due"][:10])
        days[f"{name}_warn"] = date.fromisoformat(deadline["warn"])
    for name in ("told_until", "until"):
        if name in told:
            days[name] = date.fromisoformat(told[name])
    return days
