"""Certificates for programs: one's own, one of them, and open to everyone whether one holds."""

from datetime import date, datetime
from typing import Any

from ninja import Router
from pydantic import BaseModel

from tongban.certificates import queries
from tongban.certificates.endpoints.given import Number
from tongban.kernel.pages import Request

router = Router()


class Row(BaseModel):
    """A certificate in a list; `holder` is masked, `says` is whether it holds, in Chinese."""

    number: str
    name: str
    sample: bool
    holder: str
    issuer: str
    issued_on: date
    valid_until: date | None
    holding: str
    says: str


class Wallet(BaseModel):
    """One's own certificates and those of the enterprises one may act for, newest first."""

    certificates: list[Row]


class Checked(Row):
    """What anyone may know; `latest` names a later edition where there is one."""

    identifier: str
    latest: str | None


class Line(BaseModel):
    """A printed line."""

    label: str
    text: str


class Happened(BaseModel):
    """One act, with its reason where you may read it."""

    seq: int
    at: datetime
    words: str
    reason: str | None


class Shown(Row):
    """A certificate; lines and metadata (GB/T 36903) for its holder alone.

    `acts`: what you may do to it now, each the last part of its address. `asked`: why it is asked to be taken
    back, in Chinese. `onward`: what its holder can do where it stands. `remedies`: for its holder,
    against what the office did.
    """

    identifier: str
    case: str
    version: int
    lines: list[Line]
    metadata: dict[str, str]
    story: list[Happened]
    acts: list[str]
    asked: str | None
    onward: str | None
    remedies: list[str]


@router.get("", response=Wallet, operation_id="certificates")
def wallet(request: Request) -> Wallet:
    """Your certificates and those of the enterprises you may act for."""
    rows = queries.wallet(request.viewer, at=request.now)
    return Wallet(certificates=[Row(**_row(row)) for row in rows])


@router.get("/{certificate}", response=Shown, operation_id="certificate")
def one(request: Request, certificate: Number) -> Shown:
    """A certificate of yours; officers of the issuing body read what was done and why, and no line of it.

    Such an officer's look is recorded.
    """
    view = queries.look_at(certificate, request.viewer, at=request.now)
    return Shown(
        **_row(view),
        identifier=view.identifier,
        case=view.case_number,
        version=view.state.version,
        lines=[Line(label=label, text=text) for label, text in view.lines],
        metadata=view.metadata,
        story=[
            Happened(seq=told.seq, at=told.at, words=told.words, reason=told.reason) for told in view.story
        ],
        acts=sorted(view.acts),
        asked=view.asked or None,
        onward=view.onward or None,
        remedies=view.remedies,
    )


@router.get("/{certificate}/check", response=Checked, auth=None, operation_id="check")
def check(request: Request, certificate: Number) -> Checked:
    """Whether a certificate holds at this moment. Open to everyone."""
    found = queries.check(certificate, at=request.now)
    return Checked(**_row(found), identifier=found.identifier, latest=found.latest)


def _row(row: queries.CertificateRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "sample": row.sample,
        "holder": row.holder,
        "issuer": row.issuer,
        "issued_on": row.issued_on,
        "valid_until": row.valid_until,
        "holding": row.holding,
        "says": row.says,
    }
