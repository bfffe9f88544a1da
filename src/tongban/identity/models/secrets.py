"""Tokens, codes, and the count of tries."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from tongban.identity.models.accounts import BY_DELETION, Account
from tongban.identity.models.mandates import Enterprise
from tongban.kernel.privacy import Privacy


class Token(models.Model):
    """A bearer token, kept as a keyed digest: whoever reads the table can sign in as nobody."""

    privacy = Privacy(
        personal=frozenset({"account", "acting_for"}),
        keep_years=1,
        reason="Cybersecurity Law Art. 21(3): logs of the network are kept for at least six months.",
        erase=BY_DELETION,
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


class OneTimeCode(models.Model):
    """The code last sent to a phone or an address for a purpose: as keyed digests, once, for five minutes."""

    privacy = Privacy(
        personal=frozenset({"key", "digest"}),
        keep_years=0,
        reason="Worth nothing after five minutes, or once it was used.",
        erase="Deleted when used; else by later sendings, a day after it ended.",
    )

    key = models.CharField(primary_key=True, max_length=64)
    digest = models.BinaryField()
    tries = models.IntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)


class SignInCount(models.Model):
    """Tries to sign in, codes sent and the like, by what they are bounded by, as keyed hashes."""

    privacy = Privacy(
        personal=frozenset({"key"}),
        keep_years=0,
        reason="Only to slow guessing down; a day later nothing is left.",
        erase="Deleted by later tries, a day after the window began.",
    )

    key = models.CharField(primary_key=True, max_length=64)
    tries = models.IntegerField()
    since = models.DateTimeField(db_index=True)
