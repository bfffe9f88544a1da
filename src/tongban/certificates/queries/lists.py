"""Certificates in lists: mine, of a case, to be taken back; whether one holds; what stands for what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from tongban.certificates.models import COLUMNS, state_of
from tongban.certificates.rules.life import (
    GROUNDS,
    HOLDING_NAMES,
    TAKEN_BACK,
    Holding,
    Status,
    holding,
)
from tongban.certificates.rules.numbers import is_number as is_number
from tongban.certificates.rules.numbers import number_in, unknown
from tongban.certificates.rules.state import CertificateState
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.codes import CertificateIdentifier
from tongban.kernel.access import Deed, Viewer, allowed, reach
from tongban.kernel.ids import CaseId, OfficerId, PersonKey
from tongban.kernel.speech import full_day_in_words
from tongban.kernel.sql import load, run

HERE = "tongban.certificates"
LONGEST_WALLET = 500
MOST_ASKED = 200


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate in a list."""

    number: str
    name: str
    sample: bool
    holder: str
    issuer: str
    issued_on: date
    valid_until: date | None
    holding: Holding

    @property
    def says(self) -> str:
        """Whether it holds, in words."""
        return gettext(HOLDING_NAMES[self.holding])

    @property
    def until(self) -> str:
        """Its last day, in words."""
        return full_day_in_words(self.valid_until) if self.valid_until else gettext("长期")

    @property
    def valid(self) -> bool:
        """Whether it holds."""
        return self.holding is Holding.VALID


@dataclass(frozen=True, slots=True)
class Check(CertificateRow):
    """What anyone may know: `holder` is masked, `latest` names a later edition where there is one."""

    identifier: str
    latest: str | None


@dataclass(frozen=True, slots=True)
class ToBeTakenBack:
    """A certificate of the body that one officer asks to be taken back, for another to answer."""

    number: str
    name: str
    holder: str
    why: str
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that someone holds, for a material that it may stand for."""

    holder: PersonKey
    type: str
    name: str
    number: str
    identifier: str
    holding: Holding

    @property
    def valid(self) -> bool:
        """Whether it stands for anything."""
        return self.holding is Holding.VALID

    @property
    def says(self) -> str:
        """Whether it holds, in words."""
        return gettext(HOLDING_NAMES[self.holding])


def wallet(viewer: Viewer, *, at: datetime) -> list[CertificateRow]:
    """The certificates of the viewer and of the enterprises they act for, latest editions, newest first.

    And those that founded an enterprise for the viewer and were taken back since. One statement; the latest
    five hundred.
    """
    rows = run(
        f"select {COLUMNS} from certificates_certificate c where (c.holder = any($1::bytea[])"
        " or c.founder = any($1::bytea[]) and c.status = any($2::text[]))"
        " and not exists (select from certificates_certificate l where l.before_id = c.id)"
        " order by c.id desc limit $3::int",
        (list(viewer.selves), sorted(TAKEN_BACK), LONGEST_WALLET),
    )
    return [CertificateRow(**row_of(row, state_of(row), at)) for row in rows]


def of_case(case: CaseId, viewer: Viewer, *, at: datetime) -> list[CertificateRow]:
    """The certificates that a case's grants left and the viewer may see, newest first. One statement."""
    return of_cases([case], viewer, at=at).get(case, [])


def of_cases(cases: Sequence[CaseId], viewer: Viewer, *, at: datetime) -> dict[CaseId, list[CertificateRow]]:
    """As `of_case`, of several at once: by case, less those that left none. One statement, else none."""
    if not cases:
        return {}
    rows = run(
        f"select {COLUMNS} from certificates_certificate c where c.case_id = any($1::bigint[])"
        " order by c.id desc",
        (list(cases),),
    )
    found: dict[CaseId, list[CertificateRow]] = {}
    for row in rows:
        state = state_of(row)
        if allowed(viewer, Deed.SEE_CERTIFICATE, state.thing):
            found.setdefault(state.head.case, []).append(CertificateRow(**row_of(row, state, at)))
    return found


def to_be_taken_back(viewer: Viewer, *, at: datetime) -> list[ToBeTakenBack]:
    """What waits for this officer's answer: asked in the same body by another, the oldest first.

    One statement; none for who may answer nothing.
    """
    body = reach(viewer, Deed.APPROVE_REVOCATION).body
    if body is None or viewer.officer is None:
        return []
    rows = run(load(HERE, "to_be_taken_back"), (body, viewer.officer.id, MOST_ASKED))
    return [
        ToBeTakenBack(
            number=f"{serial}-{edition:03d}",
            name=name,
            holder=holder,
            why=GROUNDS[ground][0],
            asked_by=name_of(asked_by, at),
            asked_at=asked_at,
        )
        for serial, edition, name, holder, ground, asked_by, asked_at in rows
    ]


def name_of(officer: UUID, at: datetime) -> str:
    """An officer as colleagues and holders read of them."""
    found = directory.officer(OfficerId(officer), legal_day(at))
    return found.name if found else "已离岗的工作人员"


def check(code: str, *, at: datetime) -> Check:
    """What anyone may know of a certificate by its number or identifier, as it stands now. One statement."""
    serial, edition = number_in(code)
    rows = run(load(HERE, "check"), (serial, edition))
    if not rows:
        raise unknown()
    name, sample, type_code, body, issuer, holder, status, issued_on, until, endorsed, latest = rows[0]
    return Check(
        number=f"{serial}-{edition:03d}",
        name=name,
        sample=sample,
        holder=holder,
        issuer=issuer,
        issued_on=issued_on,
        valid_until=until,
        holding=holding(Status(status), until, endorsed, legal_day(at)),
        identifier=str(CertificateIdentifier(type_code, body, serial, f"{edition:03d}")),
        latest=f"{serial}-{latest:03d}" if latest > edition else None,
    )


def held(holders: Collection[PersonKey], types: Collection[str], *, at: datetime) -> list[Held]:
    """What these holders have of these types, whether it holds or not, newest first. One statement."""
    rows = run(load(HERE, "held"), (list(holders), sorted(types)))
    return [
        Held(
            PersonKey(bytes(holder)),
            type,
            name,
            f"{serial}-{edition:03d}",
            str(CertificateIdentifier(type_code, body, serial, f"{edition:03d}")),
            holding(Status(status), until, endorsed, legal_day(at)),
        )
        for holder, type, name, serial, edition, type_code, body, status, until, endorsed in rows
    ]


def row_of(row: tuple[Any, ...], state: CertificateState, at: datetime) -> dict[str, Any]:
    """The fields of a list's row."""
    return {
        "number": state.head.number,
        "name": row[21],
        "sample": row[22],
        "holder": row[24],
        "issuer": row[23],
        "issued_on": state.issued_on,
        "valid_until": state.valid_until,
        "holding": holding(state.status, state.valid_until, state.endorsed_until, legal_day(at)),
    }
