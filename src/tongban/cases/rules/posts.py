"""Posts: whose a step of a flow is, where the body has a post that is called as the lane of the drawing."""

from collections.abc import Callable, Iterable

from tongban.cases.events import CaseFlowMoved, Event
from tongban.cases.rules.flowing import ACT_OF
from tongban.cases.rules.law import Law
from tongban.cases.rules.place import bound_to, drawn_as, wait_of
from tongban.cases.rules.state import CaseState
from tongban.engine.flow import Node
from tongban.kernel.access import Officer
from tongban.kernel.refusal import Refusal


def posted(state: CaseState, event: Event, law: Law, serving: Callable[[], Iterable[Officer]]) -> None:
    """Refuse a step of the flow to who holds another post, where the body has posts called as its lane.

    Where no post is called so, whoever has the case does it. Who stands in does what the one who is away may.
    """
    node = _step_of(state, event, law)
    if node is None or event.by is None:
        return
    colleagues = list(serving())
    by = next((one for one in colleagues if one.id == event.by), None)
    if by is not None and is_others(node, by, colleagues):
        holders = "、".join(one.name for one in colleagues if node.actor in one.posts)
        raise Refusal(
            "cases.flow.other-post",
            says=f"“{node.name}”由“{node.actor}”办，您不在这个岗位。",
            do=f"请移交给在这个岗位的同事：{holders}。",
        )


def _step_of(state: CaseState, event: Event, law: Law) -> Node | None:
    """The step that an officer's event does: its act's, or the one that it completes."""
    if law.net is None or state.facts.flow is None:
        return None
    if isinstance(event, CaseFlowMoved):
        return law.net.node(wait_of(event.done).node) if event.by is not None and event.done else None
    act = ACT_OF.get(type(event))
    wait = bound_to(state, law.net, drawn_as(act, law.net)) if act is not None else None
    return law.net.node(wait.node) if wait is not None else None


def of_other_post(state: CaseState, law: Law, act: str, by: Officer, serving: Iterable[Officer]) -> bool:
    """Whether the task that this act completes is for a post that others hold there and this one does not."""
    if law.net is None or state.facts.flow is None:
        return False
    wait = bound_to(state, law.net, drawn_as(act, law.net))
    return wait is not None and is_others(law.net.node(wait.node), by, serving)


def is_others(node: Node, by: Officer, serving: Iterable[Officer]) -> bool:
    """Whether a step is for a post that others at the body hold and this officer does not."""
    holders = [one for one in serving if node.actor in one.posts]
    return bool(holders) and not any(by.acts_as(one.id) for one in holders)
