"""Posts: whose a step of a flow is, where the body has a post that is called as the lane of the drawing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from tongban.cases.events import CaseFlowMoved, ConsultationAsked, Event
from tongban.cases.rules.flowing import ACT_OF
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Act
from tongban.cases.rules.place import bound_to, drawn_as, signed_by, wait_of
from tongban.cases.rules.state import CaseState
from tongban.engine.flow import Node
from tongban.kernel.access import Deed, Officer, roles_for
from tongban.kernel.refusal import Refusal

DEEDS: Final[Mapping[Act, Deed]] = {
    Act.DELIVER: Deed.DELIVER,
    Act.TERMINATE: Deed.TERMINATE,
    Act.REVOKE: Deed.REVOKE,
}
"""Acts that ask the access table for another deed than handling, as all the rest and every task do."""


def posted(state: CaseState, event: Event, law: Law, serving: Callable[[], Iterable[Officer]]) -> None:
    """Refuse a step of the flow to who holds another post, where the body has posts called as its lane.

    Where no post is called so, or nobody in it is there and may do the step, whoever has the case does it.
    Who stands in does what the one who is away may.
    """
    node = _step_of(state, event, law)
    if node is None or event.by is None:
        return
    colleagues, deed = list(serving()), _deed_of(event)
    by = next((one for one in colleagues if one.id == event.by), None)
    if by is not None and is_others(state, node, by, colleagues, deed):
        names = "、".join(one.name for one in _doers(state, node, colleagues, deed))
        way = "请移交给" if deed is Deed.HANDLE else "请交给"
        raise Refusal(
            "cases.flow.other-post",
            says=f"“{node.name}”由“{node.actor}”办，您不在这个岗位。",
            do=f"{way}在这个岗位、今天在岗的同事：{names}。",
        )


def _step_of(state: CaseState, event: Event, law: Law) -> Node | None:
    """The step that an officer's event does: its act's, or the one that it completes, or asks for."""
    if law.net is None or state.facts.flow is None:
        return None
    if isinstance(event, ConsultationAsked):
        return law.net.node(wait_of(event.task).node) if event.task else None
    if isinstance(event, CaseFlowMoved):
        return law.net.node(wait_of(event.done).node) if event.by is not None and event.done else None
    act = ACT_OF.get(type(event))
    wait = bound_to(state, law.net, drawn_as(act, law.net)) if act is not None else None
    return law.net.node(wait.node) if wait is not None else None


def _deed_of(event: Event) -> Deed:
    act = ACT_OF.get(type(event))
    return DEEDS.get(act, Deed.HANDLE) if act is not None else Deed.HANDLE


def of_other_post(state: CaseState, law: Law, act: Act, by: Officer, serving: Iterable[Officer]) -> bool:
    """Whether the task that this act completes is for a post that others hold there and this one does not."""
    if law.net is None or state.facts.flow is None:
        return False
    wait = bound_to(state, law.net, drawn_as(act, law.net))
    deed = DEEDS.get(act, Deed.HANDLE)
    return wait is not None and is_others(state, law.net.node(wait.node), by, serving, deed)


def is_others(
    state: CaseState, node: Node, by: Officer, serving: Iterable[Officer], deed: Deed = Deed.HANDLE
) -> bool:
    """Whether a step is for a post that others at the body hold and this officer does not.

    Others hold it who are there and whose roles take the deed: a post that nobody can fill binds nobody.
    Nor does any post bind who serves elsewhere, as whoever hands over the result of what they sent up.
    """
    colleagues = list(serving)
    mine = any(by.acts_as(one.id) for one in colleagues if node.actor in one.posts)
    there = any(one.id == by.id for one in colleagues)
    return there and not mine and bool(_doers(state, node, colleagues, deed))


def _doers(state: CaseState, node: Node, colleagues: list[Officer], deed: Deed) -> list[Officer]:
    """Who can do a step for the post of its lane today: its holders, and whoever stands in for one.

    Not who has done it already, where several do it.
    """
    holders = [one.id for one in colleagues if node.actor in one.posts]
    able = [one for one in colleagues if not one.away and one.roles & roles_for(deed)]
    signed = signed_by(state, node.id)
    return [
        one for one in able if str(one.id) not in signed and any(one.acts_as(holder) for holder in holders)
    ]
