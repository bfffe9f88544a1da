"""What officers do to a certificate, and what the clock and an undone grant do to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import structlog
from django.db import OperationalError

from tongban.certificates.commands.change import MOST_TEXT, Acted, Change, changing
from tongban.certificates.commands.issuing import in_bytes, write
from tongban.certificates.models import type_of, wrapping
from tongban.certificates.rules import decide
from tongban.certificates.rules.effects import months_in
from tongban.certificates.rules.issuing import Content
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Officer, Viewer
from tongban.kernel.hanging import KeyTable
from tongban.kernel.ids import CaseId, CertificateId, Version
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

log = structlog.get_logger(__name__)

SWEEP = 200


def change(  # noqa: PLR0913 - an act of the law names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, lines: Mapping[str, str], text: str
) -> str:
    """Issue the next edition with other words on the printed lines named; this one lapses.

    Returns the new number. Holder and periods stay. Refused for a line that the certificate does not have.
    """
    with changing(number, seen=seen) as old:
        officer = old.by(by, Deed.ACT_ON_CERTIFICATE)
        content, digest = old.content, old.seal(text)
        changed = _changed(content, lines)
        old.record(
            decide.replace_by_next(
                old.state, by=officer, at=at, text=digest, content=old.digest("content", in_bytes(changed))
            )
        )
        if old.repeated:
            return old.state.head.next_number
        # The old edition ends before the new one begins: the database lets only one of a serial stand.
        old.save()
        old.writing.events.clear()
        return _next_edition(old, changed, officer, at)


def _next_edition(old: Change, content: Content, by: Officer, at: datetime) -> str:
    [(id,)] = run("select nextval('certificates_certificate_id_seq')")
    before, state = old.state.head, old.state
    head = replace(before, id=CertificateId(id), edition=before.edition + 1)
    days = legal_day(at), state.valid_until, state.endorsed_until
    return write(head, content, old.copied, days, at=at, before=before, by=by.id)


def suspend(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> Acted:
    """Suspend, with the reason; it holds no longer, from this moment on."""
    with changing(number, seen=seen) as one:
        officer = one.by(by, Deed.ACT_ON_CERTIFICATE)
        one.record(decide.suspend(one.state, by=officer, at=at, text=one.seal(text)))
        return one.acted


def restore(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> Acted:
    """End a suspension, with the reason."""
    with changing(number, seen=seen) as one:
        officer = one.by(by, Deed.ACT_ON_CERTIFICATE)
        one.record(decide.restore(one.state, by=officer, at=at, text=one.seal(text)))
        return one.acted


def endorse(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """Endorse for another period of its type."""
    with changing(number, seen=seen) as one:
        officer, head = one.by(by, Deed.ACT_ON_CERTIFICATE), one.state.head
        months = months_in(type_of(head.type, head.type_version))
        one.record(decide.endorse(one.state, by=officer, at=at, months=months))
        return one.acted


def cancel(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> Acted:
    """Cancel, with the reason."""
    with changing(number, seen=seen) as one:
        officer = one.by(by, Deed.ACT_ON_CERTIFICATE)
        one.record(decide.cancel(one.state, by=officer, at=at, text=one.seal(text)))
        return one.acted


def ask_revocation(  # noqa: PLR0913 - an act of the law names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, ground: str, text: str
) -> Acted:
    """Ask that it be taken back, with ground and reason; nothing happens until another officer agrees."""
    with changing(number, seen=seen) as one:
        officer = one.by(by, Deed.ACT_ON_CERTIFICATE)
        digest = one.seal(text)
        one.record(decide.ask_revocation(one.state, by=officer, at=at, ground=ground, text=digest))
        return one.acted


def approve_revocation(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """Agree that it is taken back; from this moment on it holds no longer."""
    with changing(number, seen=seen) as one:
        officer = one.by(by, Deed.APPROVE_REVOCATION)
        one.record(decide.approve_revocation(one.state, by=officer, at=at))
        return one.acted


def decline_revocation(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """Decline; it goes on as it was."""
    with changing(number, seen=seen) as one:
        officer = one.by(by, Deed.APPROVE_REVOCATION)
        one.record(decide.decline_revocation(one.state, by=officer, at=at))
        return one.acted


def revoke_with_grant(case: CaseId, granted: int, *, at: datetime) -> int:
    """Take back what an undone grant left, by its place in the story of its case; returns how many.

    In the caller's transaction, which holds the lock of the case.
    """
    rows = run(
        "select serial, edition from certificates_certificate"
        " where case_id = $1::bigint and granted = $2::int order by id",
        (case, granted),
    )
    done = 0
    for serial, edition in rows:
        with changing(f"{serial}-{edition:03d}") as one:
            event = decide.revoke_with_grant(one.state, at=at)
            one.record(event)
            done += event is not None
    return done


def expire_due(at: datetime) -> int:
    """Let lapse what is past its last day, each in its own transaction; returns how many.

    One that cannot be tended to is logged and does not keep the others waiting; a lost database ends it.
    """
    done, after, today = 0, 0, legal_day(at)
    while found := _past(today, after):
        for id, number in found:
            after = id
            try:
                with changing(number) as one:
                    event = decide.expire(one.state, at=at, today=today)
                    one.record(event)
                done += event is not None
            except OperationalError:
                raise
            except Exception as error:
                log.error("certificates.not-expired", number=number, exc_info=error)
    return done


def _past(today: Any, after: int) -> list[tuple[int, str]]:
    return run(
        "select id, serial || '-' || lpad(edition::text, 3, '0') from certificates_certificate"
        " where status in ('suspended', 'valid') and valid_until < $1::date and id > $2::bigint"
        " order by id limit $3::int",
        (today, after, SWEEP),
    )


KEY_TABLES: Final = (
    KeyTable(
        "certificates",
        "certificates_certificate",
        {"id": "bigint"},
        "wrapped",
        lambda id: wrapping(CertificateId(int(id))),
    ),
)
"""The keys of certificates."""


def _changed(content: Content, lines: Mapping[str, str]) -> Content:
    """What the next edition prints; refused where it names no line, one that is not printed, or too much."""
    labels = [label for label, _ in content.lines]
    if not lines or not set(lines) <= set(labels) or not all(said.strip() for said in lines.values()):
        raise Refusal(
            "certificates.change.unknown-line",
            says="没有写要变更的内容，或者证照上没有这一项。",
            do=f"可以变更的有：{'、'.join(labels)}。",
            status=422,
        )
    if any(len(said) > MOST_TEXT for said in lines.values()):
        raise Refusal(
            "certificates.change.too-long",
            says=f"要变更的内容有一项超过 {MOST_TEXT} 字。",
            do="证照上印不下，请写短一些。",
            status=422,
        )
    return replace(content, lines=tuple((label, lines.get(label, said)) for label, said in content.lines))
