"""Who can sign in, by what, and how they are reached."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.crypto import salted_hmac

from tongban.engine.codes import mask_mail, mask_phone
from tongban.identity.rules import AccountKind, Ways
from tongban.kernel.keys import new_key, open_, ring, seal
from tongban.kernel.privacy import Privacy

UNTIL_CLOSED = "Personal Information Protection Law Art. 19: no longer than its purpose needs."
BY_DELETION = "The row is deleted; cases keep only the keyed hash, which names nobody without the ring."


class Accounts(BaseUserManager["Account"]):
    """Finds accounts the way Django's sign-in asks for them."""


class Account(AbstractBaseUser):
    """Someone who can sign in. It holds keyed hashes only: nothing here names a person."""

    privacy = Privacy(
        personal=frozenset({"username", "phone", "person_key", "password"}),
        keep_years=2,
        reason=UNTIL_CLOSED,
        erase=BY_DELETION,
    )

    # When somebody last signed in serves no purpose here, and what is not kept cannot leak.
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A keyed hash each: of the sign-in name that somebody gave it, of the phone that codes go to.
    username = models.CharField(max_length=64, unique=True, null=True)
    phone = models.CharField(max_length=64, unique=True, null=True)
    kind = models.CharField(max_length=16)
    person_key = models.BinaryField(null=True)
    officer_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)
    # Another person gave the password and has seen it; an officer's, until they choose their own.
    first_password = models.BooleanField(default=False)
    round = models.IntegerField(default=0)
    # What stands first on the first page, by the slugs of columns and topics; null where nothing was chosen.
    first = ArrayField(models.TextField(), null=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be this account's: another password or another round ends it."""
        signed = salted_hmac("identity/session", f"{self.round}:{self.password}", algorithm="sha256")
        return signed.hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """No session holds by a secret of old."""
        yield from ()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="account_name_is_a_keyed_hash", condition=Q(username__regex="^[0-9a-f]{64}$")
            ),
            CheckConstraint(name="account_phone_is_a_keyed_hash", condition=Q(phone__regex="^[0-9a-f]{64}$")),
            CheckConstraint(
                name="account_is_a_residents_or_an_officers_not_both",
                # A resident's has no person before name and number were checked.
                condition=Q(kind=str(AccountKind.RESIDENT), officer_id__isnull=True)
                | Q(kind=str(AccountKind.OFFICER), person_key__isnull=True, officer_id__isnull=False),
            ),
            UniqueConstraint(name="person_has_one_account", fields=["person_key"]),
            UniqueConstraint(name="officer_has_one_account", fields=["officer_id"]),
        ]


class Contact(models.Model):
    """Phone and mail address of an account, sealed under a key of its own; masked for its owner's pages."""

    privacy = Privacy(
        personal=frozenset({"account", "masked_phone", "masked_mail", "sealed"}),
        keep_years=2,
        reason=UNTIL_CLOSED,
        erase="The row is deleted, and with it the only key that opens the sealed text.",
    )

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="+")
    masked_phone = models.CharField(max_length=20)
    masked_mail = models.CharField(max_length=120)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()

    def close(self, ways: Ways) -> None:
        """Seal the ways to reach somebody under a fresh key."""
        key = new_key()
        self.masked_phone, self.masked_mail = mask_phone(ways.phone), mask_mail(ways.mail)
        self.sealed = seal(key, json.dumps(asdict(ways)).encode(), self._about)
        self.wrapped_key = ring().wrap(key, self._about)

    def open(self) -> Ways:
        """The ways sealed in this row; Unreadable if the ring no longer has its master key."""
        key = ring().unwrap(bytes(self.wrapped_key), self._about)
        return Ways(**json.loads(open_(key, bytes(self.sealed), self._about)))

    @property
    def _about(self) -> bytes:
        return contact_about(UUID(str(self.account_id)))


def contact_about(account: UUID) -> bytes:
    """What the ways to reach somebody, and their wrapped key, say whose they are."""
    return b"identity/contact/" + account.bytes


class Passkey(models.Model):
    """A key that a device of somebody's holds: here stands the public half, which opens nothing."""

    privacy = Privacy(
        personal=frozenset({"account", "credential", "name"}),
        keep_years=2,
        reason=UNTIL_CLOSED,
        erase=BY_DELETION,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    uses = models.BigIntegerField()
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()


class SignedIn(models.Model):
    """A browser in which somebody is signed in, to be listed and to be signed out from elsewhere."""

    privacy = Privacy(
        personal=frozenset({"account", "session", "device"}),
        keep_years=0,
        reason="Shows people where they are signed in; gone with the session.",
        erase="Deleted with the session, or by the next sign-in after it ended.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    session = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    since = models.DateTimeField()


class AccountNote(models.Model):
    """What happened to an account, for its owner to read: never what was typed, never where from."""

    privacy = Privacy(
        personal=frozenset({"account"}),
        keep_years=1,
        reason="Cybersecurity Law Art. 21(3): logs of the network are kept for at least six months.",
        erase=BY_DELETION,
    )

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=32)

    class Meta:
        indexes: ClassVar = [Index(fields=["account", "-id"], name="notes_of_an_account")]
