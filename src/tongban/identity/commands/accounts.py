"""Accounts: opened, changed, closed; and what is noted of them for their owners."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from tongban.engine.codes import check_mobile
from tongban.identity import rules
from tongban.identity.commands.codes import use_code
from tongban.identity.commands.supplied import Supplied
from tongban.identity.models import (
    Account,
    AccountNote,
    Contact,
    Invitation,
    Mandate,
    Passkey,
    SealedProfile,
    SignedIn,
    Token,
)
from tongban.identity.rules import AccountKind, CodeFor, Noted, Profile, Ways
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True, repr=False)
class Hashed:
    """A password as it is kept. To hash takes a good part of a second, which many accounts may share."""

    encoded: str


def hashed(password: str) -> Hashed:
    """Hash a password once, to open several accounts with it: those of a demonstration."""
    return Hashed(make_password(password))


def open_account(
    name: str, password: str | Hashed, *, person: PersonKey | None = None, officer: OfficerId | None = None
) -> AccountId:
    """Open an account under a sign-in name, for a person or for an officer: one of the two.

    Refused if the name is taken, or the person or officer has an account.
    """
    if (person is None) == (officer is None):
        raise ValueError("an account is a person's or an officer's")
    account = Account(
        username=ring().name_digest(name),
        kind=AccountKind.RESIDENT if person is not None else AccountKind.OFFICER,
        person_key=person,
        officer_id=officer,
    )
    account.password = (password if isinstance(password, Hashed) else hashed(password)).encoded
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as fault:
        raise _taken() from fault
    return AccountId(account.id)


def admit_officer(officer: OfficerId, name: str) -> str:
    """Let an officer sign in by this name and the first password that is returned, once, and choose another.

    Who had an account keeps it; its old password and whoever is signed in by it end. Refused if the name is
    somebody else's.
    """
    password = secrets.token_urlsafe(9)
    known = Account.objects.select_for_update().filter(officer_id=officer).first()
    if known is None:
        opened = open_account(name, password, officer=officer)
        Account.objects.filter(id=opened).update(first_password=True)
        return password
    known.username, known.is_active, known.round = ring().name_digest(name), True, known.round + 1
    known.first_password = True
    known.set_password(password)
    try:
        with transaction.atomic():
            known.save(update_fields=["username", "is_active", "round", "password", "first_password"])
    except IntegrityError as fault:
        raise _taken() from fault
    _end_sessions(AccountId(known.id))
    return password


def _taken() -> Refusal:
    return Refusal(
        "identity.account.taken",
        says=_("这个登录名已被使用，或者本人已有账号。"),
        do=_("请换一个登录名，或用已有的账号登录。"),
    )


def account_of_phone(phone: str, *, at: datetime) -> Account:
    """The resident's account of a phone that was just shown to be in hand; opened if there is none."""
    digest = phone_digest(phone)
    found = Account.objects.filter(phone=digest).first()
    if found is not None:
        return _open(found)
    account = Account(kind=AccountKind.RESIDENT, phone=digest)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            keep_ways(account, Ways(phone))
            note(AccountId(account.id), Noted.OPENED, at=at)
    except IntegrityError:  # Somebody pressed twice: the first made it.
        return _open(Account.objects.get(phone=digest))
    return account


def _open(account: Account) -> Account:
    if account.is_active:
        return account
    raise Refusal(
        "identity.account.closed",
        says=_("这个账号已经停用。"),
        do=_("请带身份证到政务服务大厅的窗口核验后恢复。"),
        status=403,
    )


def give_phone(account: AccountId, phone: str) -> None:
    """Let an account be entered by codes to this phone; refused if another account is. For demonstrations."""
    _take_phone(Account.objects.get(id=account), check_mobile(phone))


def change_phone(account: AccountId, phone: str, code: str, *, at: datetime) -> None:
    """Enter by another phone from now on, to which a code was sent; the one before opens nothing any more."""
    use_code(CodeFor.PHONE, phone, code, account=account, at=at)
    with transaction.atomic():
        row = Account.objects.select_for_update().get(id=account)
        _take_phone(row, phone)
        if row.person_key is not None:
            _tell_profile(PersonKey(bytes(row.person_key)), phone)
        note(account, Noted.PHONE_CHANGED, at=at)


def change_mail(account: AccountId, mail: str, code: str, *, at: datetime) -> None:
    """Be told by this mail address from now on, to which a code was sent."""
    use_code(CodeFor.MAIL, mail, code, account=account, at=at)
    with transaction.atomic():
        row = Account.objects.select_for_update().get(id=account)
        keep_ways(row, Ways(_phone_of(row), mail))
        note(account, Noted.MAIL_CHANGED, at=at)


def forget_mail(account: AccountId, *, at: datetime) -> None:
    """Be told by mail no more."""
    with transaction.atomic():
        row = Account.objects.select_for_update().get(id=account)
        keep_ways(row, Ways(_phone_of(row)))
        note(account, Noted.MAIL_CHANGED, at=at)


