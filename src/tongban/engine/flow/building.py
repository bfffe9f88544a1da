"""Nodes and flows as read, joined up to a net; every shape that cannot run is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from tongban.engine.expressions import ExpressionError, compiled
from tongban.engine.flow.faults import BadFlow, Fault
from tongban.engine.flow.joins import matched
from tongban.engine.flow.net import ACTIVITIES, AUTOMATIC, ENDS, GATEWAYS, ROOT, Flow, Kind, Net, Node

Drawn: TypeAlias = tuple[str, str, Flow]
"""A flow as it was read, with the ids of its two ends."""

TOLD = frozenset({"act", "outcome", "done"})
"""Names of which no fact of the form tells: how the last task ended, and how many of several are done."""


def net_of(
    name: str,
    title: str,
    nodes: Sequence[Node],
    drawn: Sequence[tuple[str, str, Flow]],
    faults: Sequence[Fault],
) -> Net:
    """The net of what was read: flows come with the ids of both ends. BadFlow with all that is wrong."""
    found = list(faults)
    at = {node.id: place for place, node in enumerate(nodes)}
    flows = list(_placed(drawn, at, found))
    hung = _hung(nodes, flows, drawn)
    found += _shapes(hung, flows)
    starts = [place for place, node in enumerate(hung) if node.kind is Kind.START and node.scope == ROOT]
    if found:
        raise BadFlow(sorted(set(found)))
    net = Net(
        name, title, tuple(hung), tuple(flows), starts[0], at,
        inside=_inside(hung, flows), attached=_attached(hung), catches=_catches(hung),
        counted=_counted(hung, flows), asks=_asks(hung, flows),
        automatic=any(node.kind in AUTOMATIC for node in hung),
    )  # fmt: skip
    return matched(net)


def _placed(drawn: Sequence[Drawn], at: dict[str, int], found: list[Fault]) -> Iterator[Flow]:
    for source, target, flow in drawn:
        if source not in at or target not in at:
            found.append(Fault(flow.line, "FLOW-END", "这条线有一头没有连上。请把两头都连到图形上。"))
            continue
        yield replace(flow, source=at[source], target=at[target])


def _hung(nodes: Sequence[Node], flows: Sequence[Flow], drawn: Sequence[Drawn]) -> list[Node]:
    """The nodes with their flows, sub-processes with their start. A lost flow moves the numbers behind it."""
    into: list[list[int]] = [[] for _ in nodes]
    out: list[list[int]] = [[] for _ in nodes]
    for number, flow in enumerate(flows):
        into[flow.target].append(number)
        out[flow.source].append(number)
    first = {node.scope: place for place, node in enumerate(nodes) if node.kind is Kind.START}
    names = [flow.id for _, _, flow in drawn]
    numbers = {flow.id: number for number, flow in enumerate(flows)}
    return [
        replace(
            node,
            into=tuple(into[place]),
            out=tuple(out[place]),
            first=first.get(place),
            default=None if node.default is None else numbers.get(names[node.default]),
        )
        for place, node in enumerate(nodes)
    ]


def _shapes(nodes: Sequence[Node], flows: Sequence[Flow]) -> Iterator[Fault]:
    """Every shape that could not run, with what to draw instead."""
    scopes = [ROOT, *(place for place, node in enumerate(nodes) if node.kind is Kind.SUB)]
    for scope in scopes:
        starts = sum(node.kind is Kind.START and node.scope == scope for node in nodes)
        if starts != 1:
            line, where = (1, "流程") if scope == ROOT else (nodes[scope].line, "子流程")
            yield Fault(line, "START", f"{where}要正好有一个开始，现在有 {starts} 个。")
    for node in nodes:
        yield from _ends_of(node)
        yield from _border(node, nodes)
        yield from _expressions(node)
    for flow in flows:
        yield from _line(flow, nodes)


def _ends_of(node: Node) -> Iterator[Fault]:
    comes, goes = len(node.into), len(node.out)
    if comes and (node.kind is Kind.START or node.host is not None):
        yield Fault(node.line, "INTO-START", "开始事件和边界事件不能有线连进来。")
    if not comes and node.kind is not Kind.START and node.host is None:
        yield Fault(node.line, "NOTHING-INTO", f"没有线连到“{node.name or node.id}”。请连上，或者删掉它。")
    if goes and node.kind in ENDS:
        yield Fault(node.line, "OUT-OF-END", "结束以后不能再有线连出去。")
    if not goes and node.kind not in ENDS:
        yield Fault(
            node.line, "NOTHING-OUT", f"“{node.name or node.id}”后面没有线。请连到下一步，或者连到结束。"
        )
    if goes > 1 and node.kind not in GATEWAYS:
        yield Fault(
            node.line, "SPLIT-WITHOUT-GATEWAY", "一步后面有几条线，看不出是选一条还是都走。请画一个网关。"
        )


def _border(node: Node, nodes: Sequence[Node]) -> Iterator[Fault]:
    host = None if node.host is None else nodes[node.host]
    if host is not None and host.kind not in ACTIVITIES:
        yield Fault(node.line, "HOST", "边界事件只能贴在任务或子流程上。")
    if node.kind is Kind.ERROR and (host is None or host.kind is not Kind.SUB or not node.interrupting):
        yield Fault(node.line, "ERROR-HOST", "出错的边界事件只能贴在子流程上，并且会中断它。")
    if node.kind is Kind.ERROR_END and _catcher(nodes, node) is None:
        yield Fault(node.line, "ERROR-UNCAUGHT", "外面没有接住这个出错的边界事件。请在子流程边上画一个。")
    if (
        node.kind is Kind.TIMER
        and node.timer
        and node.timer.times > 1
        and (host is None or node.interrupting)
    ):
        yield Fault(node.line, "TIMER-REPEATS", "只有不中断的边界定时可以重复。")


def _expressions(node: Node) -> Iterator[Fault]:
    if node.many is not None:
        for text in (node.many.how_many, node.many.until):
            yield from _unreadable(text, node.line)


def _line(flow: Flow, nodes: Sequence[Node]) -> Iterator[Fault]:
    source, target = nodes[flow.source], nodes[flow.target]
    if source.scope != target.scope:
        yield Fault(flow.line, "CROSSES", "线不能穿过子流程的边。请连到子流程本身。")
    splits = source.kind in (Kind.EXCLUSIVE, Kind.INCLUSIVE) and len(source.out) > 1
    if flow.condition is not None and not splits:
        yield Fault(flow.line, "CONDITION-HERE", "只有排他、包容网关后面的线可以写条件。")
    else:
        yield from _unreadable(flow.condition, flow.line)


def _unreadable(text: str | None, line: int) -> Iterator[Fault]:
    try:
        compiled(text or "true")
    except ExpressionError as error:
        for wrong in error.faults:
            yield Fault(line, "EXPRESSION", f"“{text}”第 {wrong.column} 个字起：{wrong.says}")


def _catcher(nodes: Sequence[Node], node: Node) -> int | None:
    """The boundary event that catches what an error end throws: the innermost of its error, or of any."""
    scope = node.scope
    while scope != ROOT:
        caught = [at for at, one in enumerate(nodes) if one.kind is Kind.ERROR and one.host == scope]
        named = [at for at in caught if nodes[at].error == node.error]
        if found := named or [at for at in caught if nodes[at].error is None]:
            return found[0]
        scope = nodes[scope].scope
    return None


def _inside(nodes: Sequence[Node], flows: Sequence[Flow]) -> dict[int, int]:
    """Of each sub-process the bits of all nodes and waiting tokens in it, however deep."""
    masks = {place: 0 for place, node in enumerate(nodes) if node.kind is Kind.SUB}

    def mark(scope: int, bit: int) -> None:
        while scope != ROOT:
            masks[scope] |= bit
            scope = nodes[scope].scope

    for place, node in enumerate(nodes):
        mark(node.scope, 1 << place)
    for number, flow in enumerate(flows):
        mark(nodes[flow.target].scope, 1 << len(nodes) + number)
    return masks


def _attached(nodes: Sequence[Node]) -> dict[int, tuple[int, ...]]:
    hosts: dict[int, list[int]] = {}
    for place, node in enumerate(nodes):
        if node.host is not None:
            hosts.setdefault(node.host, []).append(place)
    return {host: tuple(places) for host, places in hosts.items()}


def _counted(nodes: Sequence[Node], flows: Sequence[Flow]) -> dict[int, int]:
    """A place in the counts for each bounded flow and each timer that goes off more than once."""
    keys = [place for place, node in enumerate(nodes) if node.timer is not None and node.timer.times > 1]
    keys += [len(nodes) + number for number, flow in enumerate(flows) if flow.at_most is not None]
    return {key: place for place, key in enumerate(keys)}


def _asks(nodes: Sequence[Node], flows: Sequence[Flow]) -> frozenset[str]:
    texts = [flow.condition for flow in flows]
    texts += [text for node in nodes if node.many for text in (node.many.how_many, node.many.until)]
    return frozenset(name for text in texts if text for name in compiled(text).names) - TOLD


def _catches(nodes: Sequence[Node]) -> dict[int, int]:
    caught = {at: _catcher(nodes, node) for at, node in enumerate(nodes) if node.kind is Kind.ERROR_END}
    return {at: event for at, event in caught.items() if event is not None}
