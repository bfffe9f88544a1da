"""A flow as plain steps: what people do in it, each after all that may come before it."""

from collections.abc import Callable, Sequence
from functools import partial

from tongban.engine.flow.net import ENDS, ROOT, Kind, Net, Node


def in_line(first: int, ahead: Callable[[int], Sequence[int]]) -> list[int]:
    """All that can be reached from a node, each before what comes after it, whatever leads back.

    Of ways side by side the one drawn first stands first.
    """
    line, seen = list[int](), {first}
    trail = [(first, iter(ahead(first)[::-1]))]
    while trail:
        at, goals = trail[-1]
        goal = next((one for one in goals if one not in seen), None)
        if goal is None:
            line.append(at)
            trail.pop()
        else:
            seen.add(goal)
            trail.append((goal, iter(ahead(goal)[::-1])))
    return line[::-1]


def in_order(net: Net) -> list[Node]:
    """The tasks of people, each after all that may come before it, once, whatever ways lead there."""
    nodes = [net.nodes[at] for at in in_line(net.start, partial(_after_all_of, net))]
    return [node for node in nodes if node.takes_time]


def ahead_of(net: Net, name: str) -> list[Node]:
    """The tasks of people that may come after this one, in the order of `in_order`."""
    far = _reached(net, without=-1, start=net.at[name])
    return [node for node in in_order(net) if node.id != name and net.at[node.id] in far]


def is_sure(net: Net, name: str) -> bool:
    """Whether no way to the last end of the process leads past this step; else it comes only where needed.

    Ways that begin at a border are no ordinary ways: by them nothing is the last.
    """
    last_of_all = {Kind.END, Kind.TERMINATE}
    ends = [at for at, node in enumerate(net.nodes) if node.kind in last_of_all and node.scope == ROOT]
    far = _reached(net, without=-1)
    last = max(ends, key=lambda at: far.get(at, -1), default=net.start)
    return last not in _reached(net, without=net.at[name])


def _reached(net: Net, *, without: int, start: int | None = None) -> dict[int, int]:
    """The nodes that a token can come to, if not to `without`, and over how many others at least."""
    first = net.start if start is None else start
    far = {first: 0}
    ahead = [first]
    while ahead:
        at = ahead.pop(0)
        for step in _after(net, at):
            if step not in far and step != without:
                far[step] = far[at] + 1
                ahead.append(step)
    return far


def _after(net: Net, at: int) -> list[int]:
    """Where a token can be after a node: in it, over its flows, or after the sub-process that it ends."""
    node = net.nodes[at]
    if node.first is not None:
        return [node.first]
    if node.kind in ENDS and node.scope != ROOT:
        return [net.flows[flow].target for flow in net.nodes[node.scope].out]
    return [net.flows[flow].target for flow in node.out]


def _after_all_of(net: Net, at: int) -> list[int]:
    """What comes after a node, and after what hangs at its border."""
    hung = [net.flows[flow].target for event in net.attached.get(at, ()) for flow in net.nodes[event].out]
    return _after(net, at) + hung
