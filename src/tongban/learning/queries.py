"""What is asked of exercises: where a learner is, what is in front of them, and what was right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from tongban.cases import api as cases
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, Viewer, allow, allowed
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import OfficerId
from tongban.learning.models import Attempt
from tongban.learning.rules.days import Onward, onward
from tongban.learning.rules.exercise import Check, Exercise, exercises
from tongban.learning.rules.exercise import exercise as exercise
from tongban.learning.rules.judging import Step, judge, verdict_of
from tongban.learning.rules.judging import Verdict as Verdict
from tongban.learning.rules.people import CITY, Office, leader_at, office_of

COUNTED: Final = ("notify", "promised", "deliver")
"""The deadlines that a learner may let the clock run to."""

_SHOWN: Final = 3
"""How many of the checks that went wrong are told of an exercise."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One of the exercises, and how far the learner came with it."""

    exercise: Exercise
    current: bool
    begun: bool
    solved: bool


@dataclass(frozen=True, slots=True)
class AtWork:
    """The exercise that a learner is at: where its clock stands, and what its cases are."""

    exercise: Exercise
    moment: datetime
    solved: bool
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One case of an exercise, as its page leads to it."""

    number: str
    called: str
    stage: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one check."""

    check: Check
    verdict: Verdict


def progress_of(learner: OfficerId) -> list[Progress]:
    """All exercises, in their order. One statement."""
    known: dict[str, list[tuple[bool, bool]]] = {}
    for slug, ended, solved in Attempt.objects.filter(learner=learner).values_list(
        "exercise", "ended", "solved"
    ):
        known.setdefault(slug, []).append((ended, solved))
    return [_progress(one, known.get(one.slug, [])) for one in exercises()]


def _progress(one: Exercise, tries: Sequence[tuple[bool, bool]]) -> Progress:
    return Progress(
        one,
        current=any(not ended for ended, _ in tries),
        begun=bool(tries),
        solved=any(solved for _, solved in tries),
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """A learner at one of the exercises: how often they began it, and whether it was ever solved."""

    exercise: Exercise
    times: int
    solved: bool


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner, and each of the exercises in their order."""

    office: Office
    tried: list[Tried]


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One of the exercises: how many learners tried and solved it, how often, and what went wrong most.

    `wrong`: the checks that learners were told were wrong, with in how many attempts, the most first.
    """

    exercise: Exercise
    tried_by: int
    solved_by: int
    times: int
    wrong: list[tuple[Check, int]]


@dataclass(frozen=True, slots=True)
class Class:
    """How all learners get on; `idle` have begun nothing yet."""

    learners: list[LearnerRow]
    idle: list[Office]
    exercises: list[ExerciseRow]


def class_of(viewer: Viewer) -> Class:
    """How all learners get on, in the order of their names and not of what they achieved. Two statements.

    For who teaches; refused to learners.
    """
    allow(viewer, Deed.SEE_FIGURES, Thing(region=CITY))
    attempts = list(Attempt.objects.all())
    found = (office_of(one.code, one.region, one.name) for one in directory.bodies())
    offices = sorted((one for one in found if one is not None), key=lambda one: one.nth)
    begun = {one.body for one in attempts}
    return Class(
        learners=[_learner(one, attempts) for one in offices if one.body in begun],
        idle=[one for one in offices if one.body not in begun],
        exercises=[
            _row(one, [each for each in attempts if each.exercise == one.slug]) for one in exercises()
        ],
    )


def _learner(office: Office, attempts: Sequence[Attempt]) -> LearnerRow:
    own = [one for one in attempts if one.body == office.body]
    tried = []
    for told in exercises():
        these = [one for one in own if one.exercise == told.slug]
        tried.append(Tried(told, len(these), any(one.solved for one in these)))
    return LearnerRow(office, tried)


def _row(told: Exercise, attempts: Sequence[Attempt]) -> ExerciseRow:
    wrong = Counter(nth for one in attempts for nth in one.wrong if nth < len(told.checks))
    return ExerciseRow(
        exercise=told,
        tried_by=len({one.learner for one in attempts}),
        solved_by=len({one.learner for one in attempts if one.solved}),
        times=len(attempts),
        wrong=[(told.checks[nth], times) for nth, times in wrong.most_common(_SHOWN)],
    )


def trains(viewer: Viewer) -> bool:
    """Whether this officer teaches, and does not practise."""
    return allowed(viewer, Deed.SEE_FIGURES, Thing(region=CITY))


def next_unsolved(learner: OfficerId, after: Exercise) -> Exercise | None:
    """The next exercise that this learner has not solved yet, else the first such one. One statement."""
    left = [one.exercise for one in progress_of(learner) if not one.solved]
    return next((one for one in left if one.nth > after.nth), left[0] if left else None)


def at_work(learner: OfficerId) -> AtWork | None:
    """The exercise that this learner is at, if any. One statement."""
    attempt = Attempt.objects.filter(learner=learner, ended=False).first()
    told = exercise(attempt.exercise) if attempt else None
    return AtWork(told, attempt.moment, attempt.solved, attempt) if attempt and told else None


def cases_of(work: AtWork) -> list[CaseShown]:
    """The cases of an exercise. One statement a case."""
    called = {filed.name: filed.called for filed in work.exercise.filed}
    views = _views(work).items()
    return [CaseShown(view.state.head.number, called[name], view.stage_name) for name, view in views]


def ways_on(work: AtWork) -> list[Onward]:
    """Where its clock can be moved to. One statement a case."""
    due = [found.day for view in _views(work).values() for name in COUNTED if (found := view.due(name))]
    return onward(work.moment, calendar_in_force(), due)


def findings(work: AtWork) -> tuple[Verdict, list[Finding]]:
    """What was right, what was not, and what is still open; and how it stands in all. A statement a case."""
    steps = [
        step
        for name, view in _views(work).items()
        for step in _steps(name, view, work.attempt.cases[name]["before"])
    ]
    found = [Finding(check, judge(check, steps)) for check in work.exercise.checks]
    return verdict_of(one.verdict for one in found), found


def _views(work: AtWork) -> Mapping[str, cases.CaseView]:
    """Each case, read as its leader reads it: no look is recorded of a simulated one."""
    leader = leader_at(work.attempt.body, work.attempt.region)
    return {
        name: cases.view_of(one["number"], leader, at=work.moment) for name, one in work.attempt.cases.items()
    }


def _steps(name: str, view: cases.CaseView, before: int) -> list[Step]:
    """What happened since the exercise began, each with the deadlines that held until then."""
    found: list[Step] = []
    due: dict[str, date] = {}
    for told in view.story:
        said = asdict(told.event)
        if told.seq > before:
            by_office = said["by"] is not None
            places = tuple(fault["place"] for fault in told.faults)
            on, kind = legal_day(told.event.at), told.event.kind
            told_ = said | {"by_office": by_office}
            found.append(Step(name, kind, on, dict(due), told_, told.text or "", places))
        if "deadlines" in said:
            due = _last_days(said["deadlines"])
    return found


def _last_days(deadlines: Mapping[str, Mapping[str, Any]]) -> dict[str, date]:
    return {name: date.fromisoformat(record["due"][:10]) for name, record in deadlines.items()}
