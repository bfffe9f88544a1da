"""What follows for others: a case waits for results, and begins or ends when they are there or never come."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tongban.cases.commands.change import HERE, Change, changing
from tongban.cases.commands.deciding import decide_at_once
from tongban.cases.commands.relying import certificates_for, open_to_holder, used
from tongban.cases.events import CertificateUsed
from tongban.cases.models.stored import story
from tongban.cases.rules import intake, joint
from tongban.cases.rules.acting import unknown
from tongban.cases.rules.joint import Outcome, Stands, outcome_of
from tongban.cases.rules.law import acts_of
from tongban.cases.rules.life import Act, Stage
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Viewer, allow
from tongban.kernel.ids import ItemCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run


def follow(number: str, *, at: datetime) -> None:
    """Let those go on that wait for the result of this case, or end them; each in its own transaction.

    What ended because this result would never come waits again once that no longer holds. Told twice, or by
    two at once, or once more after a crash in between, it is done once for each: what does not wait any more
    is passed over. One statement, and for each that waits those of its change.
    """
    for waiting, ended, stage, granted in run(load(HERE, "joint_awaiting"), (number,)):
        if not ended:
            _settle(waiting, at)
        elif outcome_of(Stage(stage), granted) is not Outcome.NEVER and _back(waiting, at):
            _settle(waiting, at)
            follow(waiting, at=at)


def _back(number: str, at: datetime) -> bool:
    """Whether a case waits again that had ended for want of a result.

    Not where another result is still out of reach, nor against the applicant: who took all of it back since,
    or applied for the item anew, has no second case of it.
    """
    with changing(number, at=at) as change:
        ended = joint.ended_for(story(change.state.head.id))
        if ended is None or change.writing.key is None:
            return False
        *_service, cases = _members(change)
        out_of_reach = joint.never_comes({one: cases[one][1] for one in change.state.facts.after})
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
        service, version, cases = _members(change)
        awaited = {one: cases[one][1] for one in change.state.facts.after}
        never = joint.never_comes(awaited)
        if never is not None:
            change.record(joint.stop(change.state, at=at, law=change.law, of=never))
        elif joint.all_there(awaited):
            stands = _stands(change, catalogue.service_version(service, version), cases, at)
            change.record(joint.arrive(change.state, at=at, law=change.law, stands=stands))
        state = change.state
    if state.awaits_rule:
        decide_at_once(number, at=at)
    if state.closed:
        follow(number, at=at)


Members = dict[str, tuple[str, Outcome]]
"""By number of a case of the joint service: its item, and what became of it."""


def _members(change: Change) -> tuple[ItemCode, int, Members]:
    rows = run(load(HERE, "joint_of_case"), (change.state.head.id,))
    cases = {
        number: (item, outcome_of(Stage(stage), granted)) for *_service, item, number, stage, granted in rows
    }
    return ItemCode(rows[0][0]), rows[0][1], cases


def _stands(change: Change, service: catalogue.Service, cases: Members, at: datetime) -> Stands:
    """What of the results stands for which material, and the certificates that were issued with them."""
    assert isinstance(service, catalogue.Joint)
    numbers = {item: number for number, (item, _) in cases.items()}
    part = [one for one in service.plan.members if one.item in numbers]
    me = next(one for one in part if one.item == change.state.head.item)
    fed = service.plan.fed(me, part)
    return Stands(joint.results_for(fed, numbers), _issued(change, frozenset(fed), at))


def _issued(change: Change, kinds: frozenset[str], at: datetime) -> tuple[CertificateUsed, ...]:
    """The certificates that the applicant holds by now for the materials that were to come."""
    head = change.state.head
    item = catalogue.item_version(head.item, head.item_version)
    person = identity.profile_of(head.applicant) is not None
    open_ = [one for one in item.materials if one.kind in kinds and open_to_holder(one, person=person)]
    found = certificates_for(open_, [head.applicant], at=at)
    return used({kind: one for (_holder, kind), one in found.items()})


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
