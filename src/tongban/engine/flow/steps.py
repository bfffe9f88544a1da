"""A flow as plain steps: what people do in it, in the order in which each can first come."""

from tongban.engine.flow.net import BY_PEOPLE, Net, Node


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
        if node.kind in BY_PEOPLE:
            found.append(node)
        if node.first is not None:
            ahead += net.nodes[node.first].out
        ahead += node.out
        ahead += [flow for event in net.attached.get(at, ()) for flow in net.nodes[event].out]
    return found
