"""What is stored of the catalogue, and what the database must never allow."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tongban.kernel.privacy import Privacy

_PUBLIC = Privacy(
    personal=frozenset(),
    keep_years=None,
    reason="A published item is public, and every case opened under a version is judged by it.",
    erase="Nothing to erase: it says nothing of a person.",
)


class ItemVersion(models.Model):
    """One published version of an item, whole: its row is never changed nor deleted (a trigger sees to that).

    `document` is canonical JSON as text, byte for byte what `digest` (SHA-256, hex) was taken of.
    """

    privacy = _PUBLIC

    slug = models.CharField(max_length=63)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    document = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="item_has_a_version_once", fields=["slug", "version"]),
            CheckConstraint(name="item_versions_start_at_one", condition=Q(version__gte=1)),
            CheckConstraint(name="item_digest_is_sha256", condition=Q(digest__regex="^[0-9a-f]{64}$")),
        ]


class GuideList(models.Model):
    """What people can be told of before it can be applied for here: one row for each list, whole.

    `document` is canonical JSON as text; `digest` its SHA-256, hex.
    """

    privacy = _PUBLIC

    slug = models.CharField(primary_key=True, max_length=63)
    digest = models.CharField(max_length=64)
    document = models.TextField()


class Columns(models.Model):
    """How the city arranges what it offers: one row, whole; `document` and `digest` as of a guide list."""

    privacy = _PUBLIC

    id = models.SmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    document = models.TextField()

    class Meta:
        constraints: ClassVar = [CheckConstraint(name="a_city_has_one_set_of_columns", condition=Q(id=1))]


class CurrentItem(models.Model):
    """Which version of an item new cases are opened under."""

    privacy = _PUBLIC

    slug = models.CharField(primary_key=True, max_length=63)
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
