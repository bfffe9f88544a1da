"""What officers may do together on a case now: give it, hand it over, ask somebody, write a note."""

from collections.abc import Iterator
from datetime import date

from tongban.cases.queries.view import CaseView
from tongban.cases.rules.consulting import ANSWER, LEAST_DAYS, MOST_DAYS
from tongban.cases.rules.effects import ASSIGNING, CONSULTING, HANDING_OVER, NOTING
from tongban.directory import api as directory
from tongban.kernel.access import Deed, Officer, Role, Viewer, allowed
from tongban.kernel.acts import Ask, OpenAct, choice, words


def together(view: CaseView, viewer: Viewer, officer: Officer, today: date) -> Iterator[OpenAct]:
    """The acts of working together that are open to this officer now. No statement."""
    state, thing = view.state, view.state.thing
    receivers = _receivers(view, today)
    if state.turn.waits and view.place == 1 and receivers and allowed(viewer, Deed.ASSIGN, thing):
        to = choice("assign-to", "交给谁办", receivers)
        yield OpenAct("assign", "分派给同事", ASSIGNING, (to,), apart=True)
    if state.worked_on and allowed(viewer, Deed.HANDLE, thing):
        yield OpenAct("consult", "征求意见", CONSULTING, _question(view, officer, today), apart=True)
    held = state.turn.taken_by is not None and not state.closed
    if held and receivers and allowed(viewer, Deed.HAND_OVER, thing):
        asks = (
            choice("hand-over-to", "移交给谁", receivers),
            words("hand-over-text", "为什么移交", "写清楚办到哪一步、接着要做什么。"),
        )
        yield OpenAct("hand-over", "移交给同事", HANDING_OVER, asks, apart=True)
    if not state.closed and allowed(viewer, Deed.WRITE_NOTE, thing):
        yield OpenAct("note", "写备注", NOTING, (words("note-text", "备注"),))


def _receivers(view: CaseView, today: date) -> dict[str, str]:
    """Who of the body may get it: whoever handles cases, is there today, and does not have it."""
    return {
        str(one.id): one.name
        for one in directory.colleagues(view.state.head.body, today)
        if Role.HANDLER in one.roles and not one.away and one.id != view.state.turn.taken_by
    }


def _question(view: CaseView, officer: Officer, today: date) -> tuple[Ask, ...]:
    own = view.state.head.body
    colleagues = {
        str(one.id): f"本单位：{one.name}"
        for one in directory.colleagues(own, today)
        if one.roles & ANSWER and not one.away and one.id != officer.id
    }
    bodies: dict[str, str] = {
        code: name for code, name in directory.served_bodies(today).items() if code != own
    }
    days = {str(n): f"{n} 个工作日" for n in range(LEAST_DAYS, MOST_DAYS + 1)}
    return (
        choice("consult-whom", "问谁", {**colleagues, **bodies}),
        choice("consult-days", "几个工作日内答复", days),
        words("consult-text", "问什么", "把要核实的写具体；对方看得到这件的内容和经过。"),
    )
