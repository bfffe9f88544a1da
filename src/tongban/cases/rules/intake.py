"""Intake: from arrival to acceptance (行政许可法 Art. 32), as far as the case's own regime knows it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tongban.cases.events import (
    CaseAccepted,
    CaseDeemedAccepted,
    CaseNotAccepted,
    CaseReminded,
    CaseResubmitted,
    CaseReturnedForCorrection,
    CaseSubmitted,
    CaseTerminated,
    CaseWithdrawn,
    CertificateUsed,
    MaterialDigest,
    Received,
)
from tongban.cases.rules.acting import Acting, held_by, legally, one_of, open_to
from tongban.cases.rules.law import Law, acts_of
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.rules.words import NOT_ACCEPTED_GROUNDS, NOT_CORRECTED
from tongban.engine.calendar import legal_day
from tongban.kernel.refusal import Refusal

FOUND_AGAIN_AFTER = timedelta(seconds=30)
"""When the clock asks a rule's register for a case that nobody decided right after it was submitted."""


@dataclass(frozen=True, slots=True)
class Part:
    """That a case is one of a joint service: the number of that, and the cases whose results it waits for."""

    joint: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The salted digests of what the applicant handed in, and the certificates that spared the rest.

    `sources`: of where the answers are from that were not typed. `by_agent`: whether another filed it.
    `received`: how a window received it, if one did. `part`: of which joint service it is one, if of any.
    `owed`: kinds of material that may follow and are not there.
    """

    answers: str
    materials: tuple[MaterialDigest, ...] = ()
    certificates: tuple[CertificateUsed, ...] = ()
    sources: str | None = None
    by_agent: bool = False
    received: Received | None = None
    part: Part | None = None
    owed: tuple[str, ...] = ()


def submit(
    state: CaseState,
    *,
    at: datetime,
    channel: str,
    handed_in: HandedIn,
    law: Law,
) -> CaseSubmitted:
    """The application arrives; receipt is the day it enters the system (电子签名法 Art. 11).

    Where a published rule decides, it joins no queue: the register is asked at once, and should we be
    stopped before, again a little later. Nor does what waits for another's result, before that is there.
    """
    head, part = state.head, handed_in.part
    rule = None if part is not None and part.after else law.rule
    event = CaseSubmitted(
        at=at,
        item=head.item,
        item_version=head.item_version,
        queue=head.queue,
        region=head.region,
        channel=channel,
        received_on=legal_day(at),
        answers=handed_in.answers,
        materials=handed_in.materials,
        certificates=handed_in.certificates,
        sources=handed_in.sources,
        by_agent=handed_in.by_agent or None,
        received=handed_in.received,
        joint=part.joint if part else None,
        after=(part.after or None) if part else None,
        owed=handed_in.owed or None,
    )
    if rule is not None:
        asks = at + FOUND_AGAIN_AFTER
        event = replace(event, rule=rule.name, asks_at=asks, asks_until=at + rule.asks_again_for)
    return legally(state, event, law)


def accept(state: CaseState, acting: Acting) -> CaseAccepted:
    """Take the case in and start the promised days.

    Not from the day of submission but from the day a complete set was there (行政许可法 Art. 32(5)): the
    day of resubmission after a correction, else the day of acceptance itself. Past the last day for a notice
    the law has already accepted, from the day of receipt (Art. 32(4)).
    """
    open_to(state, Act.ACCEPT, acting.law)
    held_by(state, acting.by)
    today = acting.today
    late = too_late_to_notify(state, today, acting.law)
    starts = state.facts.resubmitted_on or (_received(state) if late else today)
    return legally(state, CaseAccepted(at=acting.at, by=acting.by.id, accepted_on=starts), acting.law)


def refuse_acceptance(state: CaseState, acting: Acting, *, ground: str, text: str) -> CaseNotAccepted:
    """Not needed by law, or not ours: told at once, and where to go (Art. 32(1), (2))."""
    open_to(state, Act.REFUSE_ACCEPTANCE, acting.law)
    held_by(state, acting.by)
    one_of(ground, NOT_ACCEPTED_GROUNDS, "ground")
    return legally(
        state, CaseNotAccepted(at=acting.at, by=acting.by.id, ground=ground, text=text), acting.law
    )


def return_for_correction(
    state: CaseState, acting: Acting, *, faults: int, text: str
) -> CaseReturnedForCorrection:
    """The one notice, with everything that must be corrected, in time (Art. 32(4))."""
    open_to(state, Act.RETURN_FOR_CORRECTION, acting.law)
    held_by(state, acting.by)
    if faults < 1:
        raise Refusal(
            "cases.return-for-correction.no-faults",
            says="没有写需要补正的内容。",
            do="请一次列出全部需要补正的内容；不需要补正的，请受理。",
            status=422,
        )
    today = acting.today
    if too_late_to_notify(state, today, acting.law):
        raise Refusal(
            "cases.return-for-correction.too-late",
            says="一次性告知补正的期限已经届满，依法自收到之日起即为受理。",
            do="不能再要求补正，请按已受理继续审查。",
        )
    event = CaseReturnedForCorrection(
        at=acting.at, by=acting.by.id, noticed_on=today, faults=faults, text=text
    )
    return legally(state, event, acting.law)


def may_resubmit(state: CaseState, law: Law) -> None:
    """Refuse corrections that were not asked for, before anyone is troubled about their content."""
    open_to(state, Act.RESUBMIT, law)


def resubmit(state: CaseState, *, at: datetime, handed_in: HandedIn, law: Law) -> CaseResubmitted:
    """The applicant hands in the corrections; the case goes back to its old place."""
    may_resubmit(state, law)
    event = CaseResubmitted(
        at=at,
        resubmitted_on=legal_day(at),
        answers=handed_in.answers,
        materials=handed_in.materials,
        certificates=handed_in.certificates,
        received=handed_in.received,
        owed=handed_in.owed or None,
    )
    return legally(state, event, law)


def remind(state: CaseState, acting: Acting, *, text: str) -> CaseReminded:
    """The corrections do not meet the notice: the same faults again, never new ones."""
    open_to(state, Act.REMIND, acting.law)
    held_by(state, acting.by)
    return legally(
        state, CaseReminded(at=acting.at, by=acting.by.id, reminded_on=acting.today, text=text), acting.law
    )


def deem_accepted(state: CaseState, *, at: datetime, law: Law) -> CaseDeemedAccepted | None:
    """Silence past the last day is acceptance, backdated to receipt; nothing if someone spoke in time.

    After a correction the backdating goes to the day the corrections were received (our own reading, the
    one that favours the applicant).
    """
    if Act.DEEM_ACCEPTED not in acts_of(state, law) or not too_late_to_notify(state, legal_day(at), law):
        return None
    since = state.facts.resubmitted_on or _received(state)
    return legally(state, CaseDeemedAccepted(at=at, accepted_on=since), law)


def lapse(state: CaseState, *, at: datetime, law: Law) -> CaseTerminated | None:
    """The applicant let the time to correct pass, where a rule sets one; nothing if they answered."""
    correct = state.facts.due("correct")
    if correct is None or correct.provisional or state.stage is not Stage.AWAITING_CORRECTION:
        return None
    if legal_day(at) <= correct.day:
        return None
    return legally(state, CaseTerminated(at=at, ground=NOT_CORRECTED), law)


def withdraw(state: CaseState, *, at: datetime, law: Law, together: bool = False) -> CaseWithdrawn:
    """The applicant takes the application back; possible until the decision.

    `together`: with all else of its joint service.
    """
    open_to(state, Act.WITHDRAW, law)
    return legally(state, CaseWithdrawn(at=at, together=together or None), law)


def too_late_to_notify(state: CaseState, today: date, law: Law) -> bool:
    """Whether the law has answered for a silent office; never on a provisional deadline."""
    notify = state.facts.due("notify")
    return (
        notify is not None
        and not notify.provisional
        and today > notify.day
        and law.regime.silence_is_acceptance is not None
    )


def _received(state: CaseState) -> date:
    assert state.facts.received_on is not None
    return state.facts.received_on
