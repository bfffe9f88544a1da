"""The ten exercises: each can be solved, and what is done wrongly is told with its article."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction

from tongban.cases import api as cases
from tongban.kernel.refusal import Refusal
from tongban.learning import commands, queries
from tongban.learning.models import Attempt
from tongban.learning.queries import Verdict
from tongban.learning.rules.exercise import exercises
from tongban.learning.tests.solving import FAULTS, SOLVED, Learner


def test_there_are_ten_and_each_has_a_right_way() -> None:
    assert [one.slug for one in exercises()] == list(SOLVED)
    assert [one.nth for one in exercises()] == list(range(1, 11))


def test_what_the_law_says_is_checked_or_is_said_to_be_ours() -> None:
    for one in exercises():
        for check in one.checks:
            assert check.ours or check.law
            assert all(source.checked and source.source for source in check.law)


@pytest.mark.parametrize("slug", SOLVED)
def test_the_right_way_is_told_as_right(slug: str, learner: Learner) -> None:
    learner.begin(slug)
    assert queries.findings(learner.work)[0] is Verdict.OPEN, "nothing was done yet"
    SOLVED[slug](learner)
    assert learner.verdicts() == [Verdict.RIGHT] * len(learner.work.exercise.checks)


def asks_for_more(learner: Learner) -> None:
    learner.takes()
    learner.does(cases.return_for_correction, faults=FAULTS[:1])


def tells_two_of_three(learner: Learner) -> None:
    learner.takes()
    learner.does(cases.return_for_correction, faults=FAULTS[:2])


def says_nothing(learner: Learner) -> None:
    learner.waits(1)


def decides_before_the_hearing(learner: Learner) -> None:
    learner.does(cases.grant, text="符合条件。")


def overtakes_for_another_reason(learner: Learner) -> None:
    learner.does(cases.take, name="urgent", reason="major-project", text="领导交办。")


def refuses_without_a_condition(learner: Learner) -> None:
    learner.does(cases.refuse, text="不行。")


def extends_too_late(learner: Learner) -> None:
    learner.waits(1)
    learner.does(cases.extend, text="忘了。")


def delivers_what_was_wrong(learner: Learner) -> None:
    learner.does(cases.deliver, way="online")


def never_answers(learner: Learner) -> None:
    learner.does(cases.accept)
    learner.does(cases.grant, text="符合条件。")


WRONG: dict[str, tuple[Callable[[Learner], None], str]] = {
    "ordinary": (asks_for_more, "第三十一条第一款"),
    "correction": (tells_two_of_three, "第三十二条第一款第四项"),
    "already-held": (asks_for_more, "第七条第一款"),
    "silence": (says_nothing, "第三十二条第一款第四项"),
    "special-procedure": (decides_before_the_hearing, "第四十五条"),
    "overtaking": (overtakes_for_another_reason, "第五条第一款"),
    "refusal": (refuses_without_a_condition, "第三十六条第二款"),
    "extension": (extends_too_late, "第四十二条第一款"),
    "reversal": (delivers_what_was_wrong, "第七十四条第二项"),
    "question": (never_answers, "第四十四条"),
}
"""A wrong way through every exercise, and the first article that it is told with."""


@pytest.mark.parametrize("slug", SOLVED)
def test_a_wrong_way_is_told_as_wrong_with_its_article(slug: str, learner: Learner) -> None:
    learner.begin(slug)
    way, article = WRONG[slug]
    way(learner)
    verdict, found = queries.findings(learner.work)
    assert verdict is Verdict.WRONG
    first = next(one for one in found if one.verdict is Verdict.WRONG)
    assert first.check.law[0].article == article


def test_a_second_notice_is_impossible(learner: Learner) -> None:
    learner.begin("correction")
    tells_two_of_three(learner)
    learner.waits(2)
    learner.takes()
    with pytest.raises(Refusal) as refused:
        learner.does(cases.return_for_correction, faults=FAULTS[2:])
    assert refused.value.code.startswith("cases.return-for-correction")


def test_a_solved_one_stays_solved_when_it_is_begun_anew(learner: Learner) -> None:
    learner.begin("ordinary")
    SOLVED["ordinary"](learner)
    assert learner.viewer.officer is not None
    commands.note_found(learner.viewer.officer.id, solved=True, wrong=[])
    before = learner.number()
    learner.begin("ordinary")
    assert learner.number() != before
    first = queries.progress_of(learner.viewer.officer.id)[0]
    assert (first.current, first.solved) == (True, True)


def test_beginning_another_leaves_nothing_of_the_one_before_on_the_desk(learner: Learner) -> None:
    for slug in ("overtaking", "special-procedure", "refusal"):
        learner.begin(slug)
    SOLVED["refusal"](learner)
    learner.begin("reversal").begin("question")
    at = learner.work.moment
    assert [row.number for row in cases.desk_of(learner.viewer, at=at)] == [learner.number()]
    assert all(queue.waiting == 0 for queue in cases.queues(learner.viewer))


def test_two_learners_do_not_disturb_each_other(two: tuple[Learner, Learner]) -> None:
    one, other = (each.begin("silence") for each in two)
    stood = other.work.moment
    one.waits(1)
    assert one.verdicts()[0] is Verdict.WRONG
    assert other.work.moment == stood
    assert other.verdicts()[0] is Verdict.OPEN
    SOLVED["silence"](other)
    assert other.verdicts() == [Verdict.RIGHT] * 2


def test_a_database_in_which_people_have_applied_is_never_made_an_exercises(learner: Learner) -> None:
    learner.begin("ordinary")
    with transaction.atomic():
        Attempt.objects.all().delete()
        with pytest.raises(Refusal, match="learning.real-database"):
            commands.refuse_real()
        transaction.set_rollback(True)


def test_the_offices_are_had_once_however_often_they_are_opened(learner: Learner) -> None:
    names = commands.open_offices("another password", at=datetime(2026, 1, 6, tzinfo=UTC))
    assert names == [f"lianxi{nth}" for nth in range(1, commands.LEARNERS + 1)]
