"""What follows for others: a case waits for results, and begins or ends when they are there or never come."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tongban.cases.commands.change import HERE, changing
from tongban.cases.commands.deciding import decide_at_once
from tongban.cases.commands.results import together, what_stands
from tongban.cases.models.stored import story
from tongban.cases.rules import instant, intake, joint
from tongban.cases.rules.acting import unknown
from tongban.cases.rules.instant import Why
from tongban.cases.rules.joint import Outcome, outcome_of
from tongban.cases.rules.law import acts_of
from tongban.cases.rules.life import Act, Stage
from tongban.kernel.access import Deed, Viewer, allow
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run


def follow(number: str, *, at: datetime) -> None:
    """Let those go on that wait for the result of this case, or end them; each in its own transaction.

    What ended because this result would never come waits again once that no longer holds. What began on it
    and is not decided is told where it does not stand any more, and where it stands again; so is this case
    itself of those it began on, for its decision may just have been undone. Told twice, or by two at once, or
    once more after a crash in between, it is done once for each: what does not wait any more is passed over.
    One statement, and for each that is concerned those of its change.
    """
    for other, how, stage, granted in run(load(HERE, "joint_awaiting"), (number,)):
        if how == "relies":
            _tell_of_results(other, at)
        elif how == "waits":
            _settle(other, at)
        elif outcome_of(Stage(stage), granted) is not Outcome.NEVER and _back(other, at):
            _settle(other, at)
            follow(other, at=at)


def _tell_of_results(number: str, at: datetime) -> None:
    """Whether what a case began on stands; one that a rule was to decide is left to officers where not."""
    with changing(number, at=at) as change:
        if not joint.relies(change.state):
            return
        all_of = together(change)
        awaited = all_of.awaited(change)
        change.record(joint.result_undone(change.state, awaited, at=at))
        if joint.missing(awaited):
            if change.state.awaits_rule:
                change.record(instant.queue(change.state, Why.RESULT_UNDONE, at=at))
            return
        if change.state.facts.undone:
            certificates = what_stands(change, all_of, at).certificates
            change.record(joint.stands_again(change.state, awaited, at=at, certificates=certificates))


def _back(number: str, at: datetime) -> bool:
    """Whether a case waits again that had ended for want of a result.

    Not where another result is still out of reach, nor against the applicant: who took all of it back since,
    or applied for the item anew, has no second case of it.
    """
    with changing(number, at=at) as change:
        ended = joint.ended_for(story(change.state.head.id))
        if ended is None or change.writing.key is None:
            return False
        out_of_reach = joint.never_comes(together(change).awaited(change))
        [(given_up,)] = run(load(HERE, "joint_given_up"), (change.state.head.id, ended.at))
        event = joint.await_again(change.state, at=at, law=change.law, ended=ended)
        if event is None or out_of_reach or given_up:
            return False
        change.record(event)
    return True


def _settle(number: str, at: datetime) -> None:
    with changing(number, at=at) as change:
        if change.state.stage is not Stage.AWAITING_RESULT:
            return
        all_of = together(change)
        awaited = all_of.awaited(change)
        never = joint.never_comes(awaited)
        if never is not None:
            change.record(joint.stop(change.state, at=at, law=change.law, of=never))
        elif joint.all_there(awaited):
            stands = what_stands(change, all_of, at)
            change.record(joint.arrive(change.state, at=at, law=change.law, stands=stands))
        state = change.state
    if state.awaits_rule:
        decide_at_once(number, at=at)
    if state.closed:
        follow(number, at=at)


def withdraw_joint(number: str, *, by: Viewer, at: datetime) -> int:
    """Take back every case of a joint service that can be taken back, in one transaction; how many.

    What was decided stays decided. Refused where nothing can be taken back any more. Queues are locked in one
    order, so that two who do this never wait for each other.
    """
    withdrawn = 0
    with transaction.atomic():
        rows = run(load(HERE, "joint_numbers"), (number,))
        if not rows:
            raise unknown(number)
        for (case,) in rows:
            with changing(case, at=at, turn=True) as change:
                allow(by, Deed.ACT_AS_APPLICANT, change.state.thing)
                if Act.WITHDRAW in acts_of(change.state, change.law):
                    change.record(intake.withdraw(change.state, at=at, law=change.law, together=True))
                    change.leave_queue()
                    withdrawn += 1
    if not withdrawn:
        raise Refusal(
            "cases.joint.nothing-to-withdraw",
            says=_("这些事都已经有了结果，不能再撤回。"),
            do=_("对结果不服的，可以看每一件的决定里写的办法。"),
        )
    return withdrawn
