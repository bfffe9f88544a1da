"""Decision tables by which a flow finds its way: one for each business-rule task, in the item's own folder.

A table asks what the form asks and ends its task with a word, as people end theirs. It says which step comes
next and decides nothing: that is an act, and somebody's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from re import fullmatch
from typing import Any, Final

from tongban.engine.decisions import CellFault, Policy, Table
from tongban.engine.expressions import Sort, Type, types_of
from tongban.engine.flow import Kind, Net, Node
from tongban.engine.forms import form_of
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.flows import Process
from tongban.engine.packs.items import Draft
from tongban.engine.packs.rules import TABLE
from tongban.engine.packs.shape import CODE
from tongban.engine.packs.tables import TESTS, asking_faults, files_of, judged

Document = dict[str, Any]

UNKNOWN: Final = "FLOW-TABLE-FACT-UNKNOWN"
OTHER_TYPE: Final = "FLOW-TABLE-FACT-TYPE"

OUTCOME: Final = "outcome"
"""The column that says with which word the task ends."""


@dataclass(frozen=True, slots=True)
class FlowTables:
    """The tables of an item's flow: what each gives out, what is published of each, and every fault."""

    faults: list[PackFault] = field(default_factory=list)
    types: dict[str, Mapping[str, Type]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


def flow_tables(draft: Draft, folder: FilePath, form: Document) -> FlowTables:
    """The tables that the drawing of an item names, judged over its form; none where it draws none."""
    found = FlowTables()
    process = draft.library.processes.get(draft.data.get("process", {}).get("drawn"))
    if process is None or not form:
        return found
    facts = types_of(form_of(form))
    for name, task in tables_in(process.net).items():
        if not fullmatch(CODE, name) or name in (TABLE, TABLE + TESTS):
            says = f"决策表不能叫“{name}”。请用小写字母、数字和短横线另起一个名字。"
            found.faults.append(_fault(process, task, "FLOW-TABLE-NAME", says))
            continue
        files = files_of(folder, name)
        for file in files.missing:
            title = task.name or task.id
            says = f"“{title}”要用 {file.name}（或 .xlsx），事项的文件夹里没有。见 docs/flows.md。"
            found.faults.append(PackFault(str(file), 1, "FILE-MISSING", says))
        if files.missing:
            continue
        judgement = judged(files, lambda table: _faults(table, facts))
        found.faults.extend(judgement.faults)
        if judgement.table is not None and not judgement.faults:
            found.types[name] = {one.name: one.type for one in judgement.table.outputs}
            found.documents[name] = {"title": task.name, **judgement.document}
    return found


def tables_in(net: Net) -> dict[str, Node]:
    """By name, each table that a drawing asks, with the first task that does."""
    asking = [node for node in net.nodes if node.kind is Kind.RULE and node.table]
    return {str(node.table): node for node in reversed(asking)}


def _fault(process: Process, node: Node, code: str, says: str) -> PackFault:
    return PackFault(process.file, node.line, code, says)


def _faults(table: Table, facts: Mapping[str, Type]) -> Iterator[CellFault]:
    if table.policy is Policy.COLLECT:
        yield CellFault(1, 1, "FLOW-TABLE-COLLECTS", "下一步只能有一个，左上角写 first 或 unique。")
    for column in table.outputs:
        if column.name != OUTCOME or column.type.sort is not Sort.CHOICE:
            says = "结果只有一列，写明走到哪一步：例如 then outcome: visit | papers。"
            yield CellFault(1, column.place, "FLOW-TABLE-OUTPUT", says)
    yield from asking_faults(table.inputs, facts, (UNKNOWN, OTHER_TYPE))
