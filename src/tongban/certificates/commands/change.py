"""Changing a certificate: its row locked, its state folded, its events written in one statement.

An act is decided on the certificate as it was seen. Where somebody acted since, it is refused; unless the
very same act is what came next: then an answer was lost on its way and is given again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from tongban.certificates.commands.writing import HERE, Writing
from tongban.certificates.events import Event
from tongban.certificates.models import COLUMNS, content_in, event_in, key_of, state_of
from tongban.certificates.rules import decide
from tongban.certificates.rules.evolve import fold
from tongban.certificates.rules.issuing import Content
from tongban.certificates.rules.numbers import number_in, unknown
from tongban.certificates.rules.state import CertificateState
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Officer, Viewer, allow
from tongban.kernel.ids import CertificateId, Version
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

MOST_TEXT = 2_000
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Acted:
    """A certificate after an act: its number, and the version that the next act must have seen."""

    number: str
    version: Version
    status: str


class Change:
    """One certificate under its lock. `record` folds events; leaving the block writes them.

    `late`: somebody acted since it was seen. `repeated`: what was recorded here is what they did.
    """

    def __init__(self, row: tuple[Any, ...], seen: Version | None = None) -> None:
        self._row, self._now = row, state_of(row)
        self.late, self.repeated = seen is not None and seen != self._now.version, False
        self._since: list[Event] = []
        state = self._now
        if seen is not None and self.late:
            story = _story(state.head.id)
            self._since = story[max(seen, 0) :]
            state = fold(CertificateState(state.head), story[: max(seen, 0)])
        self.writing = Writing(state, key_of(state.head.id, row[19]))

    @property
    def state(self) -> CertificateState:
        """As it was seen, and then as what is recorded here makes it."""
        return self.writing.state

    @property
    def acted(self) -> Acted:
        """The certificate as it stands once this change is written."""
        return Acted(self.state.head.number, Version(self.state.version), self.state.status)

    @property
    def content(self) -> Content:
        """What is printed."""
        return content_in(self.state.head.id, self.writing.key, self._row[20])

    @property
    def copied(self) -> dict[str, Any]:
        """What the next edition takes over for lists to show."""
        type_name, sample, body_name, _, case_number = self._row[21:26]
        return {"type_name": type_name, "sample": sample, "body_name": body_name, "case_number": case_number}

    def by(self, viewer: Viewer, deed: Deed) -> Officer:
        """The officer who may do this deed to it, or a refusal."""
        allow(viewer, deed, self._now.thing)
        assert viewer.officer is not None
        return viewer.officer

    def seal(self, text: str) -> str:
        """Seal the reason of the next event, which must be given; its digest stands in the event."""
        return self.writing.seal_reason(_given(text))

    def digest(self, what: str, content: bytes) -> str:
        """The salted digest of something of the next event."""
        return self.writing.digest(what, content)

    def record(self, event: Event | None) -> None:
        """Fold what was decided, and end the mandate that ends with it; None, nothing, is passed over."""
        if event is None:
            return
        if self.late:
            self._repeat(event)
            return
        self.writing.record(event)
        if ended := decide.end_mandate(self.state, at=event.at):
            founder = self.state.head.founder
            assert founder is not None
            identity.revoke_mandate(founder, self.state.head.holder, at=ended.at)
            self.writing.record(ended)

    def _repeat(self, event: Event) -> None:
        """Nothing new happens where this very act is done already; any other one is refused."""
        if not self._since or replace(event, at=self._since[0].at) != self._since[0]:
            raise self.stale()
        self.repeated, self.writing.state = True, self._now

    def save(self) -> None:
        """Write events, row, reasons and pending leaves; nothing where nothing happened."""
        if self.writing.events:
            run(load(HERE, "record"), (self.writing.as_json(), self.state.head.id))

    def stale(self) -> Refusal:
        """Somebody acted in between: what happened since, told to whoever may act at all."""
        first = self._now.version - len(self._since) + 1
        return Refusal(
            "certificates.stale",
            says="您看到的内容已经变了：这张证照在您打开之后又有了新的处理。",
            do="请刷新页面，看清最新情况后再办理。",
            faults=[
                {"seq": seq, "kind": event.kind, "at": event.at.isoformat()}
                for seq, event in enumerate(self._since, first)
            ],
        )


@contextmanager
def changing(number: str, *, seen: Version | None = None) -> Iterator[Change]:
    """Open a certificate for a change in one transaction; refused if someone else acted since `seen`."""
    serial, edition = number_in(number)
    with transaction.atomic():
        rows = run(
            f"select {COLUMNS} from certificates_certificate c"
            " where c.serial = $1::text and c.edition = $2::int for update",
            (serial, edition),
        )
        if not rows:
            raise unknown()
        change = Change(rows[0], seen)
        try:
            yield change
        except Refusal as refusal:
            # Decided on what is no more: what must be told is that somebody acted since.
            if change.late and refusal.status == CONFLICT:
                raise change.stale() from refusal
            raise
        change.save()


def _story(certificate: CertificateId) -> list[Event]:
    rows = run(
        "select kind, body from certificates_event where certificate_id = $1::bigint order by seq",
        (certificate,),
    )
    return [event_in(kind, body) for kind, body in rows]


def _given(text: str) -> str:
    text = text.strip()
    if not text or len(text) > MOST_TEXT:
        raise Refusal(
            "certificates.reason.missing" if not text else "certificates.reason.too-long",
            says="没有写理由。" if not text else f"理由超过 {MOST_TEXT} 字。",
            do="请写清楚为什么，持证人要看得懂。",
            status=422,
        )
    return text
