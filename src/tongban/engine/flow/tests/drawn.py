"""Flows for tests, drawn in a few lines, written as BPMN.

A line, or what `;` parts, is a node, `id kind key=value …`, or a flow: `a > b`, `a > b: condition`, `a > b *`
(the default), `a > b x2` (twice at most):

    a user actor=受理岗 limit=2 act=accept      t timer on=a every=P2D (beside: not interrupting)
    s sub many=3 sequential                     b user in=s
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from tongban.engine.flow import xml as names

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<definitions xmlns="{names.BPMN}" xmlns:tongban="{names.OURS}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:test" id="d">\n'
)
KINDS = {
    "user": "userTask", "manual": "manualTask", "service": "serviceTask", "send": "sendTask",
    "receive": "receiveTask", "rule": "businessRuleTask", "xor": "exclusiveGateway", "and": "parallelGateway",
    "or": "inclusiveGateway", "sub": "subProcess", "call": "callActivity", "start": "startEvent",
    "end": "endEvent", "terminate": "endEvent", "throw": "endEvent", "timer": "intermediateCatchEvent",
    "message": "intermediateCatchEvent", "error": "boundaryEvent",
}  # fmt: skip
NONE: Mapping[str, "Drawn"] = {}
OWN = ("actor", "limit", "act", "outcome", "at-most", "table", "says")


@dataclass
class Drawn:
    """One process, as lines were read."""

    nodes: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    flows: list[tuple[str, str, str, bool, str]] = field(default_factory=list)

    def inside(self, scope: str) -> str:
        """The elements of a scope, and its flows."""
        mine = [node for node in self.nodes if node[2].get("in", "") == scope]
        here = {name for name, _, _ in mine}
        out = [self._node(*node) for node in mine]
        for number, (source, target, condition, _, bound) in enumerate(self.flows):
            if source in here:
                told = f' tongban:at-most="{bound}"' if bound else ""
                text = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
                ends = f'sourceRef="{source}" targetRef="{target}"'
                out.append(f'<sequenceFlow id="f{number}" {ends}{told}>{text}</sequenceFlow>')
        return "\n".join(out)

    def _node(self, name: str, kind: str, said: dict[str, str]) -> str:
        tag = "boundaryEvent" if "on" in said else KINDS[kind]
        told = "".join(
            f" tongban:{key}={quoteattr(said[key].replace('+', ' '))}" for key in OWN if key in said
        )
        if said.get("limit", "").isdigit():
            told = told.replace(f'limit="{said["limit"]}"', f'limit="{said["limit"]} workday"')
        default = next(
            (f' default="f{at}"' for at, flow in enumerate(self.flows) if flow[3] and flow[0] == name), ""
        )
        more = f' attachedToRef="{said["on"]}"' if "on" in said else ""
        more += ' cancelActivity="false"' if "beside" in said else ""
        more += f' messageRef="m-{said["message"]}"' if kind == "receive" and "message" in said else ""
        more += f' calledElement="{said["calls"]}"' if "calls" in said else ""
        inner = self._inner(name, kind, said)
        title = quoteattr(said.get("name", name))
        return f'<{tag} id="{name}" name={title}{told}{default}{more}>{inner}</{tag}>'

    def _inner(self, name: str, kind: str, said: dict[str, str]) -> str:
        match kind:
            case "timer":
                every = said.get("every", "1 workday").replace("+", " ")
                tag = "timeCycle" if every.startswith("R") else "timeDuration"
                return f"<timerEventDefinition><{tag}>{every}</{tag}></timerEventDefinition>"
            case "message":
                return f'<messageEventDefinition messageRef="m-{said.get("message", name)}"/>'
            case "terminate":
                return "<terminateEventDefinition/>"
            case "throw" | "error":
                ref = f' errorRef="e-{said["code"]}"' if "code" in said else ""
                return f"<errorEventDefinition{ref}/>"
            case "sub":
                return self.inside(name) + _many(said)
        return _many(said)


def _many(said: dict[str, str]) -> str:
    if "many" not in said:
        return ""
    until = said.get("until", "").replace("+", " ")
    condition = f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str("sequential" in said).lower()}">'
        f"<loopCardinality>{said['many']}</loopCardinality>{condition}</multiInstanceLoopCharacteristics>"
    )


def read(lines: str) -> Drawn:
    """Lines as a process; a node called `start` and one called `end` need no line."""
    drawn = Drawn()
    for line in filter(None, (line.strip() for line in lines.replace(";", "\n").splitlines())):
        if " > " in line.split(":", 1)[0]:
            drawn.flows.append(_flow(line))
        else:
            name, kind, *rest = line.split()
            said = (word.partition("=") for word in rest)
            drawn.nodes.append((name, kind, {key: value for key, _, value in said}))
    named = {name for name, _, _ in drawn.nodes}
    used = {end for flow in drawn.flows for end in flow[:2]}
    drawn.nodes += [(name, name, {}) for name in ("start", "end") if name in used - named]
    return drawn


def _flow(line: str) -> tuple[str, str, str, bool, str]:
    way, _, condition = line.partition(":")
    source, target = (part.strip() for part in way.split(">"))
    target, _, marks = target.partition(" ")
    bound = marks.replace("*", "").strip().removeprefix("x")
    return source, target, condition.strip(), "*" in marks, bound


def bpmn(lines: str, called: Iterable[tuple[str, str]] = ()) -> bytes:
    """The BPMN file of a process drawn in lines, and of those that it calls."""
    return written(read(lines), {name: read(text) for name, text in called})


def written(drawn: Drawn, called: Mapping[str, Drawn] = NONE) -> bytes:
    """The BPMN file of a process, called `p`, and of those that it calls."""
    every = {"p": drawn, **called}
    nodes = [node for one in every.values() for node in one.nodes]
    messages = {said.get("message", name) for name, kind, said in nodes if kind in ("message", "receive")}
    codes = {said["code"] for _, _, said in nodes if "code" in said}
    told = "".join(f'<message id="m-{name}" name="{name}"/>' for name in sorted(messages))
    told += "".join(f'<error id="e-{code}" errorCode="{code}"/>' for code in sorted(codes))
    processes = "\n".join(
        f'<process id="{name}" isExecutable="true">\n{one.inside("")}\n</process>'
        for name, one in every.items()
    )
    return f"{HEAD}{told}\n{processes}\n</definitions>".encode()
