"""What sealed events of certificates were, for whoever tells people of them; nothing that is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.kernel.ids import EventId, PersonKey
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a certificate: its kind, when, of which certificate, held by whom and founded by whom."""

    event: EventId
    kind: str
    at: datetime
    number: str
    type_name: str
    holder: PersonKey
    founder: PersonKey | None
    by_officer: bool


def happened(events: Sequence[EventId]) -> list[Happened]:
    """What these events were, in the order in which they happened. One statement."""
    return [
        Happened(
            event=EventId(id),
            kind=kind,
            at=at,
            number=f"{serial}-{edition:03d}",
            type_name=type_name,
            holder=PersonKey(bytes(holder)),
            founder=PersonKey(bytes(founder)) if founder else None,
            by_officer=by_officer,
        )
        for id, kind, at, serial, edition, type_name, holder, founder, by_officer in run(
            load("tongban.certificates", "happened"), (list(events),)
        )
    ]