def set_password(account: AccountId, password: str) -> None:
    """Give an account another password; whoever is signed in by the old one is no longer."""
    Account.objects.filter(id=account).update(password=make_password(password), first_password=False)


def choose_password(account: AccountId, password: str, *, at: datetime) -> None:
    """Give one's own account a password, refused if it is weak; every session of before ends."""
    row = Account.objects.get(id=account)
    profile = SealedProfile.objects.filter(person_key=row.person_key).first() if row.person_key else None
    told = profile.open() if profile else None
    known = [_phone_of(row), *((told.name, told.id_number) if told else ())]
    if fault := rules.weak_password(password, known):
        raise Refusal("identity.password.weak", says=fault, do=_("请换一个密码。"), status=422)
    if row.first_password and row.check_password(password):
        raise Refusal(
            "identity.password.first",
            says=_("这还是初始密码，给您的人看见过。"),
            do=_("请换一个密码。"),
            status=422,
        )
    set_password(account, password)
    note(account, Noted.PASSWORD_SET, at=at)


def sign_out_everywhere(account: AccountId, *, at: datetime) -> None:
    """End every session of an account, this one too, and whatever its round was before."""
    with transaction.atomic():
        Account.objects.filter(id=account).update(round=F("round") + 1)
        _end_sessions(account)
        note(account, Noted.SIGNED_OUT_ELSEWHERE, at=at)


def put_first(account: AccountId, slugs: Sequence[str]) -> None:
    """Keep what the owner of an account wants first on the first page, by slugs."""
    Account.objects.filter(id=account).update(first=list(slugs))


def close_account(account: AccountId) -> None:
    """Let nobody sign in by this account any more, nor use its tokens."""
    Account.objects.filter(id=account).update(is_active=False)


def leave(account: AccountId, *, at: datetime) -> None:
    """Close one's own account: what it held of its owner is destroyed, cases that are over stay as they are.

    Refused while a case is under way, for its papers need a name. The person may open another one later and
    find those cases again.
    """
    row = Account.objects.get(id=account)
    person = PersonKey(bytes(row.person_key)) if row.person_key else None
    if person is not None and (number := Supplied.open_affairs(person, at)):
        raise Refusal(
            "identity.account.open-cases",
            says=_("您还有 %(number)s 件事没有办完，现在不能注销。") % {"number": number},
            do=_("请等它们办结，或者先撤回，再来注销。"),
        )
    with transaction.atomic():
        _end_sessions(account)
        Token.objects.filter(account_id=account, revoked_at=None).update(revoked_at=at)
        for kept in (Passkey, Contact, AccountNote):
            kept.objects.filter(account_id=account).delete()
        if person is not None:
            between = Mandate.objects.filter(Q(person_key=person) | Q(principal=person))
            between.filter(revoked_at=None).update(revoked_at=at)
            Invitation.objects.filter(given_by=person, ended_at=None).update(ended_at=at)
            SealedProfile.objects.filter(person_key=person).delete()
        unused = make_password(None)
        Account.objects.filter(id=account).update(
            is_active=False, username=None, phone=None, person_key=None, password=unused
        )


def note(account: AccountId, kind: Noted, *, at: datetime) -> None:
    """Note what happened to an account, for its owner to read."""
    AccountNote.objects.create(account_id=account, kind=str(kind), at=at)


def keep_ways(account: Account, ways: Ways) -> None:
    """Keep how somebody is reached, sealed under a fresh key."""
    row = Contact(account=account)
    row.close(ways)
    row.save()


def phone_digest(phone: str) -> str:
    """By what an account is found by its phone."""
    return ring().fact_digest("phone", phone).hex()


def _take_phone(account: Account, phone: str) -> None:
    try:
        with transaction.atomic():
            Account.objects.filter(id=account.id).update(phone=phone_digest(phone))
    except IntegrityError as fault:
        raise Refusal(
            "identity.phone.taken",
            says=_("这个手机号已经登记在另一个账号上。"),
            do=_("请换一个手机号；要用这个号的，请先用它登录，把那个账号的手机号换掉或注销。"),
        ) from fault
    before = Contact.objects.filter(account=account).first()
    keep_ways(account, Ways(phone, before.open().mail if before else ""))


def _tell_profile(person: PersonKey, phone: str) -> None:
    row = SealedProfile.objects.filter(person_key=person).first()
    if row is not None:
        told = row.open()
        row.close(Profile(told.name, told.id_number, phone))
        row.save()


def _phone_of(account: Account) -> str:
    row = Contact.objects.filter(account=account).first()
    return row.open().phone if row else ""


def _end_sessions(account: AccountId) -> None:
    ended = SignedIn.objects.filter(account_id=account)
    Session.objects.filter(session_key__in=ended.values("session")).delete()
    ended.delete()
