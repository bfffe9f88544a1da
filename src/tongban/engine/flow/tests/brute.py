"""Whether a net may run, found out by running it: every order, every answer to every condition.

Only the three steps of the engine are used, over data that change at will before each of them.
"""

from collections.abc import Iterator
from itertools import product

from tongban.engine.expressions import compiled
from tongban.engine.flow import Advance, Marking, Net, NoWay, complete, fire, open_in, start
from tongban.engine.flow.faults import Doubled


def is_sound(net: Net) -> bool:
    """Whether from wherever one can come the end can be reached, each task comes, and nothing is doubled."""
    names = sorted({name for flow in net.flows if flow.condition for name in compiled(flow.condition).names})
    every = [dict(zip(names, values, strict=True)) for values in product((True, False), repeat=len(names))]
    goes: dict[Marking, set[Marking]] = {}
    came: set[str] = set()
    try:
        ahead = {start(net, data).marking for data in every}
        while ahead:
            marking = ahead.pop()
            came |= {wait.node for wait in open_in(net, marking)}
            goes[marking] = {advance.marking for data in every for advance in _all(net, marking, data)}
            ahead |= goes[marking] - goes.keys()
    except (NoWay, Doubled):
        return False
    return _all_end(goes) and came == {node.id for node in net.nodes if node.is_task}


def _all(net: Net, marking: Marking, data: dict[str, bool]) -> Iterator[Advance]:
    for wait in open_in(net, marking):
        act = complete if net.node(wait.node).is_task else fire
        yield act(net, marking, wait.node, data, wait.instance)


def _all_end(goes: dict[Marking, set[Marking]]) -> bool:
    """Whether every marking leads to the empty one."""
    ending = {marking for marking in goes if not marking.bits}
    grown = bool(ending)
    while grown:
        more = {marking for marking, goals in goes.items() if marking not in ending and goals & ending}
        ending |= more
        grown = bool(more)
    return len(ending) == len(goes)
