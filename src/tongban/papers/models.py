"""What is stored of files, papers and seals, and what the database must never allow."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from tongban.kernel.ids import CaseId, FileId
from tongban.kernel.keys import open_
from tongban.kernel.privacy import Privacy
from tongban.kernel.sql import run
from tongban.papers.rules import MOST_BYTES, Kind, content_of


class File(models.Model):
    """A file, and of a photo its thumbnail, sealed under a key of its own that is in the uploader's handle,
    then under the case's key.

    `claimed_by` is the case that holds it; until then it waits, and is gone at `expires_at`.
    """

    id = models.UUIDField(primary_key=True)
    uploader = models.BinaryField()
    sealed = models.BinaryField()
    size = models.IntegerField()
    kind = models.TextField()
    expires_at = models.DateTimeField()
    claimed_by = models.BigIntegerField(null=True)
    thumbnail = models.BinaryField(null=True)

    privacy = Privacy(
        personal=frozenset({"uploader", "sealed", "thumbnail"}),
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


class Seal(models.Model):
    """A body's seal: its certificate, its private key wrapped by the key ring. Body "" is the authority."""

    pk = models.CompositePrimaryKey("body", "name")
    body = models.TextField()
    name = models.TextField()
    certificate = models.BinaryField()
    wrapped = models.BinaryField()

    privacy = Privacy(
        personal=frozenset(),
        keep_years=None,
        reason="机关电子印章的证书和密钥；旧文书要靠它验证。",
        erase="没有个人信息。",
    )


class Paper(models.Model):
    """A paper we gave out (文书): what anyone may know of it in clear, its signed PDF under its case's key.

    `owner` is the case and `seq` the event it tells; `digest` is the SHA-256 of the PDF as signed.
    """

    id = models.BigAutoField(primary_key=True)
    owner = models.BigIntegerField()
    seq = models.IntegerField()
    kind = models.TextField()
    code = models.TextField(unique=True)
    title = models.TextField()
    number = models.TextField()
    body = models.TextField()
    issuer = models.TextField()
    issued_on = models.DateField()
    sample = models.BooleanField()
    digest = models.BinaryField(unique=True)
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    privacy = Privacy(
        personal=frozenset({"sealed"}),
        keep_years=10,
        reason="随办件归档保存；文书名称、编号和摘要留作查验。",
        erase="内容置空；办件密钥销毁后，内容本来也无法打开。",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "seq"], name="papers_one_paper_of_an_act"),
            CheckConstraint(name="papers_code_has_20_characters", condition=Q(code__regex=r"^[0-9A-Z]{20}$")),
        ]


def contents_of(files: Mapping[FileId, bytes]) -> dict[FileId, bytes]:
    """The content of those files that are still there, opened with each file's own key. One statement."""
    rows = run("select id, sealed from papers_file where id = any($1::uuid[])", (list(files),))
    return {file: open_(files[file], bytes(sealed), content_of(file)) for file, sealed in rows}


def wrapping(body: str, name: str) -> bytes:
    """What a wrapped private key says whose it is."""
    return f"papers/seal/{body}/{name}".encode()


def kept(owner: CaseId, seq: int, key: bytes) -> bytes | None:
    """The signed PDF that is kept of an act, opened with its case's key. One statement. Unreadable."""
    rows = run(
        "select sealed from papers_paper where owner = $1::bigint and seq = $2::int and sealed is not null",
        (owner, seq),
    )
    return open_(key, bytes(rows[0][0]), paper_of(owner, seq)) if rows else None


def paper_of(owner: CaseId, seq: int) -> bytes:
    """What a sealed paper says it is: of this act and of no other."""
    return f"papers/paper/{owner}/{seq}".encode()
