"""What is stored of people and enterprises, and what the database must never allow."""

import json
import uuid
from dataclasses import asdict
from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, F, Q, QuerySet, UniqueConstraint

from tongban.identity.rules import AccountKind, Profile
from tongban.kernel.keys import new_key, open_, ring, seal
from tongban.kernel.privacy import Privacy

_PROFILE = b"identity/profile/"
_UNTIL_CLOSED = "Personal Information Protection Law Art. 19: no longer than its purpose needs."
_BY_DELETION = "The row is deleted; cases keep only the keyed hash, which names nobody without the ring."


class Accounts(BaseUserManager["Account"]):
    """Finds accounts the way Django's sign-in asks for them."""


class Account(AbstractBaseUser):
    """Someone who can sign in. It holds keyed hashes only: nothing here names a person."""

    privacy = Privacy(
        personal=frozenset({"username", "person_key", "password"}),
        keep_years=2,
        reason=_UNTIL_CLOSED,
        erase=_BY_DELETION,
    )

    # When somebody last signed in serves no purpose here, and what is not kept cannot leak.
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    person_key = models.BinaryField(null=True)
    officer_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="account_name_is_a_keyed_hash", condition=Q(username__regex="^[0-9a-f]{64}$")
            ),
            CheckConstraint(
                name="account_is_a_persons_or_an_officers_not_both",
                condition=Q(kind=str(AccountKind.RESIDENT), person_key__isnull=False, officer_id__isnull=True)
                | Q(kind=str(AccountKind.OFFICER), person_key__isnull=True, officer_id__isnull=False),
            ),
            UniqueConstraint(name="person_has_one_account", fields=["person_key"]),
            UniqueConstraint(name="officer_has_one_account", fields=["officer_id"]),
        ]


class Enterprise(models.Model):
    """An enterprise. Its code and name are public by registration."""

    privacy = Privacy(
        personal=frozenset(),
        keep_years=None,
        reason="The register of enterprises is public.",
        erase="Nothing to erase: it says nothing of a person.",
    )

    key = models.BinaryField(primary_key=True)
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="enterprise_code_is_a_unified_code", condition=Q(code__regex="^[0-9A-HJ-NPQRTUWXY]{18}$")
            ),
            CheckConstraint(name="enterprise_has_a_name", condition=~Q(name="")),
        ]


class Mandates(QuerySet["Mandate"]):
    """Mandates by what they allow on a day."""

    def standing(self, on: date) -> "Mandates":
        """Those by which somebody may act on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), revoked_at__isnull=True, since__lte=on)


class Mandate(models.Model):
    """A person may act for an enterprise from `since` until the day before `until`, unless revoked."""

    privacy = Privacy(
        personal=frozenset({"person_key"}),
        keep_years=10,
        reason="Shows that whoever filed an enterprise's case was entitled to; kept as long as its cases.",
        erase="Kept with the case; the keyed hash names nobody without the ring.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person_key = models.BinaryField()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = Mandates.as_manager()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="mandate_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            UniqueConstraint(
                name="person_has_one_unrevoked_mandate_of_an_enterprise",
                fields=["person_key", "enterprise"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]


class SealedProfile(models.Model):
    """Name, identity number and phone of a person, sealed under a key of its own, for prefilling forms.

    The masked name stands outside, for it is what lists show.
    """

    privacy = Privacy(
        personal=frozenset({"person_key", "masked_name", "sealed"}),
        keep_years=2,
        reason=_UNTIL_CLOSED,
        erase="The row is deleted, and with it the only key that opens the sealed text.",
    )

    person_key = models.BinaryField(primary_key=True)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    masked_name = models.CharField(max_length=60)

    def close(self, profile: Profile) -> None:
        """Seal a profile into this row under a fresh key."""
        key = new_key()
        self.masked_name = profile.masked_name
        self.sealed = seal(key, json.dumps(asdict(profile)).encode(), _PROFILE + self.person_key)
        self.wrapped_key = ring().wrap(key, _PROFILE + self.person_key)

    def rewrap(self) -> None:
        """Wrap the profile's key anew, under the ring's current master."""
        about = _PROFILE + bytes(self.person_key)
        self.wrapped_key = ring().wrap(ring().unwrap(bytes(self.wrapped_key), about), about)

    def open(self) -> Profile:
        """The profile sealed in this row; Unreadable if the ring no longer has its master key."""
        key = ring().unwrap(bytes(self.wrapped_key), _PROFILE + bytes(self.person_key))
        return Profile(**json.loads(open_(key, bytes(self.sealed), _PROFILE + bytes(self.person_key))))


class Token(models.Model):
    """A bearer token, kept as a keyed digest: whoever reads the table can sign in as nobody."""

    privacy = Privacy(
        personal=frozenset({"account", "acting_for"}),
        keep_years=1,
        reason="Cybersecurity Law Art. 21(3): logs of the network are kept for at least six months.",
        erase=_BY_DELETION,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    digest = models.BinaryField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    acting_for = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="token_expires_after_it_was_made", condition=Q(expires_at__gt=F("created_at"))
            ),
        ]

    def state(self, at: datetime) -> str:
        """What the token is worth at a moment, in one word."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if at < self.expires_at else "expired"


class SignInCount(models.Model):
    """Tries to sign in under a name or from an address since a moment, both as keyed hashes."""

    privacy = Privacy(
        personal=frozenset({"key"}),
        keep_years=0,
        reason="Only to slow the guessing of passwords down; a day later nothing is left.",
        erase="Deleted by later tries, a day after the window began.",
    )

    key = models.CharField(primary_key=True, max_length=64)
    tries = models.IntegerField()
    since = models.DateTimeField(db_index=True)
