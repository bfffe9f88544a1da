"""How an exercise goes on: the house does by itself what worker, leader and applicants do elsewhere."""

from collections.abc import Iterable
from datetime import datetime

from tongban.cases import api as cases
from tongban.kernel.access import Viewer
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.refusal import Refusal
from tongban.learning.commands.beginning import alone, unknown
from tongban.learning.commands.building import answers_of, applicant_of, handed_in, seal
from tongban.learning.models import Attempt
from tongban.learning.rules import days
from tongban.learning.rules.exercise import Filed, exercise
from tongban.learning.rules.people import leader_at


def keep_up(learner: OfficerId) -> int:
    """Let everything happen that follows from what the learner just did, at the moment of their clock.

    Gives how many times the simulated leader agreed to what was asked.
    """
    with alone():
        attempt = _current(learner)
        return _go_on(attempt, attempt.moment) if attempt is not None else 0


def move(learner: OfficerId, to: datetime) -> None:
    """Move the learner's clock on to a moment; refused backwards, and where no exercise is begun.

    Day by day: timers fire at their midnight, applicants come in the morning.
    """
    with alone():
        attempt = _current(learner)
        if attempt is None:
            raise unknown()
        for at in days.instants(attempt.moment, days.moved(attempt.moment, to)):
            attempt.moment = at
            _go_on(attempt, at)
        attempt.save(update_fields=["moment"])


def note_found(learner: OfficerId, *, solved: bool, wrong: Iterable[int]) -> None:
    """Note what a learner was told on asking: whether all was right, which checks were wrong.

    Both stay, whatever is done afterwards. Two statements.
    """
    attempt = _current(learner)
    if attempt is not None:
        attempt.solved = attempt.solved or solved
        attempt.wrong = sorted({*attempt.wrong, *wrong})
        attempt.save(update_fields=["solved", "wrong"])


def _current(learner: OfficerId) -> Attempt | None:
    return Attempt.objects.filter(learner=learner, ended=False).first()


def _go_on(attempt: Attempt, at: datetime) -> int:
    """What is due by then: silence speaks, the leader answers, applicants correct, what was sent arrives."""
    leader = leader_at(attempt.body, attempt.region)
    seal(at)
    cases.fire_due(at, body=BodyCode(attempt.body))
    agreed = sum(_agrees(asked, leader, at) for asked in cases.approvals_open(leader))
    told = exercise(attempt.exercise)
    for filed in told.filed if told else ():
        number = attempt.cases[filed.name]["number"]
        view = cases.view_of(number, leader, at=at)
        if view.state.stage == "awaiting-correction":
            _correct(attempt, view, filed, at)
        elif view.state.stage == "delivered":
            cases.complete(number, at=at)
    seal(at)
    return agreed


def _agrees(asked: cases.OpenApproval, leader: Viewer, at: datetime) -> bool:
    """The leader agrees, unless the law no longer allows it."""
    try:
        cases.approve(asked.id, by=leader, at=at)
    except Refusal:
        cases.decline(asked.id, by=leader, at=at)
        return False
    return True


def _correct(attempt: Attempt, view: cases.CaseView, filed: Filed, at: datetime) -> None:
    told, noticed = exercise(attempt.exercise), view.state.facts.noticed_on
    calendar = calendar_in_force()
    if told is None or noticed is None or not days.has_passed(filed.corrects_after, noticed, at, calendar):
        return
    by = applicant_of(attempt, filed)
    files = handed_in(told.item, by, filed.corrected, at)
    answers = answers_of(attempt, told.item, filed)
    cases.resubmit(view.state.head.number, seen=None, by=by, at=at, answers=answers, materials=files)
