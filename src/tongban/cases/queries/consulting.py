"""What is asked of colleagues and other bodies in cases: who waits for whose answer, and until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from tongban.cases.queries.look import look_at
from tongban.cases.queries.view import CaseView, Told
from tongban.cases.queries.who import name_of
from tongban.cases.rules import consulting
from tongban.cases.rules.clocks import Light
from tongban.cases.rules.consulting import Question
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Viewer, allow, allowed
from tongban.kernel.ids import BodyCode
from tongban.kernel.sql import load, run

HERE: Final = "tongban.cases"
MOST_OPEN: Final = 200


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """A question in a list: in which case, who asks whom, until when; `mine`: this officer may answer it."""

    number: str
    seq: int
    item_name: str
    asked_by: str
    asked: str
    asked_at: datetime
    due: date
    late: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class ConsultationShown:
    """A question in its case, with its answer where there is one; texts are empty where they may not be read.

    `waits`: nobody answered yet and an answer is still of use; `mine`: this viewer may give it. `missed`:
    whether the case was sent up without it, after its last day.
    """

    seq: int
    asked_by: str
    asked: str
    asked_at: datetime
    text: str
    until: date
    provisional: bool
    light: Light | None
    waits: bool
    mine: bool
    answer: str = ""
    declined: bool = False
    answered_by: str = ""
    answered_at: datetime | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class ConsultationToAnswer:
    """A question as whoever answers it reads it, beside the case."""

    view: CaseView
    shown: ConsultationShown


def consultations_open(viewer: Viewer, *, at: datetime) -> list[OpenConsultation]:
    """What this officer is asked, and what they asked and wait for; most pressing first. One statement."""
    officer = viewer.officer
    if officer is None:
        return []
    themselves = [officer.id, *officer.stands_in_for]
    may_answer = bool(officer.roles & consulting.ANSWER)
    rows = run(load(HERE, "consultations_open"), (themselves, officer.body, may_answer, MOST_OPEN))
    today = legal_day(at)
    return [
        OpenConsultation(
            number=number,
            seq=seq,
            item_name=item_name,
            asked_by=name_of(asked_by, today),
            asked=_asked(body, asked, today),
            asked_at=asked_at,
            due=due,
            late=today > due,
            mine=mine,
        )
        for number, seq, item_name, asked_by, asked_at, due, body, asked, mine in rows
    ]


def consultations_of(view: CaseView, viewer: Viewer, *, at: datetime) -> list[ConsultationShown]:
    """What was asked in this case, the latest first, with the answers. No statement."""
    if view.own:
        return []
    answers = {seq: told for told in view.story if (seq := consulting.answered_in(told.event)) is not None}
    asked = [told for told in view.story if consulting.question_in(told.event)]
    missed = {seq for told in view.story for seq in consulting.missed_in(told.event)}
    shown = [_shown(view, viewer, told, answers.get(told.seq), legal_day(at)) for told in reversed(asked)]
    return [replace(one, missed=one.seq in missed) for one in shown]


def consultation_of(number: str, seq: int, viewer: Viewer, *, at: datetime) -> ConsultationToAnswer:
    """One question with its case for whoever is asked. The look is recorded and shown to the person."""
    view = look_at(number, viewer, at=at)
    shown = next((one for one in consultations_of(view, viewer, at=at) if one.seq == seq), None)
    if shown is None:
        raise consulting.unknown()
    if shown.waits:
        allow(viewer, Deed.ANSWER_CONSULTATION, view.state.thing)
    return ConsultationToAnswer(view, shown)


def _asked(body: str, officer: UUID | None, on: date) -> str:
    return name_of(officer, on) if officer else directory.served_bodies(on).get(BodyCode(body), "另一个单位")


def _shown(view: CaseView, viewer: Viewer, told: Told, answer: Told | None, today: date) -> ConsultationShown:
    question = consulting.question_in(told.event)
    assert question is not None
    waits = answer is None and view.state.undecided
    return ConsultationShown(
        seq=told.seq,
        asked_by=name_of(question.asked_by, today),
        asked=_asked(question.whom.body, question.whom.officer, today),
        asked_at=told.event.at,
        text=told.text or "",
        until=question.until.due,
        provisional=question.until.provisional,
        light=question.light(today) if waits else None,
        waits=waits,
        mine=waits and _may_answer(view, viewer, question),
        answer=(answer.text or "") if answer else "",
        declined=answer is not None and consulting.declines(answer.event),
        answered_by=name_of(answer.event.by, today) if answer else "",
        answered_at=answer.event.at if answer else None,
    )


def _may_answer(view: CaseView, viewer: Viewer, question: Question) -> bool:
    officer = viewer.officer
    return (
        officer is not None
        and officer.id != question.asked_by
        and allowed(viewer, Deed.ANSWER_CONSULTATION, view.state.thing)
        and consulting.is_asked(question.whom, officer)
    )
