"""What is asked of certificates: mine, one of them, whether one holds, which may stand for a material."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tongban.certificates.models import COLUMNS, aad_of, content_in, key_of, state_of, type_of
from tongban.certificates.rules.life import (
    GROUNDS,
    HOLDING_NAMES,
    LIFE,
    Act,
    Holding,
    Status,
    holding,
)
from tongban.certificates.rules.numbers import is_number as is_number
from tongban.certificates.rules.numbers import number_in, unknown
from tongban.certificates.rules.state import CertificateState
from tongban.certificates.rules.telling import EVENT_WORDS, day_in_words, metadata, printed
from tongban.engine.calendar import legal_day
from tongban.engine.codes import CertificateIdentifier
from tongban.kernel.access import Deed, Viewer, allow, allowed
from tongban.kernel.ids import CaseId, PersonKey
from tongban.kernel.keys import open_
from tongban.kernel.sql import load, run

HERE = "tongban.certificates"
LONGEST_WALLET = 500


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
        return HOLDING_NAMES[self.holding]

    @property
    def until(self) -> str:
        """Its last day, in words."""
        return day_in_words(self.valid_until)

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
class Told:
    """One event, with its reason where the viewer may read it."""

    at: datetime
    words: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class CertificateView(CertificateRow):
    """A certificate as its page shows it. Without `lines` for officers, who see it masked."""

    state: CertificateState
    case_number: str
    lines: list[tuple[str, str]]
    story: list[Told]
    acts: frozenset[Act]
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """By GB/T 36904."""
        return self.state.head.identifier

    @property
    def asked(self) -> str:
        """Why somebody asks that it be taken back; empty where nobody does."""
        return GROUNDS[self.state.asked.ground][0] if self.state.asked else ""


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
        return HOLDING_NAMES[self.holding]


def wallet(viewer: Viewer, *, at: datetime) -> list[CertificateRow]:
    """The certificates of the viewer and of the enterprises they act for, latest editions, newest first.

    One statement; the latest five hundred.
    """
    rows = run(
        f"select {COLUMNS} from certificates_certificate c where c.holder = any($1::bytea[])"
        " and not exists (select from certificates_certificate l where l.before_id = c.id)"
        " order by c.id desc limit $2::int",
        (list(viewer.selves), LONGEST_WALLET),
    )
    return [CertificateRow(**_row(row, state_of(row), at)) for row in rows]


def of_case(case: CaseId, viewer: Viewer, *, at: datetime) -> list[CertificateRow]:
    """The certificates that a case's grants left and the viewer may see, newest first. One statement."""
    rows = run(
        f"select {COLUMNS} from certificates_certificate c where c.case_id = $1::bigint order by c.id desc",
        (case,),
    )
    found = [(row, state_of(row)) for row in rows]
    return [
        CertificateRow(**_row(row, state, at))
        for row, state in found
        if allowed(viewer, Deed.SEE_CERTIFICATE, state.head.thing)
    ]


def certificate(number: str, viewer: Viewer, *, at: datetime) -> CertificateView:
    """One certificate for this viewer; refused to strangers. Two statements, three for a later edition."""
    serial, edition = number_in(number)
    rows = run(
        f"select {COLUMNS}, b.edition from certificates_certificate c"
        " left join certificates_certificate b on b.id = c.before_id"
        " where c.serial = $1::text and c.edition = $2::int",
        (serial, edition),
    )
    if not rows:
        raise unknown()
    row, state = rows[0], state_of(rows[0])
    allow(viewer, Deed.SEE_CERTIFICATE, state.head.thing)
    own = allowed(viewer, Deed.OPEN_CERTIFICATE, state.head.thing)
    key = key_of(state.head.id, row[19])
    lines, exported = _opened(row, state, key) if own else ([], {})
    reads = own or allowed(viewer, Deed.ACT_ON_CERTIFICATE, state.head.thing)
    return CertificateView(
        **_row(row, state, at),
        state=state,
        case_number=row[25],
        lines=lines,
        story=_story(state, key if reads else None, own=own),
        acts=_acts(state, viewer),
        metadata=exported,
    )


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


def _row(row: tuple[Any, ...], state: CertificateState, at: datetime) -> dict[str, Any]:
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


def _opened(
    row: tuple[Any, ...], state: CertificateState, key: bytes
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The printed lines, and the metadata that platforms exchange."""
    head, issuer = state.head, row[23]
    content = content_in(head.id, key, row[20])
    type = type_of(head.type, head.type_version)
    before = None
    if row[26] is not None:
        before = str(CertificateIdentifier(head.type_code, head.body, head.serial, f"{row[26]:03d}"))
    return printed(type, state, content, issuer), metadata(type, state, content, issuer, before)


PRIVATE_TO_OFFICE = frozenset({"revocation-asked", "revocation-declined"})
"""What officers ask of each other; the holder is told what was done, and why."""


def _story(state: CertificateState, key: bytes | None, *, own: bool) -> list[Told]:
    rows: Iterable[tuple[Any, ...]] = run(
        "select e.seq, e.kind, e.at, r.sealed from certificates_event e"
        " left join certificates_reason r on r.certificate_id = e.certificate_id and r.seq = e.seq"
        " where e.certificate_id = $1::bigint order by e.seq",
        (state.head.id,),
    )
    found, asked = [], None
    for seq, kind, at, sealed in rows:
        reason = None
        if key is not None and sealed is not None:
            reason = open_(key, bytes(sealed), aad_of(state.head.id, f"reason:{seq}")).decode()
        asked = reason if kind == "revocation-asked" else asked
        if not (own and kind in PRIVATE_TO_OFFICE):
            found.append(Told(at, EVENT_WORDS[kind], asked if kind == "revoked" else reason))
    return found


_NEEDS: Mapping[Act, Deed] = {
    Act.APPROVE_REVOCATION: Deed.APPROVE_REVOCATION,
    Act.DECLINE_REVOCATION: Deed.APPROVE_REVOCATION,
}


def _acts(state: CertificateState, viewer: Viewer) -> frozenset[Act]:
    """What this viewer may do to it now."""
    open_ = set(LIFE[state.status])
    open_ -= {Act.ASK_REVOCATION} if state.asked else {Act.APPROVE_REVOCATION, Act.DECLINE_REVOCATION}
    open_ -= set() if state.endorsed_until else {Act.ENDORSE}
    thing = state.head.thing
    return frozenset(act for act in open_ if allowed(viewer, _NEEDS.get(act, Deed.ACT_ON_CERTIFICATE), thing))
