"""What is asked of acting for others: for whom one may, who may for oneself, what waits for an answer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tongban.engine.calendar import legal_day
from tongban.kernel.access import Viewer
from tongban.kernel.ids import PersonKey
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom somebody may act for. `code`: an enterprise's own, or the mandate's; a person's `name` is masked.

    `scope`: the matters that may be filed; none named means all.
    """

    code: str
    key: PersonKey
    name: str
    person: bool
    scope: list[str]

    def covers(self, matter: str) -> bool:
        """Whether this matter may be filed for them."""
        return not self.scope or matter in self.scope


@dataclass(frozen=True, slots=True)
class Acting:
    """A mandate between two people that stands, by its id; `name` is the other one's, masked.

    `own`: whether it is oneself who acts. `register`: which register says so, where nobody gave it.
    """

    id: UUID
    own: bool
    name: str
    scope: list[str]
    register: str
    last_day: date


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A mandate that waits for its receiver's answer: to whom (masked), or to oneself.

    `enterprise` is None where a person would be acted for, who then is `name`, masked.
    """

    id: UUID
    enterprise: PersonKey | None
    name: str
    receiver: str
    to_me: bool
    scope: list[str]
    last_day: date


@dataclass(frozen=True, slots=True)
class People:
    """Acting between people: for whom one may, who may for oneself, and what waits for an answer."""

    principals: list[Acting]
    agents: list[Acting]
    offered: list[OfferRow]
    waiting: list[OfferRow]


def people_of(viewer: Viewer, at: datetime) -> People:
    """For whom a viewer may act and who may for them, of people. Two statements."""
    if viewer.person is None or viewer.account is None:
        return People([], [], [], [])
    rows = [Acting(*row) for row in run(load("tongban.identity", "people"), [viewer.person, legal_day(at)])]
    offers = [one for one in offers_of(viewer, at) if one.enterprise is None]
    return People(
        principals=[one for one in rows if one.own],
        agents=[one for one in rows if not one.own],
        offered=[one for one in offers if one.to_me],
        waiting=[one for one in offers if not one.to_me],
    )


def principals_of(viewer: Viewer) -> list[Principal]:
    """Everyone a viewer may act for, people first. One statement, none for who has no mandate."""
    if not viewer.mandates and not viewer.trusts:
        return []
    given = [list(viewer.mandates), [one.mandate for one in viewer.trusts]]
    return [
        Principal(code, PersonKey(bytes(key)), name, person, list(scope))
        for code, key, name, person, scope in run(load("tongban.identity", "principals"), given)
    ]


def offers_of(viewer: Viewer, at: datetime) -> list[OfferRow]:
    """What a viewer gave and what is offered to their phone, unanswered. One statement."""
    given = [viewer.person, viewer.account, legal_day(at)]
    return [
        OfferRow(id, None if key is None else PersonKey(bytes(key)), *rest)
        for id, key, *rest in run(load("tongban.identity", "offers"), given)
    ]
