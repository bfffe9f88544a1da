"""What is asked of enterprises, and of who may act for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tongban.engine.calendar import legal_day
from tongban.identity.models import Account, Enterprise, Mandate, SealedProfile
from tongban.identity.queries.people import OfferRow, offers_of
from tongban.identity.rules import Profile
from tongban.kernel.access import Viewer
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise: its key, public code and name."""

    key: PersonKey
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate that stands, by its id: for which enterprise, who holds it (masked), until which last day."""

    id: UUID
    enterprise: PersonKey
    holder: str
    own: bool
    represents: bool
    scope: list[str]
    since: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Linked:
    """An enterprise that somebody may act for, with the mandates that they may see of it."""

    enterprise: EnterpriseRow
    mine: MandateRow
    others: list[MandateRow]
    offers: list[OfferRow]


def linked(viewer: Viewer, at: datetime) -> tuple[list[Linked], list[OfferRow]]:
    """The enterprises that a viewer may act for, and what is offered to them. Three statements.

    Who represents an enterprise sees everybody who may act for it; who was entitled sees their own mandate.
    """
    if viewer.person is None or viewer.account is None:
        return [], []
    rows = [
        MandateRow(*row) for row in run(load("tongban.identity", "mandates"), [viewer.person, legal_day(at)])
    ]
    offers = [one for one in offers_of(viewer, at) if one.enterprise is not None]
    names = {one.key: one for one in enterprises_of(viewer)}
    mine = [row for row in rows if row.own and row.enterprise in names]
    found = [
        Linked(
            names[row.enterprise],
            row,
            [other for other in rows if other.enterprise == row.enterprise and not other.own],
            [one for one in offers if one.enterprise == row.enterprise and not one.to_me],
        )
        for row in mine
    ]
    return found, [one for one in offers if one.to_me]


def enterprise(code: str) -> EnterpriseRow:
    """The enterprise of a unified social credit code; refused if there is none. One statement."""
    found = Enterprise.objects.filter(code=code.strip().upper()).first()
    if found is None:
        raise Refusal(
            "identity.enterprise.unknown",
            says=_("没有这家企业。"),
            do=_("请核对统一社会信用代码。"),
            status=404,
        )
    return _enterprise_row(found)


def enterprises_of(viewer: Viewer) -> list[EnterpriseRow]:
    """The enterprises a viewer may act for, by name. One statement, none for someone without a mandate."""
    keys = viewer.mandates | {one.whose for one in viewer.trusts if not one.person}
    if not keys:
        return []
    return [_enterprise_row(one) for one in Enterprise.objects.filter(key__in=keys).order_by("name")]


def holders_of(enterprise: PersonKey, on: date) -> list[AccountId]:
    """Accounts of the persons who may act for an enterprise in everything that day. One statement."""
    whole = Mandate.objects.standing(on).filter(enterprise_id=enterprise, scope=[])
    persons = whole.values("person_key")
    accounts = Account.objects.filter(person_key__in=persons, is_active=True).order_by("id")
    return [AccountId(one) for one in accounts.values_list("id", flat=True)]


def profile_of(person: PersonKey) -> Profile | None:
    """What a person told of themselves, to fill in their own form. One statement."""
    row = SealedProfile.objects.filter(person_key=person).first()
    return row.open() if row else None


def name_of(holder: PersonKey) -> str | None:
    """The full name of a person or an enterprise, for a paper addressed to them. At most two statements.

    None for a person who told no name, and for one whose profile was erased.
    """
    profile = profile_of(holder)
    if profile is not None:
        return profile.name
    return Enterprise.objects.filter(key=holder).values_list("name", flat=True).first()


def _enterprise_row(one: Enterprise) -> EnterpriseRow:
    return EnterpriseRow(PersonKey(bytes(one.key)), one.code, one.name)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may see somebody's affairs: `persons` all of them, `agents` what they filed themselves."""

    persons: tuple[PersonKey, ...] = ()
    agents: frozenset[PersonKey] = frozenset()


def readers_of(holders: Collection[PersonKey], on: date) -> dict[PersonKey, Readers]:
    """By person or enterprise: whoever may see its affairs that day; a person their own. One statement."""
    persons: dict[PersonKey, list[PersonKey]] = {}
    agents: dict[PersonKey, set[PersonKey]] = {}
    for holder, person, whole in run(load("tongban.identity", "readers_of"), (list(holders), on)):
        key, reader = PersonKey(bytes(holder)), PersonKey(bytes(person))
        if whole:
            persons.setdefault(key, []).append(reader)
        else:
            agents.setdefault(key, set()).add(reader)
    return {
        key: Readers(tuple(persons.get(key, ())), frozenset(agents.get(key, ())))
        for key in persons.keys() | agents.keys()
    }


def is_enterprise(holder: PersonKey) -> bool:
    """Whether an enterprise is known by this key, and not a person. One statement."""
    return Enterprise.objects.filter(key=holder).exists()
