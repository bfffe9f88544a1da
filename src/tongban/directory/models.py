"""What is stored of the government's shape, and what the database must never allow."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tongban.directory.rules import NUMBER, AbsenceKind, BodyKind, Level
from tongban.kernel.access import Role
from tongban.kernel.privacy import Privacy

_PUBLIC = Privacy(
    personal=frozenset(),
    keep_years=None,
    reason="The shape of the government is public and explains every case it handled.",
    erase="Nothing to erase: it says nothing of a person.",
)
_DUTY = "Who held which office when explains every act of that office: kept as long as any of those acts."

_USCC = "^[0-9A-HJ-NPQRTUWXY]{18}$"
_REGION = "^([0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})$"


class Region(models.Model):
    """A region of any of the six levels."""

    privacy = _PUBLIC

    code = models.CharField(primary_key=True, max_length=15)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="region_code_has_6_9_12_or_15_digits", condition=Q(code__regex=_REGION)),
            CheckConstraint(
                name="region_has_a_known_level", condition=Q(level__in=[int(one) for one in Level])
            ),
            CheckConstraint(name="region_is_not_its_own_parent", condition=~Q(parent=F("code"))),
            CheckConstraint(name="region_has_a_name", condition=~Q(name="")),
        ]


class Body(models.Model):
    """A department or other body, by its unified social credit code. From `closed_on` on it is no more."""

    privacy = _PUBLIC

    code = models.CharField(primary_key=True, max_length=18)
    name = models.CharField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="body_code_is_a_unified_code", condition=Q(code__regex=_USCC)),
            CheckConstraint(name="body_kind_is_known", condition=Q(kind__in=[str(one) for one in BodyKind])),
            CheckConstraint(name="body_has_a_name", condition=~Q(name="")),
            UniqueConstraint(
                name="region_has_one_government",
                fields=["region"],
                condition=Q(kind=BodyKind.GOVERNMENT.value, closed_on__isnull=True),
            ),
        ]


class Post(models.Model):
    """A post at a body; the powers of its holder come from its roles and from nowhere else."""

    privacy = _PUBLIC

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    roles = ArrayField(models.CharField(max_length=16))

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="body_has_one_post_of_a_title", fields=["body", "title"]),
            CheckConstraint(
                name="post_roles_are_known", condition=Q(roles__contained_by=[str(one) for one in Role])
            ),
            CheckConstraint(name="post_has_a_role", condition=Q(roles__len__gt=0)),
        ]


class Officer(models.Model):
    """Someone who holds or held public office, by a staff number where one was given.

    `edition` tells running processes what changed since.
    """

    privacy = Privacy(
        personal=frozenset({"name", "number"}),
        keep_years=None,
        reason=_DUTY,
        erase="Kept: the name of an officer belongs to the public record of the acts done in office.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=60)
    number = models.CharField(max_length=20, null=True)
    edition = models.BigIntegerField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="officer_has_a_name", condition=~Q(name="")),
            CheckConstraint(name="officer_number_is_plain", condition=Q(number__regex=NUMBER)),
            UniqueConstraint(name="officer_number_is_one_officers", fields=["number"]),
        ]


class Tenure(models.Model):
    """An officer holds a post from `since` until the day before `until`."""

    privacy = Privacy(
        personal=frozenset({"officer"}),
        keep_years=None,
        reason=_DUTY,
        erase="Kept: it says who answers for the acts of the post.",
    )

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="tenure_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            UniqueConstraint(
                name="officer_holds_a_post_once_at_a_time",
                fields=["officer", "post"],
                condition=Q(until__isnull=True),
            ),
        ]


class Absence(models.Model):
    """An officer is away from `since` until the day before `until`; `stand_in` acts for them meanwhile."""

    privacy = Privacy(
        personal=frozenset({"officer", "kind", "stand_in", "recorded_by"}),
        keep_years=None,
        reason=_DUTY,
        erase="Kept: a suspension, or who stood in for whom, explains why an act could be done or not.",
    )

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    since = models.DateField()
    until = models.DateField(null=True)
    stand_in = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
            CheckConstraint(
                name="absence_kind_is_known", condition=Q(kind__in=[str(one) for one in AbsenceKind])
            ),
            UniqueConstraint(name="absence_is_recorded_once", fields=["officer", "kind", "since"]),
            CheckConstraint(
                name="nobody_stands_in_for_themselves",
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("officer")),
            ),
        ]
