"""BPMN 2.0 files in, a net out. What is outside our set is refused with its line.

Read: user, manual, service, send, receive and business-rule tasks; exclusive, parallel and inclusive
gateways; timer and message events between and at the border; error events at a sub-process; embedded
sub-processes and call activities (of a process in the same file); several at once or in turn; ends, error
ends, terminate ends; lanes. Drawings, extensions of other tools, pools, notes and data objects are left
alone.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from tongban.engine.flow import xml
from tongban.engine.flow.building import net_of
from tongban.engine.flow.faults import BadFlow, Fault
from tongban.engine.flow.net import FOUND, NOT_FOUND, ROOT, Flow, Kind, Many, Net, Node
from tongban.engine.flow.timers import timer

DEEPEST: Final = 8
"""How deep sub-processes may nest: deeper nobody can read."""

LARGEST: Final = 1_000
"""Nodes of a net at most, called processes included as often as they are called."""

MOST_ELEMENTS: Final = 10 * LARGEST
"""Elements that are looked at on the way, lines and notes among them, counted alike."""

TASKS: Final = {
    each: Kind(each) for each in ("userTask", "manualTask", "serviceTask", "sendTask", "receiveTask")
} | {"businessRuleTask": Kind.RULE}
GATEWAYS: Final = {each.value: each for each in (Kind.EXCLUSIVE, Kind.PARALLEL, Kind.INCLUSIVE)}
EVENTS: Final = ("startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent")
NODES: Final = {*TASKS, *GATEWAYS, *EVENTS, "subProcess", "callActivity"}
BESIDE: Final = {
    "", "documentation", "extensionElements", "laneSet", "sequenceFlow", "textAnnotation", "association",
    "group", "dataObject", "dataObjectReference", "dataStoreReference", "ioSpecification", "property",
    "auditing", "monitoring", "incoming", "outgoing", "multiInstanceLoopCharacteristics",
}  # fmt: skip
"""What may stand in a process and changes nothing of how it runs, or is read with the node it belongs to."""

INSTEAD: Final = {
    "task": "请选定是谁来做：用户任务、手工任务、服务任务……",
    "scriptTask": "流程里不写程序。请改成业务规则任务，用决策表。",
    "complexGateway": "请用排他、并行或者包容网关。",
    "eventBasedGateway": "请把等待画成任务，超时画成边界定时事件。",
    "intermediateThrowEvent": "请改成发送任务。",
    "transaction": "请改成普通子流程，出错用错误结束事件。",
    "adHocSubProcess": "请把先后画出来。",
}


@lru_cache(maxsize=256)
def parse(data: bytes) -> Net:
    """The net of a BPMN 2.0 file; BadFlow with every fault and its line where it cannot be run by us.

    Of several processes the one that no other calls is meant. Kept, for many items follow one drawing.
    """
    reader = _Reader(xml.root_of(data))
    return net_of(reader.name, reader.title, reader.nodes, reader.flows, reader.faults)


@dataclass(slots=True)
class _Reader:
    """Walks one file; gathers nodes, flows and faults."""

    root: Any
    nodes: list[Node] = field(default_factory=list)
    flows: list[tuple[str, str, Flow]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    processes: dict[str, Any] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    lanes: dict[Any, dict[str | None, str]] = field(default_factory=dict)
    seen: int = 0
    name: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        self.processes = {one.get("id", ""): one for one in xml.children(self.root, "process")}
        self.messages = {one.get("id"): xml.name(one) for one in xml.children(self.root, "message")}
        self.errors = {
            one.get("id"): one.get("errorCode") or xml.name(one) for one in xml.children(self.root, "error")
        }
        called = {one.get("calledElement") for one in self.root.iter(f"{{{xml.BPMN}}}callActivity")}
        mains = [one for name, one in self.processes.items() if name not in called]
        if len(mains) != 1:
            says = f"文件里应当正好有一个不被别的流程调用的流程，现在有 {len(mains)} 个。请分开存成几个文件。"
            raise BadFlow([Fault(xml.line(self.root), "PROCESS", says)])
        self.name, self.title = mains[0].get("id", ""), xml.name(mains[0])
        self._read(mains[0], ROOT, "", (self.name,))

    def fault(self, element: Any, code: str, says: str) -> None:
        """One more thing that is wrong."""
        self.faults.append(Fault(xml.line(element), code, says))

    def _read(self, process: Any, scope: int, prefix: str, calls: tuple[str, ...]) -> None:
        """All that stands in a process or sub-process; ids in a called one are led by who called.

        Counted before it is read: a few calls of calls are a small file, and millions of nodes.
        """
        self._count(process)
        if process not in self.lanes:
            self.lanes[process] = _lanes(process)
        lanes = self.lanes[process]
        places: dict[str, int] = {}
        default: dict[str, str] = {}
        for element in process:
            kind = xml.kind(element)
            if kind in NODES:
                name = prefix + (element.get("id") or f"line-{xml.line(element)}")
                if name in places:
                    self.fault(element, "ID-TWICE", f"编号“{name}”用了两次。请用画流程的工具重新保存。")
                places[name] = len(self.nodes)
                actor = xml.told(element, "actor") or lanes.get(element.get("id"), "")
                if not actor and scope != ROOT:
                    actor = self.nodes[scope].actor
                default[name] = prefix + element.get("default", "")
                self._node(
                    element,
                    Node(name, xml.line(element), Kind.USER, xml.name(element), actor, scope=scope),
                    calls,
                )
            elif kind not in BESIDE:
                instead = INSTEAD.get(kind, "请换一种画法。")
                self.fault(element, "OUTSIDE", f"流程里不能用 {kind}。{instead}")
        for element in xml.children(process, "sequenceFlow"):
            self._flow(element, prefix)
        self._join_up(process, places, default, prefix)

    def _count(self, process: Any) -> None:
        self.seen += len(process)
        found = len(self.nodes) + sum(xml.kind(one) in NODES for one in process)
        if found > LARGEST or self.seen > MOST_ELEMENTS:
            says = f"流程超过 {LARGEST} 个图形（调用几次算几次），没有人看得懂。请拆开，少套几层调用。"
            raise BadFlow([Fault(xml.line(process), "TOO-LARGE", says)])

    def _node(self, element: Any, node: Node, calls: tuple[str, ...]) -> None:
        kind = xml.kind(element)
        place = len(self.nodes)
        if xml.child(element, "standardLoopCharacteristics") is not None:
            self.fault(element, "OUTSIDE", "不能用循环标记。请把回头的线画出来，写上最多几次。")
        if kind in TASKS:
            self.nodes.append(self._task(element, replace(node, kind=TASKS[kind])))
        elif kind in GATEWAYS:
            self.nodes.append(replace(node, kind=GATEWAYS[kind]))
        elif kind in EVENTS:
            self.nodes.append(self._event(element, node))
        else:
            inner, calls = self._inner(element, calls)
            self.nodes.append(replace(node, kind=Kind.SUB, many=self._many(element)))
            if inner is not None and len(calls) <= DEEPEST:
                self._read(
                    inner,
                    place,
                    f"{node.id}/" if kind == "callActivity" else _prefix(node.id, element),
                    calls,
                )

    def _inner(self, element: Any, calls: tuple[str, ...]) -> tuple[Any | None, tuple[str, ...]]:
        """The process that runs inside, and the calls that led there."""
        if len(calls) == DEEPEST:
            self.fault(element, "TOO-DEEP", f"子流程套了 {DEEPEST} 层以上。请画平一些。")
        if xml.kind(element) == "subProcess":
            if element.get("triggeredByEvent") == "true":
                self.fault(element, "OUTSIDE", "不能用事件子流程。请把事件画在子流程的边界上。")
            return element, (*calls, "")
        name = element.get("calledElement") or ""
        if name in calls:
            self.fault(element, "CALLS-ITSELF", f"流程“{name}”绕一圈调用了自己。请断开。")
            return None, calls
        if name not in self.processes:
            self.fault(element, "CALL-UNKNOWN", f"要调用的流程“{name}”不在这个文件里。请把它放进来。")
        return self.processes.get(name), (*calls, name)

    def _task(self, element: Any, node: Node) -> Node:
        limit = xml.told(element, "limit")
        length = timer(limit) if limit else None
        if limit and length is None:
            self.fault(element, "LIMIT", f"期限“{limit}”看不懂。请写成“3 workday”这样。")
        return replace(
            node,
            limit=length,
            acts=tuple(xml.told(element, "act").split()),
            outcomes=_words_of(element, node.kind),
            table=xml.told(element, "table") or None,
            says=xml.told(element, "says").strip() if node.kind is Kind.SEND else "",
            message=self.messages.get(element.get("messageRef")) if node.kind is Kind.RECEIVE else None,
            many=self._many(element),
        )

    def _many(self, element: Any) -> Many | None:
        loop = xml.child(element, "multiInstanceLoopCharacteristics")
        if loop is None:
            return None
        how_many, at_most = xml.text(xml.child(loop, "loopCardinality")), xml.told(element, "at-most")
        if not how_many:
            self.fault(element, "HOW-MANY", "会签没有写几个人（loopCardinality）。请写一个数，或者一个算式。")
        until = xml.text(xml.child(loop, "completionCondition")) or None
        return Many(how_many, loop.get("isSequential") == "true", until, self._bound(element, at_most))

    def _bound(self, element: Any, text: str) -> int | None:
        if text and not (text.isascii() and text.isdigit() and 0 < int(text) < 100):
            self.fault(element, "AT-MOST", f"最多几次“{text[:20]}”看不懂。请写 1 到 99 的数。")
            return None
        return int(text) if text else None

    def _event(self, element: Any, node: Node) -> Node:
        kind = xml.kind(element)
        given = [child for child in element if xml.kind(child).endswith("EventDefinition")]
        said = (
            xml.kind(given[0]).removesuffix("EventDefinition")
            if len(given) == 1
            else ""
            if not given
            else "?"
        )
        allowed = {
            "startEvent": {"": Kind.START},
            "endEvent": {"": Kind.END, "terminate": Kind.TERMINATE, "error": Kind.ERROR_END},
            "intermediateCatchEvent": {"timer": Kind.TIMER, "message": Kind.MESSAGE},
            "boundaryEvent": {"timer": Kind.TIMER, "message": Kind.MESSAGE, "error": Kind.ERROR},
        }[kind]
        if said not in allowed:
            words = "、".join(each or "不带标记的" for each in allowed)
            self.fault(element, "OUTSIDE", f"这里的 {kind} 只能是：{words}。")
            return replace(node, kind=next(iter(allowed.values())))
        node = replace(node, kind=allowed[said])
        if node.kind is Kind.TIMER:
            node = replace(node, timer=self._timer(element, given[0]))
        if node.kind is Kind.MESSAGE:
            limit = xml.told(element, "limit")
            message = self.messages.get(given[0].get("messageRef")) or node.name
            node = replace(node, message=message, limit=timer(limit) if limit else None)
        if node.kind in (Kind.ERROR, Kind.ERROR_END):
            node = replace(node, error=self.errors.get(given[0].get("errorRef")))
        return replace(node, interrupting=element.get("cancelActivity", "true") != "false")

    def _timer(self, element: Any, definition: Any) -> Any:
        words = xml.text(xml.child(definition, "timeDuration")) or xml.text(
            xml.child(definition, "timeCycle")
        )
        found = timer(words)
        if found is None:
            says = (
                f"定时“{words}”看不懂。请写成“3 workday”（工作日）、“P3D”（日），重复的写成“R2/3 workday”。"
            )
            self.fault(element, "TIMER", says)
        return found

    def _flow(self, element: Any, prefix: str) -> None:
        source, target = (prefix + element.get(end, "") for end in ("sourceRef", "targetRef"))
        condition = xml.text(xml.child(element, "conditionExpression")) or None
        bound = self._bound(element, xml.told(element, "at-most"))
        name = prefix + element.get("id", f"line-{xml.line(element)}")
        flow = Flow(name, xml.line(element), xml.name(element), ROOT, ROOT, condition, bound)
        self.flows.append((source, target, flow))

    def _join_up(self, process: Any, places: dict[str, int], default: dict[str, str], prefix: str) -> None:
        """Say of each node which flow is its default, where it hangs, and where it starts inside."""
        numbers = {flow.id: at for at, (_, _, flow) in enumerate(self.flows)}
        hosts = {
            prefix + one.get("id", ""): prefix + one.get("attachedToRef", "")
            for one in xml.children(process, "boundaryEvent")
        }
        for name, at in places.items():
            node = replace(self.nodes[at], default=numbers.get(default[name]))
            if name in hosts:
                host = places.get(hosts[name])
                if host is None:
                    self.faults.append(Fault(node.line, "HOST", "边界事件没有贴在任务或子流程上。请贴好。"))
                node = replace(node, host=host)
            self.nodes[at] = node


def _words_of(element: Any, kind: Kind) -> tuple[str, ...]:
    return (FOUND, NOT_FOUND) if kind is Kind.SERVICE else tuple(xml.told(element, "outcome").split())


def _prefix(name: str, element: Any) -> str:
    """What leads the ids inside an embedded sub-process: what led its own, for a file has each id once."""
    own = element.get("id") or ""
    return name.removesuffix(own) if own else ""


def _lanes(process: Any) -> dict[str | None, str]:
    """The innermost lane of each node."""
    found: dict[str | None, str] = {}
    for lane in process.iter(f"{{{xml.BPMN}}}lane"):
        if xml.child(lane, "childLaneSet") is None:
            title = xml.told(lane, "actor") or xml.name(lane)
            found |= {xml.text(ref): title for ref in xml.children(lane, "flowNodeRef")}
    return found
