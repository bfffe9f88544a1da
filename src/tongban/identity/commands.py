"""What changes: accounts, mandates, profiles, tokens, and who is signed in."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import F

from tongban.engine.calendar import legal_day
from tongban.identity import rules
from tongban.identity.models import Account, Enterprise, Mandate, SealedProfile, SignInCount, Token
from tongban.identity.rules import AccountKind, Tries
from tongban.identity.rules import Profile as Profile
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.keys import master_of, ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run


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
        raise Refusal(
            "identity.account.taken",
            says="这个登录名已被使用，或者本人已有账号。",
            do="请换一个登录名，或用已有的账号登录。",
        ) from fault
    return AccountId(account.id)


def set_password(account: AccountId, password: str) -> None:
    """Give an account another password; whoever is signed in by the old one is no longer."""
    Account.objects.filter(id=account).update(password=make_password(password))


def close_account(account: AccountId) -> None:
    """Let nobody sign in by this account any more, nor use its tokens."""
    Account.objects.filter(id=account).update(is_active=False)


def sign_in(name: str, password: str, *, address: str, at: datetime) -> Account | None:
    """The account of this name and password; None if they do not belong together.

    Refused after too many failures under the name or from the address, before the password is looked at.
    An unknown name costs as long as a wrong password.
    """
    digest = ring().name_digest(name)
    limits = {digest: rules.TRIES_PER_NAME}
    if address:
        limits[ring().address_digest(address)] = rules.TRIES_PER_ADDRESS
    counted = run(load("tongban.identity", "count_try"), [list(limits), at, at - rules.TRY_WINDOW])
    rules.refuse_too_many([Tries(count, since, limits[key]) for key, count, since in counted], at)
    account = Account.objects.filter(username=digest, is_active=True).first()
    if account is None:
        check_password(password, make_password(None))
        return None
    if not account.check_password(password):
        return None
    SignInCount.objects.filter(key=digest).delete()
    SignInCount.objects.filter(key__in=set(limits) - {digest}).update(tries=F("tries") - 1)
    return account


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


def revoke_mandate(person: PersonKey, enterprise: PersonKey, *, at: datetime) -> None:
    """Let a person act for an enterprise no more, from this moment on; tokens for it go dead with it."""
    Mandate.objects.filter(person_key=person, enterprise_id=enterprise, revoked_at=None).update(revoked_at=at)


def save_profile(person: PersonKey, profile: Profile) -> None:
    """Keep what a person told of themselves, sealed under a fresh key."""
    row = SealedProfile(person_key=person)
    row.close(profile)
    row.save()


def rewrap_profiles() -> int:
    """Wrap anew every profile's key that an older master wrapped; returns how many."""
    current, done = ring().current, 0
    for row in SealedProfile.objects.iterator(chunk_size=500):
        if master_of(bytes(row.wrapped_key)) != current:
            before = row.wrapped_key
            row.rewrap()
            # Only as it was read: a profile saved anew in between has a key of its own already.
            done += SealedProfile.objects.filter(pk=row.pk, wrapped_key=before).update(
                wrapped_key=row.wrapped_key
            )
    return done


def erase_profile(person: PersonKey) -> None:
    """Destroy the key and the sealed text of a person's profile."""
    SealedProfile.objects.filter(person_key=person).delete()


def create_token(
    account: AccountId, *, at: datetime, acting_for: PersonKey | None = None, days: int = 90
) -> str:
    """A bearer token for an account, told this once and kept as a digest; it ends after `days`.

    With `acting_for` it speaks for that enterprise alone; refused unless the account's person is entitled.
    """
    if acting_for is not None:
        person = Account.objects.filter(id=account).values_list("person_key", flat=True).first()
        standing = Mandate.objects.standing(legal_day(at)).filter(person_key=person, enterprise_id=acting_for)
        if not standing.exists():
            raise rules.no_mandate()
    token = f"tb_{secrets.token_urlsafe(32)}"
    Token.objects.create(
        digest=ring().token_digest(token),
        account_id=account,
        acting_for_id=acting_for,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    return token


def revoke_token(token: UUID, *, at: datetime) -> None:
    """Make a token worthless from this moment on, by its id; refused if there is none."""
    if not Token.objects.filter(id=token).exists():
        raise Refusal(
            "identity.token.unknown",
            says="没有这个令牌。",
            do="请用 tongban token list 查看编号。",
            status=404,
        )
    Token.objects.filter(id=token, revoked_at=None).update(revoked_at=at)
