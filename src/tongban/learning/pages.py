"""What learners see and press: the exercises, one of them with its clock, and what was right."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tongban.engine.calendar import legal_day
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal
from tongban.learning import commands, queries
from tongban.learning.queries import AtWork, Verdict

WAYS: Final = {"day": "第二天", "workday": "到下一个工作日", "due": "到期限那天"}
"""What the buttons of the clock say."""

TOLD: Final = {
    Verdict.RIGHT: ("g", "办对了"),
    Verdict.WRONG: ("r", "有不对的地方"),
    Verdict.OPEN: ("a", "还没有办完"),
}
"""The colour and the words of what came of an exercise."""

CHECKED: Final = {Verdict.RIGHT: ("g", "对"), Verdict.WRONG: ("r", "不对"), Verdict.OPEN: ("", "还没有")}
"""The same of one thing that is right."""


@require_safe
@open_to(OFFICERS)
def exercises(request: OfficerRequest) -> HttpResponse:
    """All exercises, with what this learner has solved; who teaches is led to the learners. One statement."""
    if queries.trains(request.viewer):
        return redirect("learning:learners")
    progress = queries.progress_of(request.officer.id)
    context = {"progress": progress, "solved": sum(one.solved for one in progress)}
    return render(request, "learning/exercises.html", context)


@require_safe
@open_to(OFFICERS)
def learners(request: OfficerRequest) -> HttpResponse:
    """How all learners get on, for who teaches. Two statements."""
    told = queries.class_of(request.viewer)
    return render(request, "learning/learners.html", {"told": told, "exercises": told.exercises})


@require_safe
@open_to(OFFICERS)
def exercise(request: OfficerRequest, slug: str) -> HttpResponse:
    """One exercise: its story, and where the learner is at it, its cases and its clock."""
    told, work = _told(slug), _at(request, slug)
    context: dict[str, Any] = {"exercise_told": told, "work": work}
    if work is not None:
        context |= {
            "cases": queries.cases_of(work),
            "today": legal_day(work.moment),
            "ways": [(WAYS[one.code], legal_day(one.to)) for one in queries.ways_on(work)],
        }
    return render(request, "learning/exercise.html", context)


@require_POST
@open_to(OFFICERS)
def begin(request: OfficerRequest, slug: str) -> HttpResponse:
    """Begin this exercise, or begin it anew."""
    commands.begin(slug, by=request.officer)
    return redirect("learning:exercise", slug)


@require_POST
@open_to(OFFICERS)
def clock(request: OfficerRequest) -> HttpResponse:
    """Move the clock on to one of the days that the page offers; the same button pressed twice moves once."""
    work = queries.at_work(request.officer.id)
    if work is None:
        raise _not_begun()
    offered = {legal_day(one.to).isoformat(): one.to for one in queries.ways_on(work)}
    to = offered.get(request.POST.get("to", ""))
    if to is None:
        messages.info(request, "时间没有动：这一天已经到过了，或者不能直接走到那一天。")
    else:
        commands.move(request.officer.id, to)
    return redirect("learning:exercise", work.exercise.slug)


@require_POST
@open_to(OFFICERS)
def check(request: OfficerRequest, slug: str) -> HttpResponse:
    """The learner is done: note what was right and what was not, and show it."""
    work = _at(request, slug)
    if work is None:
        raise _not_begun()
    verdict, found = queries.findings(work)
    wrong = [nth for nth, one in enumerate(found) if one.verdict is Verdict.WRONG]
    commands.note_found(request.officer.id, solved=verdict is Verdict.RIGHT, wrong=wrong)
    return redirect("learning:result", slug)


@require_safe
@open_to(OFFICERS)
def result(request: OfficerRequest, slug: str) -> HttpResponse:
    """What was right, what was not, and what the law says."""
    work = _at(request, slug)
    if work is None:
        raise _not_begun()
    verdict, found = queries.findings(work)
    colour, words = TOLD[verdict]
    context = {
        "exercise_told": work.exercise,
        "colour": colour,
        "words": words,
        "right": verdict is Verdict.RIGHT,
        "lines": [(one.check, *CHECKED[one.verdict], _said(one)) for one in found],
        "cases": queries.cases_of(work),
        "next": queries.next_unsolved(request.officer.id, work.exercise),
    }
    return render(request, "learning/result.html", context)


def _said(finding: queries.Finding) -> str:
    match finding.verdict:
        case Verdict.RIGHT:
            return finding.check.right
        case Verdict.WRONG:
            return finding.check.wrong
        case Verdict.OPEN:
            return "到现在还没有做。可以回到办件接着办。"


def _at(request: OfficerRequest, slug: str) -> AtWork | None:
    work = queries.at_work(request.officer.id)
    return work if work is not None and work.exercise.slug == slug else None


def _told(slug: str) -> Any:
    told = queries.exercise(slug)
    if told is None:
        raise Refusal(
            "learning.exercise.unknown", says="没有这个练习。", do="请回到练习的列表，从那里选。", status=404
        )
    return told


def _not_begun() -> Refusal:
    return Refusal(
        "learning.exercise.not-begun",
        says="您现在没有在做这个练习。",
        do="请回到练习的列表，从那里开始。",
        status=409,
    )
