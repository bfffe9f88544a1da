"""What is stored of certificates, how it is read back, and what the database must never allow."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import orjson
from django.db import models
from django.db.models import CheckConstraint, F, Func, Index, Q, UniqueConstraint
from django.db.models.lookups import Exact

from tongban.certificates.events import KINDS
from tongban.certificates.events import Event as CertificateEvent
from tongban.certificates.rules.issuing import Content
from tongban.certificates.rules.life import STANDING, Status
from tongban.certificates.rules.state import Asked, CertificateHead, CertificateState
from tongban.kernel.events import event_of
from tongban.kernel.ids import CertificateId, PersonKey
from tongban.kernel.keys import open_, ring
from tongban.kernel.privacy import Privacy
from tongban.kernel.sql import run

_PUBLIC = Privacy(
    personal=frozenset(),
    keep_years=None,
    reason="证照的经过是公开账本的依据，不含个人信息，长期保存。",
    erase="不删除。",
)
_KEPT = "证照失效后仍要能查证，按办件档案保管期限保存（单位自定，默认十年）。"
_YEARS = 10


class Type(models.Model):
    """A type of certificate by the content it had in a pack; its row is never changed."""

    slug = models.TextField()
    version = models.IntegerField()
    digest = models.TextField()
    document = models.TextField()

    privacy = _PUBLIC

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="certificate_type_has_a_version_once", fields=["slug", "version"]),
            UniqueConstraint(name="certificate_type_keeps_a_content_once", fields=["slug", "digest"]),
        ]


class Certificate(models.Model):
    """One edition of a certificate, folded: its events are the truth. `sealed` is under its own key."""

    id = models.BigAutoField(primary_key=True)
    serial = models.TextField()
    edition = models.IntegerField()
    before = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="+")
    type = models.TextField()
    type_version = models.IntegerField()
    type_code = models.TextField()
    type_name = models.TextField()
    sample = models.BooleanField()
    body = models.TextField()
    body_name = models.TextField()
    region = models.TextField()
    holder = models.BinaryField(max_length=32)
    holder_shown = models.TextField()
    case_id = models.BigIntegerField()
    case_number = models.TextField()
    granted = models.IntegerField()
    founder = models.BinaryField(max_length=32, null=True)
    version = models.IntegerField()
    status = models.TextField()
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    endorsed_until = models.DateField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_ground = models.TextField(null=True)
    asked_seq = models.IntegerField(null=True)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()

    privacy = Privacy(
        personal=frozenset({"holder", "holder_shown", "founder", "wrapped", "sealed"}),
        keep_years=_YEARS,
        reason=_KEPT,
        erase="销毁密钥，掩码姓名清空，持证人和设立人只剩键控散列。",
    )

    class Meta:
        indexes: ClassVar = [
            Index(fields=["holder", "-id"], name="certificates_of_a_holder"),
            Index(
                fields=["founder", "-id"],
                name="certificates_that_founded",
                condition=Q(founder__isnull=False),
            ),
            Index(
                fields=["body", "id"],
                name="certificates_to_be_taken_back",
                condition=Q(asked_by__isnull=False),
            ),
            Index(fields=["case_id"], name="certificates_of_a_case"),
            Index(
                fields=["valid_until", "id"],
                name="certificates_that_will_expire",
                condition=Q(status__in=sorted(map(str, STANDING)), valid_until__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            UniqueConstraint(name="one_edition_of_a_number", fields=["serial", "edition"]),
            UniqueConstraint(
                name="one_standing_edition_of_a_serial",
                fields=["serial"],
                condition=Q(status__in=sorted(map(str, STANDING))),
            ),
            UniqueConstraint(
                name="one_certificate_for_a_grant", fields=["case_id", "granted"], condition=Q(edition=1)
            ),
            CheckConstraint(
                name="a_later_edition_names_the_one_before",
                condition=Q(edition=1, before=None) | Q(edition__gt=1, before__isnull=False),
            ),
            CheckConstraint(
                name="certificate_status_is_known", condition=Q(status__in=[str(one) for one in Status])
            ),
            CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
            ),
            CheckConstraint(
                name="a_revocation_is_asked_for_whole",
                condition=Q(asked_by=None, asked_ground=None, asked_seq=None)
                | Q(asked_by__isnull=False, asked_ground__isnull=False, asked_seq__isnull=False),
            ),
            CheckConstraint(
                name="certificate_is_held_by_a_key",
                condition=Exact(
                    Func(F("holder"), function="octet_length", output_field=models.IntegerField()), 32
                ),
            ),
        ]


class Event(models.Model):
    """One thing that happened; a trigger forbids to change or delete it. `body` is the exact text hashed.

    Its ids count downwards from -1: in the public log no leaf may be taken for one of a case's event.
    """

    id = models.BigAutoField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, db_index=False)
    seq = models.IntegerField()
    kind = models.TextField()
    version = models.IntegerField()
    at = models.DateTimeField()
    tag = models.TextField()
    body = models.TextField()

    privacy = _PUBLIC

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="one_event_at_a_place_of_a_certificate", fields=["certificate", "seq"])
        ]


class Reason(models.Model):
    """Why something was done, sealed under the certificate's key."""

    id = models.BigAutoField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, db_index=False)
    seq = models.IntegerField()
    sealed = models.BinaryField()

    privacy = Privacy(personal=frozenset({"sealed"}), keep_years=_YEARS, reason=_KEPT, erase="销毁证照密钥。")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="one_reason_of_an_event", fields=["certificate", "seq"])
        ]


