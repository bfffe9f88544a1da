"""What may be done to a certificate: each act gives its event or refuses, and stores nothing."""

from datetime import date, datetime

from tongban.certificates.events import (
    CertificateCancelled,
    CertificateEndorsed,
    CertificateExpired,
    CertificateReplaced,
    CertificateRestored,
    CertificateRevoked,
    CertificateSuspended,
    MandateEnded,
    RevocationAsked,
    RevocationDeclined,
)
from tongban.certificates.rules.life import (
    ASKED_GROUNDS,
    GROUNDS,
    HOLDING_NAMES,
    LIFE,
    STANDING,
    TAKEN_BACK,
    Act,
    Holding,
    holding,
)
from tongban.certificates.rules.state import CertificateState
from tongban.engine.calendar import corresponding_day, legal_day
from tongban.kernel.access import Officer
from tongban.kernel.refusal import Refusal


def replace_by_next(
    state: CertificateState, *, by: Officer, at: datetime, text: str, content: str
) -> CertificateReplaced:
    """The end of this edition when the next one is issued; only one that holds can be changed."""
    open_to(state, Act.CHANGE, at)
    return CertificateReplaced(at=at, by=by.id, by_edition=state.head.edition + 1, text=text, content=content)


def suspend(state: CertificateState, *, by: Officer, at: datetime, text: str) -> CertificateSuspended:
    """Suspend: it holds no longer, until restored."""
    open_to(state, Act.SUSPEND, at)
    return CertificateSuspended(at=at, by=by.id, text=text)


def restore(state: CertificateState, *, by: Officer, at: datetime, text: str) -> CertificateRestored:
    """End a suspension."""
    open_to(state, Act.RESTORE, at)
    return CertificateRestored(at=at, by=by.id, text=text)


def endorse(state: CertificateState, *, by: Officer, at: datetime, months: int) -> CertificateEndorsed:
    """Endorse for another period: from the end of the last one if in time, else from today.

    By the residence permit's rule (居住证暂行条例 Art. 10) a late endorsement begins its period anew.
    """
    open_to(state, Act.ENDORSE, at)
    last, today = state.endorsed_until, legal_day(at)
    if last is None:
        raise Refusal(
            "certificates.endorse.not-needed",
            says="这种证照不用签注。",
            do="请核对证照类型。",
        )
    if not _endorsable(state, today):
        raise Refusal(
            "certificates.endorse.too-early",
            says=f"离签注到期（{last.isoformat()}）还有一个月以上，现在不用签注。",
            do="请在到期前一个月内办理。",
        )
    return CertificateEndorsed(at=at, by=by.id, until=next_endorsement(state, today, months))


def next_endorsement(state: CertificateState, today: date, months: int) -> date:
    """The last day of the period that an endorsement of today opens."""
    return corresponding_day(max(state.endorsed_until or today, today), months)


def _endorsable(state: CertificateState, today: date) -> bool:
    """Within the last month of its period (居住证暂行条例 Art. 10), or after it."""
    return state.endorsed_until is not None and state.endorsed_until <= corresponding_day(today, 1)


def ask_revocation(
    state: CertificateState, *, by: Officer, at: datetime, ground: str, text: str
) -> RevocationAsked:
    """Ask another officer to agree that it is taken back."""
    open_to(state, Act.ASK_REVOCATION, at)
    if ground not in ASKED_GROUNDS:
        listed = "、".join(f"{code}（{GROUNDS[code][0]}）" for code in ASKED_GROUNDS)
        raise Refusal(
            "certificates.ground.unknown",
            says=f"没有这个选项：{ground[:40]}。",
            do=f"请从这些里选一个：{listed}。",
            status=422,
        )
    if state.asked is not None:
        raise Refusal(
            "certificates.revocation.asked-already",
            says="已经有人提出收回这张证照，正等负责人批准。",
            do="请等批准结果。",
        )
    return RevocationAsked(at=at, by=by.id, ground=ground, text=text)


def approve_revocation(state: CertificateState, *, by: Officer, at: datetime) -> CertificateRevoked:
    """Agree, as another than the one who asked: it is taken back at once."""
    open_to(state, Act.APPROVE_REVOCATION, at)
    if state.asked is None:
        raise _nothing_asked()
    if state.asked.by == by.id:
        raise Refusal(
            "certificates.revocation.own",
            says="自己提出的，不能自己批准。",
            do="请由本单位其他负责人批准。",
            status=403,
        )
    return CertificateRevoked(at=at, by=state.asked.by, ground=state.asked.ground, approver=by.id)


def decline_revocation(state: CertificateState, *, by: Officer, at: datetime) -> RevocationDeclined:
    """Decline: it goes on as it was."""
    open_to(state, Act.DECLINE_REVOCATION, at)
    if state.asked is None:
        raise _nothing_asked()
    return RevocationDeclined(at=at, by=by.id)


def revoke_with_grant(state: CertificateState, *, at: datetime) -> CertificateRevoked | None:
    """Taken back because its grant was undone, which two officers decided; None where it holds no more."""
    return CertificateRevoked(at=at, ground="grant-reversed") if state.status in STANDING else None


def cancel(state: CertificateState, *, by: Officer, at: datetime, text: str) -> CertificateCancelled:
    """Cancel (行政许可法 Art. 70): its holder gave it up, or is no more."""
    open_to(state, Act.CANCEL, at)
    return CertificateCancelled(at=at, by=by.id, text=text)


def expire(state: CertificateState, *, at: datetime, today: date) -> CertificateExpired | None:
    """The end of its validity, once its last day is over; None before, and where it ended otherwise."""
    over = state.valid_until is not None and state.valid_until < today
    return CertificateExpired(at=at) if over and state.status in STANDING else None


def end_mandate(state: CertificateState, *, at: datetime) -> MandateEnded | None:
    """Whoever founded an enterprise by this licence acts for it no more once it is taken back.

    A suspended licence ends no mandate: it may be restored, and the enterprise must be able to answer.
    """
    founded = state.head.founder is not None
    return MandateEnded(at=at) if founded and state.status in TAKEN_BACK else None


def open_acts(state: CertificateState, at: datetime) -> frozenset[Act]:
    """What may be done to it where it stands today, whoever asks."""
    today = legal_day(at)
    if holding(state.status, state.valid_until, state.endorsed_until, today) is Holding.EXPIRED:
        return frozenset()
    asked = {Act.APPROVE_REVOCATION, Act.DECLINE_REVOCATION}
    closed = {Act.ASK_REVOCATION} if state.asked else asked
    return LIFE[state.status] - closed - (set() if _endorsable(state, today) else {Act.ENDORSE})


def open_to(state: CertificateState, act: Act, at: datetime) -> None:
    """Refuse an act that where the certificate stands today does not allow."""
    today = holding(state.status, state.valid_until, state.endorsed_until, legal_day(at))
    if act in LIFE[state.status] and today is not Holding.EXPIRED:
        return
    raise Refusal(
        f"certificates.{act}.wrong-status",
        says=f"这张证照现在是“{HOLDING_NAMES[today]}”，不能这样办。",
        do="请刷新页面，看看这张证照现在能办什么。",
    )


def _nothing_asked() -> Refusal:
    return Refusal(
        "certificates.revocation.not-asked",
        says="没有人提出收回这张证照。",
        do="请刷新页面。",
    )
