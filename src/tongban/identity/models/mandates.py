"""Enterprises, and who may act for them and for other people."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, QuerySet, UniqueConstraint

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
    """A person may act for an enterprise, or for another person (`principal`), until the day before `until`.

    Who represents an enterprise, as its register says, may give mandates to others; `given_by` then says who
    did. A person gives their own. `scope`: the matters it covers; none named means all. `register`: which
    register says so, where nobody needed to give it: a parent of a child under age.
    """

    privacy = Privacy(
        personal=frozenset({"person_key", "given_by", "principal", "scope"}),
        keep_years=10,
        reason="Shows that whoever filed another's case was entitled to; kept as long as its cases.",
        erase="Kept with the case; the keyed hash names nobody without the ring.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person_key = models.BinaryField()
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", null=True)
    principal = models.BinaryField(null=True)
    represents = models.BooleanField(default=False)
    given_by = models.BinaryField(null=True)
    scope = ArrayField(models.TextField(), default=list)
    register = models.CharField(max_length=60, default="")
    since = models.DateField()
    until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = Mandates.as_manager()

    class Meta:
        indexes: ClassVar = [
            Index(name="mandates_that_a_person_gave", fields=["principal"], condition=Q(revoked_at=None)),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="mandate_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            CheckConstraint(
                name="mandate_of_a_representative_is_given_by_nobody",
                condition=Q(represents=False) | Q(given_by__isnull=True, scope=[]),
            ),
            CheckConstraint(
                name="mandate_is_of_an_enterprise_or_of_another_person",
                condition=Q(enterprise__isnull=False, principal=None, register="")
                | Q(enterprise=None, principal__isnull=False, represents=False, until__isnull=False)
                & ~Q(principal=F("person_key")),
            ),
            UniqueConstraint(
                name="person_has_one_unrevoked_mandate_of_an_enterprise",
                fields=["person_key", "enterprise"],
                condition=Q(revoked_at__isnull=True),
            ),
            UniqueConstraint(
                name="person_has_one_unrevoked_mandate_of_a_person",
                fields=["person_key", "principal"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]


class Invitation(models.Model):
    """A mandate that its receiver has not answered yet: who signs in by this phone, under this very name.

    Without an enterprise it is `given_by` who would be acted for.
    """

    privacy = Privacy(
        personal=frozenset({"phone", "name", "masked_name", "given_by", "scope"}),
        keep_years=1,
        reason="Until it is answered; then it shows both sides what was offered.",
        erase="The row is deleted; phone and name stand in it as keyed hashes.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", null=True)
    given_by = models.BinaryField()
    phone = models.CharField(max_length=64, db_index=True)
    name = models.BinaryField()
    masked_name = models.CharField(max_length=60)
    scope = ArrayField(models.TextField(), default=list)
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
            UniqueConstraint(
                name="person_invites_a_phone_once_at_a_time",
                fields=["given_by", "phone"],
                condition=Q(ended_at__isnull=True, enterprise__isnull=True),
            ),
        ]
