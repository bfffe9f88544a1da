"""Neighbours of notices: one small fake of each, and news as wiring would bring it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid4

from tongban.kernel.access import Viewer
from tongban.kernel.ids import AccountId, EventId, PersonKey
from tongban.notices.api import About, Letter, News, Readers
from tongban.notices.rules.delivery import AddressRefused

NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)
_events = count(int(uuid4().int >> 70))


def a_person() -> Viewer:
    """Somebody signed in."""
    return Viewer(AccountId(uuid4()), PersonKey(uuid4().bytes * 2))


def key_of(viewer: Viewer) -> PersonKey:
    """By which a reader is known."""
    assert viewer.person is not None
    return viewer.person


def news(whose: PersonKey, name: str = "cases.accepted", **changes: object) -> News:
    """Something that happened just now."""
    about = About.CERTIFICATE if name.startswith("certificates.") else About.CASE
    told: dict[str, object] = {
        "event": EventId(next(_events)),
        "name": name,
        "at": NOON,
        "whose": whose,
        "about": about,
        "number": "510104-20260309-0000001-7",
        "item": "食品经营许可",
        "by_office": True,
        "days": {
            "promised": date(2026, 3, 20),
            "correct": date(2026, 3, 16),
            "correct_warn": date(2026, 3, 13),
        },
    }
    return News(**(told | changes))  # type: ignore[arg-type]


@dataclass(slots=True)
class AbovesFake:
    """The contexts above: news by event, and who reads of whose affairs."""

    told: dict[EventId, News] = field(default_factory=dict)
    readers_of: dict[PersonKey, list[PersonKey]] = field(default_factory=dict)
    agents: dict[PersonKey, list[PersonKey]] = field(default_factory=dict)
    correcting: dict[EventId, News] = field(default_factory=dict)

    def news(self, events: Sequence[EventId], /) -> list[News]:
        return [self.told[one] for one in events if one in self.told]

    def readers(self, whose: Collection[PersonKey], at: datetime, /) -> Mapping[PersonKey, Readers]:
        return {one: Readers(self.readers_of.get(one, [one]), self.agents.get(one, ())) for one in whose}

    def still_awaited(self, event: EventId, /) -> News | None:
        return self.correcting.get(event)

    def happens(self, *news: News) -> list[EventId]:
        self.told |= {one.event: one for one in news}
        return [one.event for one in news]


@dataclass(slots=True)
class Post:
    """A channel that can be out of order, and that refuses some addresses."""

    out_of_order: bool = False
    refuses: int = 0
    sent: list[tuple[str, Letter]] = field(default_factory=list)
    addresses: dict[PersonKey, str] = field(default_factory=dict)

    def send(self, address: str, letter: Letter, /) -> None:
        if self.out_of_order:
            raise ConnectionRefusedError("the post is closed")
        if self.refuses:
            raise AddressRefused(self.refuses)
        self.sent.append((address, letter))

    def address_of(self, person: PersonKey, /) -> str | None:
        return self.addresses.get(person)


def link_in(letter: Letter) -> str:
    """The first address in a letter."""
    found = re.search(r"https?://\S+", letter.text)
    assert found is not None
    return found[0]
