"""Moving a marking to another drawing: everything that waits, and every count, has its place there too."""

from tongban.engine.flow.marking import Group, Marking
from tongban.engine.flow.net import Net


class DoesNotMap(ValueError):
    """Elements that hold something now and have no like in the other drawing."""

    def __init__(self, elements: tuple[str, ...]) -> None:
        super().__init__("、".join(elements))
        self.elements = elements


def moved(marking: Marking, net: Net, to: Net) -> Marking:
    """The same marking in another net, element by element; DoesNotMap with all that has no place there.

    A node keeps its place by its id, if it is of the same kind, in the same scope, at the same host; a token
    at a join by the id of its flow. What is bounded keeps its count.
    """
    lost: list[str] = []
    found = _moved(marking, net, to, lost)
    if lost:
        raise DoesNotMap(tuple(dict.fromkeys(lost)))
    return found


def _moved(marking: Marking, net: Net, to: Net, lost: list[str]) -> Marking:
    bits = 0
    for at in range(len(net.nodes) + len(net.flows)):
        if marking.bits >> at & 1:
            number = at - len(net.nodes)
            bits |= _node(at, net, to, lost) if number < 0 else _flow(number, net, to, lost)
    # The element of a group is marked too: where it has no like, that was noted just now.
    groups = [] if lost else [(to.at[net.nodes[at].id], group) for at, group in marking.groups]
    inside = tuple(sorted((at, _group(group, net, to, lost)) for at, group in groups))
    return Marking(bits, _counts(marking, net, to), inside)


def _group(group: Group, net: Net, to: Net, lost: list[str]) -> Group:
    at_it = tuple(
        (number, None if inner is None else _moved(inner, net, to, lost)) for number, inner in group.at_it
    )
    return Group(group.total, group.began, at_it)


def _node(at: int, net: Net, to: Net, lost: list[str]) -> int:
    node = net.nodes[at]
    other = to.at.get(node.id)
    if other is None or _likeness(net, at) != _likeness(to, other):
        lost.append(node.id)
        return 0
    return 1 << other


def _likeness(net: Net, at: int) -> tuple[object, ...]:
    """What must be the same of a node, so that what waits there waits for the same."""
    node = net.nodes[at]
    host = None if node.host is None else net.nodes[node.host].id
    scope = net.nodes[node.scope].id if node.scope >= 0 else None
    return node.kind, host, scope, node.many is None, node.many is not None and node.many.sequential


def _flow(number: int, net: Net, to: Net, lost: list[str]) -> int:
    flow = net.flows[number]
    for other, one in enumerate(to.flows):
        same = net.nodes[flow.target], to.nodes[one.target]
        if one.id == flow.id and same[0].id == same[1].id and same[0].kind is same[1].kind:
            return to.token(other)
    lost.append(flow.id)
    return 0


def _counts(marking: Marking, net: Net, to: Net) -> tuple[int, ...]:
    """How often each bounded thing of the other net was used, by its id; never more than it may be."""
    if not marking.bits or not marking.counts:
        return (0,) * len(to.counted) if marking.bits else ()
    was = {_name(net, key): marking.counts[place] for key, place in net.counted.items()}
    counts = [0] * len(to.counted)
    for key, place in to.counted.items():
        counts[place] = min(was.get(_name(to, key), 0), _bound(to, key))
    return tuple(counts)


def _name(net: Net, key: int) -> str:
    return net.nodes[key].id if key < len(net.nodes) else net.flows[key - len(net.nodes)].id


def _bound(net: Net, key: int) -> int:
    if key < len(net.nodes):
        timer = net.nodes[key].timer
        return timer.times if timer else 0
    return net.flows[key - len(net.nodes)].at_most or 0
