"""Inclusive joins and the splits they belong to.

A join waits for those branches that its split began. Which these are is plain only where everything between
the two begins at the split and ends at the join; then the join is ready when nothing between them is at work.
"""

from dataclasses import replace

from tongban.engine.flow.net import ENDS, Kind, Net


def matched(net: Net) -> Net:
    """The net with the bits between each inclusive join and its split; a join without one is left out."""
    steps = _steps(net)
    back: list[list[int]] = [[] for _ in net.nodes]
    for at, goals in enumerate(steps):
        for goal in goals:
            back[goal].append(at)
    between: dict[int, int] = {}
    for join in inclusive_joins(net):
        for split, node in enumerate(net.nodes):
            if node.kind is not Kind.INCLUSIVE or len(node.out) < 2 or node.scope != net.nodes[join].scope:
                continue
            region = _region(net, split, join, steps, back)
            if region is not None:
                # Of splits around one another the innermost is the join's own, and its bits are the fewest.
                bits = _bits(net, region)
                between[join] = min(between.get(join, bits), bits, key=int.bit_count)
    return replace(net, between=between)


def inclusive_joins(net: Net) -> list[int]:
    """The inclusive gateways at which several flows come together."""
    return [at for at, node in enumerate(net.nodes) if node.kind is Kind.INCLUSIVE and len(node.into) > 1]


def _steps(net: Net) -> list[list[int]]:
    """From each node, where a token can be next in the same scope: over its flows, or at its border."""
    steps = [[net.flows[flow].target for flow in node.out] for node in net.nodes]
    for host, events in net.attached.items():
        for event in events:
            steps[host].append(event)
    return steps


def _region(
    net: Net, split: int, join: int, steps: list[list[int]], back: list[list[int]]
) -> set[int] | None:
    """The nodes between the two, if all that begins at the split ends at the join, and nothing else does."""
    region = _reached(split, join, steps)
    if join in region or split in region or any(net.nodes[at].kind in ENDS for at in region):
        return None
    inward = {net.flows[flow].source for flow in net.nodes[join].into}
    closed = all(set(back[at]) <= region | {split} for at in region)
    straight = split in inward or bool(region)
    return region if closed and straight and inward <= region | {split} else None


def _reached(split: int, join: int, steps: list[list[int]]) -> set[int]:
    found: set[int] = set()
    ahead = [at for at in steps[split] if at != join]
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead += [goal for goal in steps[at] if goal != join]
    return found


def _bits(net: Net, region: set[int]) -> int:
    """The bits of the nodes of a region, of what is inside them, and of tokens that wait at its joins."""
    bits = 0
    for at in region:
        bits |= 1 << at | net.inside.get(at, 0)
        for flow in net.nodes[at].into:
            bits |= net.token(flow)
    return bits
