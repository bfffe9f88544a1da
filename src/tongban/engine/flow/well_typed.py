"""Whether the expressions of a net are well-typed over what they may ask for."""

from collections.abc import Iterator, Mapping

from tongban.engine.expressions import BOOLEAN, NUMBER, Type, choice_of, faults_of
from tongban.engine.flow.faults import Problem
from tongban.engine.flow.net import Net
from tongban.engine.flow.setting import Setting


def types_in(net: Net, setting: Setting) -> dict[str, Type]:
    """What conditions may ask for: facts of the form, what tables give out, how the last task ended."""
    types = dict(setting.facts or {})
    words: dict[str, list[str]] = {"act": [], "outcome": []}
    for node in net.nodes:
        words["act"] += node.acts
        words["outcome"] += node.outcomes
        for name, type_ in setting.tables.get(node.table or "", {}).items():
            # A table may end its task with words, just as people do.
            if name in words:
                words[name] += type_.choices
            else:
                types[name] = type_
    return types | {name: choice_of(*dict.fromkeys(told)) for name, told in words.items() if told}


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
