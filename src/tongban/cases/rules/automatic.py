"""Tasks of a flow that nobody does: a published table says how the case goes on, or the applicant is told.

A table only finds the way. Whatever is decided is an act, and somebody's (个人信息保护法 Art. 24(3)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tongban.cases.events import ApplicantTold, FlowTableApplied
from tongban.cases.rules.law import FlowTable, Law
from tongban.cases.rules.life import LIFE_OF_FLOWS
from tongban.cases.rules.place import key_of, marking_of
from tongban.cases.rules.state import CaseState
from tongban.engine.decisions import Row, decide
from tongban.engine.flow import Marking, Net, Node, Open, automatic_in, open_in, passes


@dataclass(frozen=True, slots=True)
class Automatic:
    """A task that waits and that nobody does: its key, and its place in the drawing."""

    key: str
    node: Node


@dataclass(frozen=True, slots=True)
class Applied:
    """What a table says of one case: the row that hit, and the facts it asked."""

    by: FlowTable
    row: Row
    facts: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """The word that the row ends its task with."""
        return str(self.row.outputs["outcome"])

    @property
    def record(self) -> dict[str, Any]:
        """What the case keeps sealed: the table's version, the row, the facts it went by."""
        return {"table": self.by.name, "row": self.row.number, "facts": self.facts}

    @property
    def in_words(self) -> str:
        """Why the case goes on as it does, as the applicant reads it."""
        law = f"依据：{self.row.law}。" if self.row.law else ""
        return f"按公布的规则（版本 {self.by.short}）第 {self.row.number} 行：{self.row.reason}{law}"


def next_in(state: CaseState, law: Law) -> Automatic | None:
    """The first task that waits and that nobody does; None where there is none, or the case is over."""
    if law.net is None or state.closed:
        return None
    marking = marking_of(state)
    wait = automatic_in(law.net, marking) or _passed(state, law.net, marking)
    return None if wait is None else Automatic(key_of(wait), law.net.node(wait.node))


def _passed(state: CaseState, net: Net, marking: Marking) -> Open | None:
    """A task that would take the case in, which silence has taken in while steps before it still waited."""
    if state.stage not in LIFE_OF_FLOWS.accepted:
        return None
    waits = open_in(net, marking)
    return next((one for one in waits if passes(LIFE_OF_FLOWS, net.node(one.node), state.stage)), None)


def apply(task: Automatic, law: Law, facts: Mapping[str, Any]) -> Applied:
    """What the table of this task says over the answers of the form; `facts` holds them by field.

    Every input has its row: a table with a gap is never published.
    """
    assert task.node.table is not None
    by = law.tables[task.node.table]
    asked = {name: facts.get(name) for name in by.table.types}
    number = decide(by.table, asked).row
    assert number is not None
    return Applied(by, by.table.rows[number - 1], asked)


def applied(task: Automatic, said: Applied, *, at: datetime, text: str, found: str) -> FlowTableApplied:
    """The event of a task that a table ended; `text` and `found` are digests of the reason and the record."""
    return FlowTableApplied(
        at=at,
        task=task.key,
        title=task.node.name,
        rule=said.by.name,
        row=said.row.number,
        outcome=said.outcome,
        text=text,
        found=found,
    )


def tell(task: Automatic, *, at: datetime) -> ApplicantTold:
    """The event of a task that tells the applicant something."""
    return ApplicantTold(at=at, task=task.key, title=task.node.name, says=task.node.says)
