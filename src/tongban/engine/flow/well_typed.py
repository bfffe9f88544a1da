"""Whether the expressions of a net are well-typed over what they may ask for."""

from collections.abc import Iterator, Mapping

from tongban.engine.expressions import BOOLEAN, NUMBER, Type, choice_of, faults_of
from tongban.engine.flow.faults import Problem
from tongban.engine.flow.net import Net
from tongban.engine.flow.setting import Setting


def types_in(net: Net, setting: Setting) -> dict[str, Type]:
    """What conditions may ask for: facts of the form, what tables give out, how the last task ended."""
    types = dict(setting.facts or {})
    for node in net.nodes:
        types |= setting.tables.get(node.table or "", {})
    for name, said in (
        ("act", [node.acts for node in net.nodes]),
        ("outcome", [node.outcomes for node in net.nodes]),
    ):
        if values := tuple(dict.fromkeys(value for each in said for value in each)):
            types[name] = choice_of(*values)
    return types


def problems_of_types(net: Net, setting: Setting) -> Iterator[Problem]:
    """Every expression that asks for what is not there, or compares what cannot be compared."""
    if setting.facts is None:
        return
    types = types_in(net, setting)
    for flow in net.flows:
        if flow.condition is not None:
            yield from _wrong(flow.id, flow.line, flow.condition, types, BOOLEAN)
    for node in net.nodes:
        if node.many is not None:
            yield from _wrong(node.id, node.line, node.many.how_many, types, NUMBER)
            if node.many.until is not None:
                yield from _wrong(node.id, node.line, node.many.until, types | {"done": NUMBER}, BOOLEAN)


def _wrong(element: str, line: int, text: str, types: Mapping[str, Type], wanted: Type) -> Iterator[Problem]:
    for fault in faults_of(text, types, wanted):
        yield Problem(line, f"TYPE-{fault.code}", element, f"“{text}”第 {fault.column} 个字起：{fault.says}")
