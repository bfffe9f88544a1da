"""Acting for enterprises and people: linked by who represents them, given to others, ended by either side."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tongban.engine.calendar import legal_day
from tongban.engine.codes import check_mobile, check_resident_id, mask_name
from tongban.identity import rules
from tongban.identity.commands.accounts import note, phone_digest
from tongban.identity.commands.bounds import bound, counted
from tongban.identity.commands.supplied import Supplied
from tongban.identity.models import Account, Enterprise, Invitation, Mandate, SealedProfile
from tongban.identity.rules import Noted
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal


class Between(Enum):
    """Whom a mandate is between, and so on which page it stands."""

    ENTERPRISES = auto()
    PEOPLE = auto()


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """To whom a mandate is offered, by phone and full name, its last day, its scope: none named is all."""

    phone: str
    name: str
    last_day: date
    scope: tuple[str, ...] = ()


def ensure_enterprise(code: str, *, name: str) -> PersonKey:
    """Have an enterprise of this unified social credit code and name; returns the key it is found by."""
    key = ring().person_key("enterprise", code)
    Enterprise.objects.update_or_create(key=key, defaults={"code": code, "name": name})
    return key


def entitle(
    person: PersonKey, enterprise: PersonKey, *, at: datetime, since: date, until: date | None = None
) -> None:
    """Let a person act for an enterprise from `since` until the day before `until`.

    A mandate of other days that stood between the two is revoked; the same one again changes nothing.
    """
    ours = Mandate.objects.filter(person_key=person, enterprise_id=enterprise, revoked_at=None)
    with transaction.atomic():
        if not ours.filter(since=since, until=until).exists():
            ours.update(revoked_at=at)
            Mandate.objects.create(person_key=person, enterprise_id=enterprise, since=since, until=until)


def entrust(
    agent: PersonKey, whose: PersonKey, *, until: date, at: datetime, scope: Collection[str] = ()
) -> UUID:
    """Let a person act for another person, or for an enterprise in some matters; the mandate's id.

    A mandate between the two that stood is revoked.
    """
    enterprise = Enterprise.objects.filter(key=whose).exists()
    between = {"enterprise_id": whose} if enterprise else {"principal": whose}
    with transaction.atomic():
        Mandate.objects.filter(person_key=agent, revoked_at=None, **between).update(revoked_at=at)
        return Mandate.objects.create(
            person_key=agent, scope=sorted(scope), since=legal_day(at), until=until, **between
        ).id


def revoke_mandate(person: PersonKey, whose: PersonKey, *, at: datetime) -> None:
    """Let a person act for an enterprise or a person no more, from now on; tokens for it go dead with it."""
    between = Mandate.objects.filter(Q(enterprise_id=whose) | Q(principal=whose), person_key=person)
    between.filter(revoked_at=None).update(revoked_at=at)


def link_enterprise(account: AccountId, code: str, *, at: datetime) -> PersonKey:
    """Let a person act for the enterprise that they represent, as its register says: by number and by name.

    Refused after too many tries, where the register does not answer, and for anybody else, whether or not
    there is such an enterprise.
    """
    limits = {bound("linking by", str(account)): rules.NAMINGS_PER_NUMBER}
    rules.refuse_too_many_namings(counted(limits, at, rules.NAMING_WINDOW), at)
    person = person_of(account)
    told, found = (
        SealedProfile.objects.get(person_key=person).open(),
        Supplied.registers.represented(code, at=at),
    )
    if (
        found is None
        or ring().person_key("person", found.representative_id) != person
        or not rules.is_same_name(found.representative, told.name)
    ):
        raise rules.not_representative()
    with transaction.atomic():
        alone(account)
        enterprise = ensure_enterprise(code, name=found.name)
        if represent(person, enterprise, at=at):
            note(account, Noted.ENTERPRISE_LINKED, at=at)
    return enterprise


def represent(person: PersonKey, enterprise: PersonKey, *, at: datetime) -> bool:
    """Let a person act for an enterprise as who represents it, from today; False where they do already."""
    ours = Mandate.objects.filter(person_key=person, enterprise_id=enterprise, revoked_at=None)
    with transaction.atomic():
        if ours.filter(represents=True).exists():
            return False
        ours.update(revoked_at=at)
        today = legal_day(at)
        Mandate.objects.create(person_key=person, enterprise_id=enterprise, since=today, represents=True)
    return True


def offer_mandate(account: AccountId, enterprise: PersonKey | None, offer: Offer, *, at: datetime) -> None:
    """Offer somebody to act for an enterprise, or without one for oneself.

    They answer when they sign in by that phone, under that name; whether the phone has an account is not
    told. Refused unless one represents the enterprise, or is of age. An offer that the same phone has not
    answered yet is replaced.
    """
    rules.refuse_term(offer.last_day, legal_day(at))
    rules.refuse_scope(offer.scope, Supplied.matters() if offer.scope else ())
    giver, phone = person_of(account), phone_digest(check_mobile(offer.phone))
    if enterprise is None:
        _refuse_unless_own_master(account, giver, phone, at)
    else:
        _refuse_unless_representing(giver, enterprise, at)
    with transaction.atomic():
        earlier = Invitation.objects.filter(phone=phone, ended_at=None, enterprise_id=enterprise)
        (earlier if enterprise else earlier.filter(given_by=giver)).update(ended_at=at)
        Invitation.objects.create(
            enterprise_id=enterprise,
            given_by=giver,
            phone=phone,
            name=_name_digest(offer.name),
            masked_name=mask_name(offer.name),
            scope=sorted(offer.scope),
            until=offer.last_day + timedelta(days=1),
            made_at=at,
        )
        note(account, Noted.MANDATE_GIVEN, at=at)


def accept_offer(account: AccountId, offer: UUID, *, at: datetime) -> Between:
    """Take a mandate that was offered to one's phone under one's name, while its giver may still give it."""
    person = person_of(account)
    with transaction.atomic():
        alone(account)
        found = _open_offer(account, offer)
        if bytes(found.name) != _name_digest(SealedProfile.objects.get(person_key=person).open().name):
            raise Refusal(
                "identity.mandate.other-name",
                says=_("授权上写的名字和您的实名不一样。"),
                do=_("请授权人核对姓名，重新授权。"),
            )
        if found.enterprise_id is not None:
            giver = PersonKey(bytes(found.given_by))
            _refuse_unless_representing(giver, PersonKey(bytes(found.enterprise_id)), at)
        _grant(person, found, at)
        Invitation.objects.filter(id=offer).update(ended_at=at)
        note(account, Noted.MANDATE_ACCEPTED, at=at)
    return _between(found)


def end_offer(account: AccountId, offer: UUID, *, at: datetime) -> Between:
    """Take an offer back, or turn it down: its giver and its receiver may."""
    person = person_of(account)
    with transaction.atomic():
        given = Invitation.objects.filter(id=offer, given_by=person, ended_at=None)
        found = given.select_for_update().first() or _open_offer(account, offer)
        Invitation.objects.filter(id=offer).update(ended_at=at)
    return _between(found)


def end_mandate(account: AccountId, mandate: UUID, *, at: datetime) -> Between:
    """End a mandate at once; tokens go dead with it.

    Its holder may, and who is acted for: who represents the enterprise, or the person.
    """
    person = person_of(account)
    with transaction.atomic():
        found = Mandate.objects.select_for_update().filter(id=mandate, revoked_at=None).first()
        if found is None:
            raise _unknown()
        if bytes(found.person_key) != person:
            _refuse_unless_acted_for(person, found, at)
        Mandate.objects.filter(id=mandate).update(revoked_at=at)
        note(account, Noted.MANDATE_ENDED, at=at)
    return _between(found)


def _grant(person: PersonKey, offer: Invitation, at: datetime) -> None:
    principal = offer.given_by if offer.enterprise_id is None else None
    ours = Mandate.objects.filter(person_key=person, revoked_at=None)
    if principal is None:
        ours = ours.filter(enterprise_id=offer.enterprise_id)
    else:
        ours = ours.filter(principal=principal)
    if ours.filter(represents=True).exists():
        return
    ours.update(revoked_at=at)
    since = legal_day(at)
    if offer.until <= since:
        raise _unknown()
    Mandate.objects.create(
        person_key=person,
        enterprise_id=offer.enterprise_id,
        principal=principal,
        scope=offer.scope,
        since=since,
        until=offer.until,
        given_by=offer.given_by,
    )


def _between(made: Mandate | Invitation) -> Between:
    return Between.ENTERPRISES if made.enterprise_id is not None else Between.PEOPLE


def alone(account: AccountId) -> None:
    """Of two presses of one button the second waits, and finds what the first did."""
    Account.objects.select_for_update().get(id=account)


def _open_offer(account: AccountId, offer: UUID) -> Invitation:
    """An unanswered offer to the phone of this account."""
    phone = Account.objects.filter(id=account).values_list("phone", flat=True).first()
    offers = Invitation.objects.select_for_update().filter(id=offer, ended_at=None)
    found = offers.filter(phone=phone).first() if phone else None
    if found is None:
        raise _unknown()
    return found


def _refuse_unless_representing(person: PersonKey, enterprise: PersonKey, at: datetime) -> None:
    ours = Mandate.objects.standing(legal_day(at)).filter(person_key=person, enterprise_id=enterprise)
    if not ours.filter(represents=True).exists():
        raise rules.not_representing()


def _refuse_unless_acted_for(person: PersonKey, mandate: Mandate, at: datetime) -> None:
    if mandate.enterprise_id is not None:
        _refuse_unless_representing(person, PersonKey(bytes(mandate.enterprise_id)), at)
    elif mandate.principal is None or bytes(mandate.principal) != person:
        raise _unknown()


def _refuse_unless_own_master(account: AccountId, person: PersonKey, phone: str, at: datetime) -> None:
    """Nobody gives a mandate to themselves, and a child gives none."""
    if Account.objects.filter(id=account, phone=phone).exists():
        raise Refusal(
            "identity.mandate.oneself",
            says=_("这是您自己的手机号。"),
            do=_("请填替您办事的人的手机号。"),
            status=422,
        )
    number = SealedProfile.objects.get(person_key=person).open().id_number
    rules.refuse_minor(check_resident_id(number).birth, legal_day(at))


def person_of(account: AccountId) -> PersonKey:
    """The person of an account; refused before name and number were checked."""
    found = Account.objects.filter(id=account).values_list("person_key", flat=True).first()
    if found is None:
        raise Refusal(
            "access.real-name", says=_("这一步要先实名。"), do=_("请先核对姓名和公民身份号码。"), status=403
        )
    return PersonKey(bytes(found))


def _name_digest(name: str) -> bytes:
    return ring().fact_digest("name", rules.plain_name(name))


def _unknown() -> Refusal:
    return Refusal(
        "identity.mandate.unknown",
        says=_("没有这个授权，或者它已经结束。"),
        do=_("请刷新页面，看看最新的授权。"),
        status=404,
    )
