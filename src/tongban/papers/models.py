"""What is stored of files, and what the database must never allow."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from tongban.kernel.privacy import Privacy
from tongban.papers.rules import MOST_BYTES, Kind


class File(models.Model):
    """A file, sealed under a key of its own. The key is in the uploader's handle, then under the case's key.

    `claimed_by` is the case that holds it; until then it waits, and is gone at `expires_at`.
    """

    id = models.UUIDField(primary_key=True)
    uploader = models.BinaryField()
    sealed = models.BinaryField()
    size = models.IntegerField()
    kind = models.TextField()
    expires_at = models.DateTimeField()
    claimed_by = models.BigIntegerField(null=True)

    privacy = Privacy(
        personal=frozenset({"uploader", "sealed"}),
        keep_years=10,
        reason="随办件归档保存；没有提交的文件三天后删除。",
        erase="删除整行；密钥不在本表，办件密钥销毁后，文件本来也无法打开。",
    )

    class Meta:
        indexes: ClassVar = [
            Index(fields=["expires_at"], name="papers_waiting_files", condition=Q(claimed_by__isnull=True)),
            Index(
                fields=["uploader", "expires_at"],
                name="papers_files_waiting_of_one",
                condition=Q(claimed_by__isnull=True),
            ),
            Index(
                fields=["claimed_by"], name="papers_files_of_a_case", condition=Q(claimed_by__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="papers_file_is_of_a_known_kind", condition=Q(kind__in=[kind.value for kind in Kind])
            ),
            CheckConstraint(
                name="papers_file_is_neither_empty_nor_too_large", condition=Q(size__range=(1, MOST_BYTES))
            ),
        ]
