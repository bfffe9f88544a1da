"""Being known: a name and a number that the population register knows together."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tongban.engine.calendar import legal_day
from tongban.engine.codes import check_resident_id
from tongban.identity import rules
from tongban.identity.commands.accounts import note
from tongban.identity.commands.bounds import bound, counted
from tongban.identity.commands.profiles import save_profile
from tongban.identity.commands.supplied import Supplied
from tongban.identity.models import Account, Contact
from tongban.identity.rules import Noted, Profile
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.keys import ring


def make_known(account: AccountId, name: str, id_number: str, *, address: str, at: datetime) -> PersonKey:
    """Let an account be this person's, if the population register knows number and name together.

    Refused: a child; too many tries of the account, of the number or from the address; a name that is not the
    number's; a person who has an account; a register that does not answer. CodeError for what is no number.
    """
    number = check_resident_id(id_number)
    rules.refuse_young(number.birth, legal_day(at))
    limits = {
        bound("naming by", str(account)): rules.NAMINGS_PER_ACCOUNT,
        bound("naming of", number.number): rules.NAMINGS_PER_NUMBER,
    }
    if address:
        limits[bound("naming from", address)] = rules.NAMINGS_PER_ADDRESS
    rules.refuse_too_many_namings(counted(limits, at, rules.NAMING_WINDOW), at)
    if not Supplied.registers.is_named(number.number, name, at=at):
        raise rules.not_named()
    return _known(account, " ".join(name.split()), number.number, at)


def _known(account: AccountId, name: str, number: str, at: datetime) -> PersonKey:
    person = ring().person_key("person", number)
    contact = Contact.objects.filter(account_id=account).first()
    try:
        with transaction.atomic():
            nobody_yet = Account.objects.filter(id=account, person_key=None, officer_id=None)
            if not nobody_yet.update(person_key=person):
                raise rules.named_elsewhere()
            save_profile(person, Profile(name, number, contact.open().phone if contact else ""))
            note(account, Noted.NAMED, at=at)
    except IntegrityError as fault:
        raise rules.named_elsewhere() from fault
    return person
