"""Acts on a certificate: each gives one command and answers where the certificate now stands.

The same act on the same version, sent again by the same officer, gives the same answer and does nothing.
"""

from datetime import datetime
from typing import Any

from ninja import Router
from pydantic import BaseModel

from tongban.certificates import commands, queries
from tongban.certificates.endpoints.given import (
    CertificateAct,
    CertificateChange,
    CertificateWorded,
    Number,
    Revocation,
)
from tongban.kernel.ids import Version
from tongban.kernel.pages import Request

router = Router()


class CertificateActed(BaseModel):
    """The certificate after the act; the next act must have seen this `version`."""

    number: str
    version: int
    status: str


class ToBeTakenBack(BaseModel):
    """A certificate that another officer asks to be taken back; `why` is the ground in Chinese."""

    number: str
    name: str
    holder: str
    why: str
    asked_by: str
    asked_at: datetime


class Revocations(BaseModel):
    """What waits for your answer, the oldest first."""

    revocations: list[ToBeTakenBack]


def _acting(request: Request, act: CertificateAct) -> dict[str, Any]:
    """What every command asks: what was seen, by whom, when."""
    return {"seen": Version(act.seen), "by": request.viewer, "at": request.now}


def _acted(done: commands.Acted) -> CertificateActed:
    return CertificateActed(number=done.number, version=done.version, status=done.status)


@router.get("/revocations", response=Revocations, operation_id="revocations")
def revocations(request: Request) -> Revocations:
    """Certificates of your body that a colleague asks to be taken back, for you to answer."""
    rows = queries.to_be_taken_back(request.viewer, at=request.now)
    return Revocations(
        revocations=[
            ToBeTakenBack(
                number=row.number,
                name=row.name,
                holder=row.holder,
                why=row.why,
                asked_by=row.asked_by,
                asked_at=row.asked_at,
            )
            for row in rows
        ]
    )


@router.post("/{certificate}/change", response=CertificateActed, operation_id="change")
def change(request: Request, certificate: Number, act: CertificateChange) -> CertificateActed:
    """Issue the next edition with other words; this one lapses. Answered with the new edition."""
    later = commands.change(certificate, **_acting(request, act), lines=act.lines, text=act.text)
    # An edition begins with one event, and holds.
    return CertificateActed(number=later, version=1, status="valid")


@router.post("/{certificate}/suspend", response=CertificateActed, operation_id="suspend")
def suspend(request: Request, certificate: Number, act: CertificateWorded) -> CertificateActed:
    """Suspend; it holds no longer until restored."""
    return _acted(commands.suspend(certificate, **_acting(request, act), text=act.text))


@router.post("/{certificate}/restore", response=CertificateActed, operation_id="restore")
def restore(request: Request, certificate: Number, act: CertificateWorded) -> CertificateActed:
    """End a suspension."""
    return _acted(commands.restore(certificate, **_acting(request, act), text=act.text))


@router.post("/{certificate}/endorse", response=CertificateActed, operation_id="endorse")
def endorse(request: Request, certificate: Number, act: CertificateAct) -> CertificateActed:
    """Endorse for another period of its type."""
    return _acted(commands.endorse(certificate, **_acting(request, act)))


@router.post("/{certificate}/cancel", response=CertificateActed, operation_id="cancel")
def cancel(request: Request, certificate: Number, act: CertificateWorded) -> CertificateActed:
    """Cancel; final."""
    return _acted(commands.cancel(certificate, **_acting(request, act), text=act.text))


@router.post("/{certificate}/ask-revocation", response=CertificateActed, operation_id="ask-revocation")
def ask_revocation(request: Request, certificate: Number, act: Revocation) -> CertificateActed:
    """Ask that it be taken back. It holds until another entitled officer agrees."""
    done = commands.ask_revocation(certificate, **_acting(request, act), ground=act.ground, text=act.text)
    return _acted(done)


@router.post(
    "/{certificate}/approve-revocation", response=CertificateActed, operation_id="approve-revocation"
)
def approve_revocation(request: Request, certificate: Number, act: CertificateAct) -> CertificateActed:
    """Agree to what another officer asked for; it holds no longer from this moment on. Final."""
    return _acted(commands.approve_revocation(certificate, **_acting(request, act)))


@router.post(
    "/{certificate}/decline-revocation", response=CertificateActed, operation_id="decline-revocation"
)
def decline_revocation(request: Request, certificate: Number, act: CertificateAct) -> CertificateActed:
    """Decline; it goes on as it was."""
    return _acted(commands.decline_revocation(certificate, **_acting(request, act)))
