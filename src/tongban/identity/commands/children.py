"""Acting for one's child under age: known from the population register, so that nobody needs to give it."""

from datetime import date, datetime

from django.db import transaction

from tongban.engine.calendar import legal_day
from tongban.engine.codes import check_resident_id
from tongban.identity import rules
from tongban.identity.commands.accounts import note
from tongban.identity.commands.bounds import bound, counted
from tongban.identity.commands.mandates import alone, person_of
from tongban.identity.commands.profiles import save_profile
from tongban.identity.commands.supplied import Supplied
from tongban.identity.models import Mandate, SealedProfile
from tongban.identity.rules import Guarded, Noted, Profile
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.keys import ring


def know_child(account: AccountId, name: str, id_number: str, *, at: datetime) -> None:
    """Let a parent act for a child, in everything, until it is of age (民法典 第二十三条、第二十七条).

    Refused: too many tries; who is of age; a name that is not the number's and who is no parent by the
    register, which are told apart from each other by nothing. CodeError for what is no number.
    """
    number = check_resident_id(id_number)
    rules.refuse_grown(number.birth, legal_day(at))
    limits = {
        bound("child by", str(account)): rules.NAMINGS_PER_ACCOUNT,
        bound("child of", number.number): rules.NAMINGS_PER_NUMBER,
    }
    rules.refuse_too_many_namings(counted(limits, at, rules.NAMING_WINDOW), at)
    parent = person_of(account)
    told, found = (
        SealedProfile.objects.get(person_key=parent).open(),
        Supplied.registers.guarded(number.number, at=at),
    )
    if found is None or told.id_number not in found.parents or not rules.is_same_name(found.name, name):
        raise rules.not_parent()
    child = ring().person_key("person", number.number)
    with transaction.atomic():
        alone(account)
        if not SealedProfile.objects.filter(person_key=child).exists():
            save_profile(child, Profile(found.name, number.number, ""))
        _entitle(parent, child, found, rules.birthday(number.birth, rules.OF_AGE), at)
        note(account, Noted.CHILD_KNOWN, at=at)


def _entitle(parent: PersonKey, child: PersonKey, found: Guarded, of_age: date, at: datetime) -> None:
    """The same again takes the place of the first, which stays on record."""
    Mandate.objects.filter(person_key=parent, principal=child, revoked_at=None).update(revoked_at=at)
    Mandate.objects.create(
        person_key=parent, principal=child, register=found.register, since=legal_day(at), until=of_age
    )
