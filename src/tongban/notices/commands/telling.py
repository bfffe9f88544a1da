"""Telling: sealed events become notices of whoever may read of them; what is fresh is sent as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from tongban.engine.calendar import legal_day
from tongban.kernel.ids import EventId, PersonKey
from tongban.kernel.sql import load, run
from tongban.notices.rules.delivery import WAYS, Way, is_fresh
from tongban.notices.rules.kinds import KINDS
from tongban.notices.rules.news import Happenings, News, Readers
from tongban.notices.rules.reminding import REMINDS, reminder_at
from tongban.notices.rules.telling import kind_of


@dataclass(frozen=True, slots=True)
class Reminder:
    """An event that asked something of an applicant, to be looked at again at that moment."""

    event: EventId
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What follows from telling: deliveries to be sent now, and reminders for later; `notices` are new."""

    notices: int
    deliveries: tuple[UUID, ...] = ()
    reminders: tuple[Reminder, ...] = ()


class _Supplied:
    happenings: Happenings | None = None


def supply(*, happenings: Happenings, ways: Mapping[str, Way]) -> None:
    """Say who knows what happened, and by which ways messages leave the house."""
    _Supplied.happenings = happenings
    WAYS.clear()
    WAYS.update(ways)


def tell_of(events: Sequence[EventId], *, at: datetime) -> Told:
    """Tell whoever may read of these sealed events; again it tells nobody.

    Three statements of our own, whatever the number of events, beside what wiring asks.
    """
    news = sorted(_happenings().news(events), key=lambda one: one.at)
    told = tell(news, at=at)
    reminders = [Reminder(one.event, when) for one in news if (when := reminder_at(one)) is not None]
    return Told(told.notices, told.deliveries, tuple(reminders))


def tell(news: Sequence[News], *, at: datetime) -> Told:
    """Tell the readers of this news. One transaction: notices, and deliveries of those that are fresh."""
    kinds = [(one, kind) for one in news if (kind := kind_of(one)) is not None]
    return _tell([(one, kind, _named(one)) for one, kind in kinds], at)


def remind(event: EventId, *, at: datetime) -> Told:
    """Remind of what is still awaited; put off where its days moved, nothing once it is over."""
    news = _happenings().still_awaited(event)
    when = reminder_at(news) if news is not None else None
    if news is None or when is None:
        return Told(0)
    if legal_day(at) < legal_day(when):
        return Told(0, reminders=(Reminder(event, when),))
    kind = REMINDS[news.name].kind
    return _tell([(news, kind, f"{_named(news)}/{kind}")], at, happened=at)


def _tell(told: Sequence[tuple[News, str, str]], at: datetime, happened: datetime | None = None) -> Told:
    """Write notices; each is news, its kind, and the name by which it is told once."""
    if not told:
        return Told(0)
    readers = _happenings().readers({news.whose for news, _, _ in told}, at)
    rows = [
        _row(news, kind, name, reader, happened or news.at)
        for news, kind, name in told
        for reader in readers.get(news.whose, Readers()).of(news.agent)
    ]
    with transaction.atomic():
        fresh = run(load("tongban.notices", "tell"), (_in_order(rows),)) if rows else []
        sent = [(id, KINDS[kind].group) for id, kind, since in fresh if is_fresh(since, at)]
        return Told(len(fresh), _on_their_way(sent))


def _on_their_way(notices: Sequence[tuple[int, str]]) -> tuple[UUID, ...]:
    if not notices or not WAYS:
        return ()
    ids, groups = [id for id, _ in notices], [str(group) for _, group in notices]
    return tuple(id for (id,) in run(load("tongban.notices", "send"), (ids, groups, sorted(WAYS))))


def readers_of(whose: PersonKey, at: datetime) -> Readers:
    """The persons who may read of somebody's affairs at that moment."""
    return _happenings().readers({whose}, at).get(whose, Readers())


def _row(news: News, kind: str, name: str, reader: PersonKey, happened: datetime) -> dict[str, Any]:
    return {
        "event": name,
        "reader": f"\\x{reader.hex()}",
        "whose": f"\\x{news.whose.hex()}",
        "kind": kind,
        "about": news.about,
        "number": news.number,
        "item": news.item,
        "by_day": news.days.get(KINDS[kind].day),
        "at": happened,
    }


def _in_order(rows: Sequence[dict[str, Any]]) -> str:
    return orjson.dumps([{"place": place, **row} for place, row in enumerate(rows)]).decode()


def _named(news: News) -> str:
    """The event, by what it is about: ids of events of cases and of certificates come from two tables."""
    return news.once or f"{news.name.partition('.')[0]}:{news.event}"


def _happenings() -> Happenings:
    if _Supplied.happenings is None:
        raise RuntimeError("notices were not told who knows what happened: wiring calls notices.supply")
    return _Supplied.happenings
