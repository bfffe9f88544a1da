"""What is said of cases that are late: to the applicant, to the office, and on the desks that owe a word."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext

from tongban.cases.queries.lists import HERE, CaseRow, case_row
from tongban.cases.queries.view import CaseView, Told
from tongban.cases.rules import lateness
from tongban.cases.rules.effects import EXPLAINING, SUPERVISING
from tongban.cases.rules.narrowing import OPEN
from tongban.cases.rules.words import CAUSES
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Role, Viewer, allowed
from tongban.kernel.acts import Ask, OpenAct, choice, words
from tongban.kernel.sql import load, run

MOST_TO_EXPLAIN: Final = 50


@dataclass(frozen=True, slots=True)
class ToExplain:
    """A case for which a word is owed; `answer_by`: the last day to answer an order, if one is open."""

    row: CaseRow
    answer_by: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """What the office last said of its being late; `holds`: of what is late now, its day not yet passed."""

    at: datetime
    cause: str
    until: date
    text: str
    holds: bool


def to_explain(viewer: Viewer, *, at: datetime) -> list[ToExplain]:
    """Cases for which this officer owes a word: their own, and of a whole body its leader's. One statement.

    What an order asks for comes first, then what has been late longest; at most fifty.
    """
    officer = viewer.officer
    if officer is None:
        return []
    leads, today = Role.LEADER in officer.roles, legal_day(at)
    whose = ([officer.id, *officer.stands_in_for], officer.body, leads)
    rows = run(load(HERE, "to_explain"), (*whose, OPEN, today, MOST_TO_EXPLAIN))
    return [
        ToExplain(
            case_row(tuple(of_case), today), answer_by, late=answer_by is not None and today > answer_by
        )
        for *of_case, answer_by in rows
    ]


def explained(view: CaseView, *, at: datetime) -> Explained | None:
    """The last explanation in the story; None where there is none. No statement."""
    for told in reversed(view.story):
        if (said := lateness.explained_in(told.event)) is not None:
            cause, until = said
            holds = lateness.holds(view.state, legal_day(at))
            return Explained(told.event.at, gettext(CAUSES.get(cause, cause)), until, told.text or "", holds)
    return None


def open_order(view: CaseView) -> Told | None:
    """The order that waits for an answer; None where none does. No statement."""
    if not lateness.is_ordered(view.state):
        return None
    return next((one for one in reversed(view.story) if lateness.orders(one.event)), None)


def of_lateness(view: CaseView, viewer: Viewer, at: datetime) -> Iterator[OpenAct]:
    """The acts on a pressing case that are open to this officer now. No statement."""
    state, today = view.state, legal_day(at)
    if viewer.officer is None:
        return
    may_order = allowed(viewer, Deed.SUPERVISE, state.thing)
    if may_order and lateness.against_supervising(state, viewer.officer, today) is None:
        yield OpenAct("supervise", "督办", SUPERVISING, _order(), apart=True)
    if lateness.wants_explanation(state, today) and allowed(viewer, Deed.EXPLAIN_LATENESS, state.thing):
        latest = lateness.latest_hope(state, today, view.law.calendar)
        yield OpenAct("explain", "说明为什么超期", EXPLAINING, _explanation(latest), apart=True)


def _order() -> tuple[Ask, ...]:
    days = {str(n): f"{n} 个工作日" for n in lateness.ANSWER_DAYS}
    return (
        choice("supervise-days", "几个工作日内说明", days),
        words("supervise-text", "要求", "写清楚要办理机关做什么；申请人看得到已经督办，看不到这段话。"),
    )


def _explanation(latest: date) -> tuple[Ask, ...]:
    return (
        choice("explain-cause", "主要原因", CAUSES),
        Ask("explain-until", "现在预计哪天能办到", "date", f"最晚 {latest:%Y-%m-%d}。说了要做到。"),
        words(
            "explain-text", "对申请人说", "申请人和督办的人都看得到：为什么晚了，正在做什么，下一步是什么。"
        ),
    )
