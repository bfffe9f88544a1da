"""A flow as plain steps: what people do in it, in the order in which each can first come."""

from tongban.engine.flow.net import ENDS, ROOT, Kind, Net, Node


def in_order(net: Net) -> list[Node]:
    """The tasks of people, the nearest to the start in front; each once, whatever ways lead there."""
    found: list[Node] = []
    ahead, seen = [net.nodes[net.start].out[0]], set[int]()
    while ahead:
        at = net.flows[ahead.pop(0)].target
        if at in seen:
            continue
        seen.add(at)
        node = net.nodes[at]
        if node.takes_time:
            found.append(node)
        if node.first is not None:
            ahead += net.nodes[node.first].out
        ahead += node.out
        ahead += [flow for event in net.attached.get(at, ()) for flow in net.nodes[event].out]
    return found


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
