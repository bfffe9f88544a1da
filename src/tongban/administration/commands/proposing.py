"""A change is prepared and seen, confirmed or handed to a second person, agreed to, declined or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from tongban.administration.commands.carrying import Carrying, carry_out
from tongban.administration.commands.planning import MANY, plan_of
from tongban.administration.models import Change, Proposal
from tongban.administration.rules import proposing
from tongban.administration.rules.proposing import Outcome, Plan, State
from tongban.administration.rules.steps import Step, steps_read, steps_written
from tongban.kernel.access import Deed, Officer, Thing, Viewer, allow
from tongban.kernel.ids import RegionCode
from tongban.kernel.sql import run

_LOCK: Final = 0x61646D69
"""Number of the advisory lock of this context ("admi")."""
DRAFTS_KEPT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants changed, under what title, and why. `many`: from a spreadsheet."""

    title: str
    steps: Sequence[Step]
    reason: str
    many: bool = False


def propose(asked: Asked, *, by: Viewer, at: datetime) -> UUID:
    """Prepare a change, for its proposer alone to look at; nothing is done yet.

    Tried and taken back: what could not be carried out is refused now, as it would be then.
    """
    reason = proposing.refuse_no_reason(asked.reason)
    with transaction.atomic():
        _alone()
        plan = plan_of(asked.steps, by=by, at=at, many=asked.many)
        proposing.refuse_nothing(plan)
        carry_out(asked.steps, at=at)
        transaction.set_rollback(True)
    officer = _officer(by)
    row = Proposal(
        id=uuid4(),
        title=asked.title,
        region=officer.region,
        steps=steps_written(list(asked.steps)),
        lines=proposing.lines_written(plan.lines),
        effects=proposing.lines_written(plan.effects),
        dangers=list(plan.dangers),
        digest=plan.digest,
        reason=reason,
        state=State.DRAFT,
        by=officer.id,
        by_name=officer.name,
        at=at,
    )
    row.save(force_insert=True)
    return row.id


def confirm(proposal: UUID, *, by: Viewer, at: datetime) -> Carrying | None:
    """Do what was prepared; where it is dangerous, hand it to a second person and return None."""
    with transaction.atomic():
        row, plan = _seen(proposal, by, at, State.DRAFT)
        _refuse_strangers(row, by)
        if plan.dangers:
            Proposal.objects.filter(id=proposal).update(state=State.WAITING, at=at)
            return None
        return _done(row, plan, None, at)


def agree(proposal: UUID, *, by: Viewer, at: datetime) -> Carrying:
    """Do what another administrator proposed; refused where it would now do something else."""
    with transaction.atomic():
        row, plan = _seen(proposal, by, at, State.WAITING)
        second = _officer(by)
        proposing.refuse_alone(row.by, second.id)
        return _done(row, plan, second, at)


def decline(proposal: UUID, reason: str, *, by: Viewer, at: datetime) -> None:
    """Do not do what another administrator proposed, and say why."""
    word = proposing.refuse_no_reason(reason)
    with transaction.atomic():
        row, second = _waiting(proposal, by), _officer(by)
        proposing.refuse_alone(row.by, second.id)
        _record(row, Outcome.DECLINED, second, at, word)


def withdraw(proposal: UUID, *, by: Viewer, at: datetime) -> None:
    """Take back one's own; what nobody else has seen leaves no trace."""
    with transaction.atomic():
        row = _locked(proposal)
        _refuse_strangers(row, by)
        if row.state == State.WAITING:
            _record(row, Outcome.WITHDRAWN, None, at)
        else:
            row.delete()


def expire(at: datetime) -> int:
    """Delete what was prepared and never handed over; how many."""
    return Proposal.objects.filter(state=State.DRAFT, at__lt=at - DRAFTS_KEPT).delete()[0]


def _alone() -> None:
    """One change of the arrangement at a time."""
    run("select pg_advisory_xact_lock($1::bigint)", [_LOCK])


def _seen(proposal: UUID, by: Viewer, at: datetime, state: State) -> tuple[Proposal, Plan]:
    """A proposal under its lock, as it was seen; refused where it would now do something else."""
    _alone()
    row = _locked(proposal)
    allow(by, Deed.ADMINISTER, Thing(region=RegionCode(row.region)))
    if row.state != state:
        raise proposing.unknown_proposal()
    plan = plan_of(steps_read(row.steps), by=by, at=at, many=_is_of_many(row))
    proposing.refuse_stale(proposing.lines_read(row.lines), row.digest, plan)
    return row, plan


def _waiting(proposal: UUID, by: Viewer) -> Proposal:
    row = _locked(proposal)
    allow(by, Deed.ADMINISTER, Thing(region=RegionCode(row.region)))
    if row.state != State.WAITING:
        raise proposing.unknown_proposal()
    return row


def _locked(proposal: UUID) -> Proposal:
    row = Proposal.objects.select_for_update().filter(id=proposal).first()
    if row is None:
        raise proposing.unknown_proposal()
    return row


def _is_of_many(row: Proposal) -> bool:
    return MANY in row.dangers


def _refuse_strangers(row: Proposal, by: Viewer) -> None:
    if row.by != _officer(by).id:
        raise proposing.unknown_proposal()


def _done(row: Proposal, plan: Plan, second: Officer | None, at: datetime) -> Carrying:
    done = carry_out(steps_read(row.steps), at=at)
    row.dangers, row.effects = list(plan.dangers), proposing.lines_written(plan.effects)
    _record(row, Outcome.DONE, second, at)
    done.effects.extend(plan.effects)
    return done


def _record(row: Proposal, outcome: Outcome, second: Officer | None, at: datetime, word: str = "") -> None:
    """Write down what came of it; the proposal itself is over."""
    Change.objects.create(
        proposal=row.id,
        at=at,
        title=row.title,
        region=row.region,
        outcome=outcome,
        lines=row.lines,
        effects=row.effects,
        dangers=row.dangers,
        digest=row.digest,
        reason=row.reason,
        by=row.by,
        by_name=row.by_name,
        second=second.id if second else None,
        second_name=second.name if second else "",
        word=word,
    )
    row.delete()


def _officer(by: Viewer) -> Officer:
    assert by.officer is not None, "whom the access function lets in is an officer"
    return by.officer
