"""What is asked: whom an officer receives now, and what can be received here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.counters import rules
from tongban.counters.models import Reception
from tongban.kernel.access import Deed, Thing, Viewer, allowed
from tongban.kernel.ids import ItemCode, PersonKey

MOST: Final = 50
_SHOWN: Final = ("id", "subject", "shown_as", "known", "enterprise", "enterprise_name", "opened_at")


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """Somebody who stands at this officer's window, masked; for which enterprise, if for one."""

    id: UUID
    person: PersonKey
    shown_as: str
    known: cases.KnownBy
    enterprise: str
    enterprise_name: str
    opened_at: datetime

    @property
    def served(self) -> cases.Served:
        """Whom drafts are begun for."""
        return cases.Served(self.person, self.known)

    @property
    def by_card(self) -> bool:
        """Whether no register answered, and the card alone was seen."""
        return self.known is cases.KnownBy.CARD


@dataclass(frozen=True, slots=True)
class Receivable:
    """An item at an office for which this officer's window receives; `ours`: the officer's own body.

    Of a joint service `together` is how many items it has, and the office one of several.
    """

    slug: ItemCode
    name: str
    region: str
    office: str
    ours: bool
    together: int = 0


def receptions(viewer: Viewer, *, at: datetime) -> list[ReceptionRow]:
    """Whom this officer receives now, the latest first. One statement."""
    if viewer.officer is None:
        return []
    rows = Reception.objects.filter(officer=viewer.officer.id, ends_at__gt=at).order_by("-opened_at", "id")
    return [_row(*row) for row in rows.values_list(*_SHOWN)[:MOST]]


def standing(viewer: Viewer, at: datetime, /) -> list[cases.Served]:
    """Whom this officer receives now, as cases asks it. One statement."""
    return [one.served for one in receptions(viewer, at=at)]


def reception(key: UUID, viewer: Viewer, *, at: datetime) -> ReceptionRow:
    """One of this officer's receptions; refused for one that is over or a colleague's. One statement."""
    if viewer.officer is None:
        raise rules.unknown_reception()
    mine = Reception.objects.filter(id=key, officer=viewer.officer.id, ends_at__gt=at)
    row = mine.values_list(*_SHOWN).first()
    if row is None:
        raise rules.unknown_reception()
    return _row(*row)


def receivable(viewer: Viewer, wish: str = "") -> list[Receivable]:
    """What can be received at this officer's window, its own body's first, joint services before items.

    Without a wish what its own body handles or has a part in; with one whatever of the region is called so,
    or nearly. No statement.
    """
    found = [one for one in (*_joint(viewer, wish), *_all(viewer, wish)) if wish or one.ours]
    return sorted(found, key=lambda one: (not one.ours, not one.together, one.name, one.region))[:MOST]


def _joint(viewer: Viewer, wish: str) -> Iterator[Receivable]:
    """Joint services of which this window receives every item."""
    officer = viewer.officer
    for joint in catalogue.joints(wish) if officer else ():
        for first in joint.offices if all("window" in item.channels for item in joint.items) else ():
            offices = [one for item in joint.items for one in item.offices if one.region == first.region]
            if all(allowed(viewer, Deed.RECEIVE, Thing(body=one.body, region=one.region)) for one in offices):
                ours = officer is not None and officer.body in {one.body for one in offices}
                yield Receivable(joint.slug, joint.name, first.region, first.name, ours, len(joint.items))


def _all(viewer: Viewer, wish: str) -> Iterator[Receivable]:
    officer = viewer.officer
    for item in catalogue.items(wish) if officer else ():
        for office in item.offices if "window" in item.channels else ():
            if allowed(viewer, Deed.RECEIVE, Thing(body=office.body, region=office.region)):
                ours = officer is not None and office.body == officer.body
                yield Receivable(item.slug, item.name, office.region, office.name, ours)


def _row(id: UUID, subject: bytes, shown_as: str, known: str, *told: object) -> ReceptionRow:
    return ReceptionRow(id, PersonKey(bytes(subject)), shown_as, cases.KnownBy(known), *told)  # type: ignore[arg-type]
