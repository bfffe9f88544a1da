"""Enterprises, and who may act for them."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, QuerySet, UniqueConstraint

from tongban.kernel.privacy import Privacy


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
    """A person may act for an enterprise from `since` until the day before `until`, unless revoked.

    Who represents it, as its register says, may give mandates to others; `given_by` then says who did.
    """

    privacy = Privacy(
        personal=frozenset({"person_key", "given_by"}),
        keep_years=10,
        reason="Shows that whoever filed an enterprise's case was entitled to; kept as long as its cases.",
        erase="Kept with the case; the keyed hash names nobody without the ring.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person_key = models.BinaryField()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    represents = models.BooleanField(default=False)
    given_by = models.BinaryField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = Mandates.as_manager()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="mandate_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            CheckConstraint(
                name="mandate_of_a_representative_is_given_by_nobody",
                condition=Q(represents=False) | Q(given_by__isnull=True),
            ),
            UniqueConstraint(
                name="person_has_one_unrevoked_mandate_of_an_enterprise",
                fields=["person_key", "enterprise"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]


class Invitation(models.Model):
    """A mandate that its receiver has not answered yet: who signs in by this phone, under this very name."""

    privacy = Privacy(
        personal=frozenset({"phone", "name", "masked_name", "given_by"}),
        keep_years=1,
        reason="Until it is answered; then it shows both sides what was offered.",
        erase="The row is deleted; phone and name stand in it as keyed hashes.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    given_by = models.BinaryField()
    phone = models.CharField(max_length=64, db_index=True)
    name = models.BinaryField()
    masked_name = models.CharField(max_length=60)
    until = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="invitation_phone_is_a_keyed_hash", condition=Q(phone__regex="^[0-9a-f]{64}$")
            ),
            UniqueConstraint(
                name="enterprise_invites_a_phone_once_at_a_time",
                fields=["enterprise", "phone"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
