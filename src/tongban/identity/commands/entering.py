"""Who is at the door: by password, by code, by passkey; and where they are signed in."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, Q

from tongban.engine.codes import CodeError, check_mobile
from tongban.identity import rules
from tongban.identity.commands.accounts import account_of_phone, phone_digest
from tongban.identity.commands.bounds import counted
from tongban.identity.commands.codes import use_code
from tongban.identity.models import Account, SignedIn, SignInCount
from tongban.identity.rules import CodeFor
from tongban.kernel.ids import AccountId
from tongban.kernel.keys import ring
from tongban.kernel.sql import run


def sign_in(name: str, password: str, *, address: str, at: datetime) -> Account | None:
    """The account of this sign-in name or phone and password; None if they do not belong together.

    Refused after too many failures under the name or from the address, before the password is looked at.
    An unknown name costs as long as a wrong password.
    """
    phone = _phone_in(name)
    # By the number itself: however it is spelled, its tries are counted together.
    digest = ring().name_digest(phone or name)
    limits = {digest: rules.TRIES_PER_NAME}
    if address:
        limits[ring().address_digest(address)] = rules.TRIES_PER_ADDRESS
    rules.refuse_too_many(counted(limits, at, rules.TRY_WINDOW), at)
    account = Account.objects.filter(_called(digest, phone), is_active=True).first()
    if account is None or not account.has_usable_password():
        check_password(password, make_password(None))
        return None
    if not account.check_password(password):
        return None
    SignInCount.objects.filter(key=digest).delete()
    SignInCount.objects.filter(key__in=set(limits) - {digest}).update(tries=F("tries") - 1)
    return account


def enter_by_code(phone: str, code: str, *, at: datetime) -> Account:
    """The account of a phone to which this code was sent; a new one where it has none. Refused else."""
    use_code(CodeFor.ENTER, phone, code, at=at)
    return account_of_phone(phone, at=at)


def entered(account: AccountId, *, session: str, device: str, at: datetime) -> None:
    """Note that somebody signed in, and where, so that they can see it; what ended meanwhile is forgotten."""
    run(
        "delete from identity_signedin s where s.account_id = $1::uuid and not exists (select from"
        " django_session d where d.session_key = s.session and d.expire_date > $2::timestamptz)",
        (account, at),
    )
    SignedIn.objects.update_or_create(
        session=session, defaults={"account_id": account, "device": device, "since": at}
    )


def _phone_in(name: str) -> str:
    try:
        return check_mobile(name)
    except CodeError:
        return ""


def _called(digest: str, phone: str) -> Q:
    """Whose sign-in name this is, or whose phone."""
    named = Q(username=digest)
    return named | Q(phone=phone_digest(phone)) if phone else named