COLUMNS = (
    "c.id, c.serial, c.edition, c.type, c.type_version, c.type_code, c.body, c.region, c.holder, c.case_id,"
    " c.granted, c.version, c.status, c.issued_on, c.valid_until, c.endorsed_until, c.asked_by,"
    " c.asked_ground, c.asked_seq, c.wrapped, c.sealed, c.type_name, c.sample, c.body_name, c.holder_shown,"
    " c.case_number, c.founder"
)
"""Of a certificate's row, in the order that `state_of` and the queries read them."""


def state_of(row: tuple[Any, ...]) -> CertificateState:
    """The state that a row of `COLUMNS` holds."""
    head = CertificateHead(
        id=row[0],
        serial=row[1],
        edition=row[2],
        type=row[3],
        type_version=row[4],
        type_code=row[5],
        body=row[6],
        region=row[7],
        holder=PersonKey(bytes(row[8])),
        case=row[9],
        granted=row[10],
        founder=PersonKey(bytes(row[26])) if row[26] else None,
    )
    asked = Asked(row[16], row[17], row[18]) if row[16] else None
    return CertificateState(head, row[11], Status(row[12]), row[13], row[14], row[15], asked)


def event_in(kind: str, body: str) -> CertificateEvent:
    """The event that a row keeps."""
    return event_of(KINDS[kind], body)


def key_of(id: CertificateId, wrapped: bytes) -> bytes:
    """The certificate's own key."""
    return ring().unwrap(bytes(wrapped), wrapping(id))


def wrapping(id: CertificateId) -> bytes:
    """What a wrapped key says whose it is."""
    return f"certificate {id}".encode()


def aad_of(id: CertificateId, name: str) -> bytes:
    """What a sealed value says it is, so that none can be put in another's place."""
    return f"certificate {id} {name}".encode()


def content_in(id: CertificateId, key: bytes, sealed: bytes) -> Content:
    """What is printed, opened."""
    held = orjson.loads(open_(key, bytes(sealed), aad_of(id, "content")))
    return Content(held["name"], held["code"], tuple((label, text) for label, text in held["lines"]))


@lru_cache(maxsize=256)
def type_of(slug: str, version: int) -> Mapping[str, Any]:
    """The type of that version, which exists and never changes. One statement a process."""
    [(document,)] = run(
        "select document from certificates_type where slug = $1::text and version = $2::int", (slug, version)
    )
    found: Mapping[str, Any] = orjson.loads(document)
    return found
