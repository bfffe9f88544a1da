"""One certificate as its page shows it, and an officer's look at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from tongban.certificates.models import COLUMNS, aad_of, content_in, event_in, key_of, state_of, type_of
from tongban.certificates.queries.lists import CertificateRow, name_of, row_of
from tongban.certificates.rules import decide
from tongban.certificates.rules.life import GROUNDS
from tongban.certificates.rules.life import Act as Act
from tongban.certificates.rules.numbers import number_in, unknown
from tongban.certificates.rules.state import CertificateState
from tongban.certificates.rules.telling import metadata, onward, printed, remedies_in, words_of
from tongban.engine.codes import CertificateIdentifier
from tongban.kernel.access import Deed, Officer, Purpose, Role, Viewer, allow, allowed
from tongban.kernel.keys import open_
from tongban.kernel.sql import run
from tongban.ledger import api as ledger


@dataclass(frozen=True, slots=True)
class Told:
    """One event, with its reason where the viewer may read it."""

    seq: int
    at: datetime
    words: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class CertificateView(CertificateRow):
    """A certificate as its page shows it. Without `lines` for officers, who see it masked.

    `own`: the viewer is its holder; `own_case`: and applied for it. `reads`: the viewer reads why each act
    was done. `asked_by`: the name of who asks that it be taken back. `remedies`: for its holder.
    """

    state: CertificateState
    type: Mapping[str, Any]
    case_number: str
    lines: list[tuple[str, str]]
    story: list[Told]
    acts: frozenset[Act]
    own: bool
    own_case: bool
    reads: bool
    asked_by: str = ""
    remedies: list[str] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """By GB/T 36904."""
        return self.state.head.identifier

    @property
    def asked(self) -> str:
        """Why somebody asks that it be taken back; empty where nobody does."""
        return gettext(GROUNDS[self.state.asked.ground][0]) if self.state.asked else ""

    @property
    def onward(self) -> str:
        """What its holder can do where it stands; empty where there is nothing to do."""
        return onward(self.holding)


def certificate(number: str, viewer: Viewer, *, at: datetime) -> CertificateView:
    """One certificate for this viewer; refused to strangers. Two statements."""
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
    allow(viewer, Deed.SEE_CERTIFICATE, state.thing)
    own = allowed(viewer, Deed.OPEN_CERTIFICATE, state.thing)
    reads = own or allowed(viewer, Deed.ACT_ON_CERTIFICATE, state.thing)
    key, type = key_of(state.head.id, row[19]), type_of(state.head.type, state.head.type_version)
    lines, exported = _opened(row, state, type, key) if own else ([], {})
    return CertificateView(
        **row_of(row, state, at),
        state=state,
        type=type,
        case_number=row[25],
        lines=lines,
        story=_story(state, key if reads else None),
        acts=_acts(state, viewer, at),
        own=own,
        own_case=(state.head.founder or state.head.holder) in viewer.selves,
        reads=reads,
        asked_by=name_of(state.asked.by, at) if state.asked else "",
        remedies=remedies_in(type, state.status) if own else [],
        metadata=exported,
    )


def look_at(number: str, viewer: Viewer, *, at: datetime) -> CertificateView:
    """The certificate for this viewer. An officer who is shown why it was acted on leaves a look.

    The look stands with those at the case that it came from. Three statements for such an officer.
    """
    with transaction.atomic():
        view = certificate(number, viewer, at=at)
        if viewer.officer is not None and view.reads and not view.own:
            head = view.state.head
            purpose = _purpose(view, viewer.officer)
            looked = ledger.Looked(head.case, head.holder, viewer.officer, purpose, "certificate")
            ledger.record_look(looked, at)
    return view


def _purpose(view: CertificateView, officer: Officer) -> Purpose:
    if Act.APPROVE_REVOCATION in view.acts:
        return Purpose.APPROVAL
    return Purpose.HANDLING if Role.HANDLER in officer.roles else Purpose.LEADING


def _opened(
    row: tuple[Any, ...], state: CertificateState, type: Mapping[str, Any], key: bytes
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The printed lines, and the metadata that platforms exchange."""
    head, issuer = state.head, row[23]
    content, before = content_in(head.id, key, row[20]), None
    if row[27] is not None:
        before = str(CertificateIdentifier(head.type_code, head.body, head.serial, f"{row[27]:03d}"))
    return printed(type, state, content, issuer), metadata(type, state, content, issuer, before)


def _story(state: CertificateState, key: bytes | None) -> list[Told]:
    """What happened, in order; with a key, why. Whoever is to lose it is told before: they may be heard."""
    rows = run(
        "select e.seq, e.kind, e.body, r.sealed from certificates_event e"
        " left join certificates_reason r on r.certificate_id = e.certificate_id and r.seq = e.seq"
        " where e.certificate_id = $1::bigint order by e.seq",
        (state.head.id,),
    )
    found = []
    for seq, kind, body, sealed in rows:
        event, reason = event_in(kind, body), None
        if key is not None and sealed is not None:
            reason = open_(key, bytes(sealed), aad_of(state.head.id, f"reason:{seq}")).decode()
        found.append(Told(seq, event.at, words_of(event), reason))
    return found


_NEEDS: Mapping[Act, Deed] = {
    Act.APPROVE_REVOCATION: Deed.APPROVE_REVOCATION,
    Act.DECLINE_REVOCATION: Deed.APPROVE_REVOCATION,
}


def _acts(state: CertificateState, viewer: Viewer, at: datetime) -> frozenset[Act]:
    """What this viewer may do to it now; nobody agrees to what they asked for."""
    found = {
        act
        for act in decide.open_acts(state, at)
        if allowed(viewer, _NEEDS.get(act, Deed.ACT_ON_CERTIFICATE), state.thing)
    }
    if state.asked is not None and viewer.officer is not None and viewer.officer.id == state.asked.by:
        found.discard(Act.APPROVE_REVOCATION)
    return frozenset(found)
