"""What happened to a certificate: stored once, folded for ever.

An event carries no personal data: what is printed and why something was done are sealed apart, and the event
holds their salted digests.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `by` is the officer; None is the clock, or a grant that was made or undone."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    at: datetime
    by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(Event):
    """A new certificate, or a new edition of one; `before` is the identifier that it takes the place of."""

    kind: ClassVar[str] = "issued"
    identifier: str
    type: str
    type_version: int
    case: str
    granted: int
    issued_on: date
    content: str
    valid_until: date | None = None
    endorsed_until: date | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateReplaced(Event):
    """Another edition took its place; `content` is the salted digest of what that one prints."""

    kind: ClassVar[str] = "replaced"
    by_edition: int
    text: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSuspended(Event):
    kind: ClassVar[str] = "suspended"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRestored(Event):
    kind: ClassVar[str] = "restored"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEndorsed(Event):
    """Endorsed (签注): it may be used until that day."""

    kind: ClassVar[str] = "endorsed"
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationAsked(Event):
    kind: ClassVar[str] = "revocation-asked"
    ground: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationDeclined(Event):
    kind: ClassVar[str] = "revocation-declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRevoked(Event):
    """Taken back. `by` asked for it and `approver` agreed; where the grant was undone, nobody stands here."""

    kind: ClassVar[str] = "revoked"
    ground: str
    approver: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCancelled(Event):
    kind: ClassVar[str] = "cancelled"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateExpired(Event):
    kind: ClassVar[str] = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateEnded(Event):
    """Whoever founded an enterprise by this licence acts for it no more."""

    kind: ClassVar[str] = "mandate-ended"


KINDS: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        CertificateIssued,
        CertificateReplaced,
        CertificateSuspended,
        CertificateRestored,
        CertificateEndorsed,
        RevocationAsked,
        RevocationDeclined,
        CertificateRevoked,
        CertificateCancelled,
        CertificateExpired,
        MandateEnded,
    )
}
