"""Where a case stands in the flow of its item: as plain steps, as the drawing, as tasks that can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from tongban.cases.queries.view import CaseView, item_of
from tongban.cases.rules.consulting import can_answer
from tongban.cases.rules.flowing import Waiting, done_in, waiting_in
from tongban.cases.rules.law import law_of
from tongban.cases.rules.place import signed_by
from tongban.cases.rules.posts import is_others
from tongban.cases.rules.redrawing import maps_to, unanswered
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.flow import Kind, in_order, is_sure, svg
from tongban.kernel.access import Deed, Viewer, allowed
from tongban.kernel.acts import Ask, OpenAct, choice, words
from tongban.kernel.languages import told

TASK: Final = "task-"
"""What the code of an act begins with that completes a task of the flow."""

COMPLETING: Final = "这一步记入办理经过，流程走到下一步。期限照常计算。"


COMING: Final = "这里等的是一个消息：收到了再点，记入办理经过，流程照图往下走。期限照常计算。"


UNASKED: Final = "%s现在没有别人能答复，这一步问不了。写明原因，记入办理经过，流程走到下一步。期限照常计算。"


ASKING: Final = "向%s征求意见；对方答复以后，这一步就办完了。征求意见不停止计时，可以和别的步骤同时办。"


LOOKING: Final = "系统自己向登记簿查，查到就往下走。等不到答复的，由您核对后填结果，流程走到下一步。"


CHANGING: Final = "已经办完的不重来，现在等着办的还等着办，期限不变；以后的步骤照新的流程图。"


class Standing(StrEnum):
    """How it stands with a step."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step as people read it: what, by whom, how it stands, until when it is to be done.

    `sure`: it comes in every case; else only where it is needed.
    """

    name: str
    actor: str
    standing: Standing
    due: date | None
    sure: bool


def steps_of(view: CaseView) -> list[FlowStep]:
    """The flow of a case as plain steps; none where its item draws nothing. No statement."""
    net = view.law.net
    if net is None:
        return []
    waiting, done = _standing(view)
    return [
        FlowStep(
            told(node.name),
            told(node.actor),
            Standing.NOW if node.id in waiting else Standing.DONE if node.id in done else Standing.AHEAD,
            waiting.get(node.id),
            is_sure(net, node.id),
        )
        for node in in_order(net)
    ]


def drawing_of(view: CaseView) -> str:
    """The drawing (SVG) with the place of the case in it; empty where nothing is drawn. No statement."""
    if view.law.net is None:
        return ""
    waiting, done = _standing(view)
    title = _("“%(name)s”的办理流程图") % {"name": view.item_name}
    return svg(view.law.net, title, here=waiting.keys(), done=done)


def _standing(view: CaseView) -> tuple[dict[str, date | None], set[str]]:
    """The tasks that wait, each with its last day, and those that were done and wait no more."""
    waiting = {one.node.id: one.due for one in waiting_in(view.state, view.law)}
    return waiting, done_in(told.event for told in view.story) - waiting.keys()


def tasks_for(view: CaseView, viewer: Viewer, at: datetime) -> Iterator[OpenAct]:
    """The tasks of the flow that this officer may complete now, which are no legal acts. No statement."""
    officer = viewer.officer
    if officer is None or not officer.acts_as(view.state.turn.taken_by):
        return
    if not allowed(viewer, Deed.HANDLE, view.state.thing):
        return
    serving = directory.colleagues(view.state.head.body, legal_day(at))
    for number, waiting in enumerate(tasks_to_do(view), 1):
        if is_others(view.state, waiting.node, officer, serving):
            continue
        if str(officer.id) in signed_by(view.state, waiting.node.id):
            continue
        code = f"{TASK}{number}"
        # What hangs at the border of a step may come or not: it is no step that waits to be done.
        asks = may_ask(view, waiting, at)
        yield OpenAct(
            code,
            waiting.node.name,
            _effect(waiting, asks=asks),
            _asks(code, waiting, asks=asks),
            waiting.node.takes_time,
        )


def may_ask(view: CaseView, waiting: Waiting, at: datetime) -> bool:
    """Whether a task asks another body that can answer today; else whoever has the case does it.

    No statement.
    """
    if waiting.asks is None:
        return False
    body = waiting.asks.body
    return can_answer(body, view.state.head.body, directory.colleagues(body, legal_day(at)))


def _effect(waiting: Waiting, *, asks: bool) -> str:
    if waiting.asks:
        return (ASKING if asks else UNASKED) % told(waiting.asks.name)
    if waiting.node.kind is Kind.SERVICE:
        return LOOKING
    return COMING if waiting.node.kind is Kind.MESSAGE else COMPLETING


def changing_flow(view: CaseView, viewer: Viewer) -> Iterator[OpenAct]:
    """The move to the newest drawing of the item, where that is another and all that waits is in it too.

    No statement.
    """
    if not view.law.net or not allowed(viewer, Deed.ASSIGN, view.state.thing):
        return
    newest = catalogue.item(view.state.head.item)
    followed = catalogue.item_version(view.state.head.item, view.law.net_version)
    drawn = newest.process
    if drawn is None or drawn == followed.process:
        return
    own = item_of(view.state)
    if unanswered(drawn, newest.form, own.form):
        return
    if not maps_to(view.state, view.law, law_of(own, view.law.calendar, newest)):
        return
    version = choice("change-flow-version", "换到哪一版", {str(newest.version): f"第 {newest.version} 版"})
    yield OpenAct(
        "change-flow", "换到新的办理流程", CHANGING, (version, words("change-flow-text", "为什么换"))
    )


def tasks_to_do(view: CaseView) -> list[Waiting]:
    """The tasks of the flow that wait and are no legal acts, in the order of the drawing. No statement.

    Those that ask for an opinion are among them until they have asked.
    """
    return [one for one in waiting_in(view.state, view.law) if not one.node.acts and not one.asked]


def task_of(view: CaseView, code: str) -> Waiting:
    """The task that an act of this code completes, or by which it asks."""
    return tasks_to_do(view)[int(code.removeprefix(TASK)) - 1]


def _asks(code: str, waiting: Waiting, *, asks: bool) -> tuple[Ask, ...]:
    if waiting.asks and not asks:
        return (words(f"{code}-text", "为什么没有征求意见", "记在办件里，只给办理的人看。"),)
    if waiting.asks:
        return (words(f"{code}-text", "要问什么", "写清楚请对方看什么；对方能看这件的内容，每次都有记录。"),)
    said = words(f"{code}-text", "办理情况", "记在办件里，只给办理的人看。可以不写。")
    outcomes = waiting.node.outcomes
    found = (choice(f"{code}-outcome", "结果", {word: word for word in outcomes}),) if outcomes else ()
    return (*found, Ask(said.name, said.label, said.kind, said.help, required=False, limits=said.limits))
