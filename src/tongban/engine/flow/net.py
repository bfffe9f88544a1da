"""A net: a process as drawn, flattened into values that a token walks in microseconds.

Sub-processes are not nets of their own: their nodes stand in the one list, and a mask of bits says which are
inside. Bit `n` of a marking is node `n` at work or waiting; bit `len(nodes) + f` is a token that waits at a
join for its like, come over flow `f`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from tongban.engine.calendar import Unit

ROOT = -1
"""The scope of what stands in no sub-process."""


class Kind(StrEnum):
    """What a node is; the words are BPMN's."""

    START = "startEvent"
    END = "endEvent"
    TERMINATE = "terminateEndEvent"
    ERROR_END = "errorEndEvent"
    USER = "userTask"
    MANUAL = "manualTask"
    SERVICE = "serviceTask"
    SEND = "sendTask"
    RECEIVE = "receiveTask"
    RULE = "businessRuleTask"
    SUB = "subProcess"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"
    TIMER = "timerEvent"
    MESSAGE = "messageEvent"
    ERROR = "errorEvent"


TASKS = frozenset({Kind.USER, Kind.MANUAL, Kind.SERVICE, Kind.SEND, Kind.RECEIVE, Kind.RULE})
SLOW = frozenset({Kind.USER, Kind.MANUAL, Kind.RECEIVE, Kind.SERVICE})
"""Tasks that take their time: somebody does them, or is waited for; a register does not always answer."""

AUTOMATIC = frozenset({Kind.RULE, Kind.SEND})
"""Tasks that nobody does: once they wait, a table is asked, or the applicant is told something."""

FOUND, NOT_FOUND = "查到", "没查到"
"""How a service task ends: the register that it asks knows of the applicant, or it does not."""

ACTIVITIES = TASKS | {Kind.SUB}
GATEWAYS = frozenset({Kind.EXCLUSIVE, Kind.PARALLEL, Kind.INCLUSIVE})
ENDS = frozenset({Kind.END, Kind.TERMINATE, Kind.ERROR_END})
WAITING = TASKS | {Kind.TIMER, Kind.MESSAGE}
"""Kinds that wait for something from outside; all others pass a token on at once."""


class Timer(NamedTuple):
    """How long a timer runs, as `Clock` counts; `times`: how often it goes off (BPMN `R3/…`)."""

    value: int
    unit: Unit
    times: int = 1


class Many(NamedTuple):
    """A task or sub-process done by several (会签), in turn or at once; how many, by a ZEN expression.

    `until`: a ZEN expression that, once true, ends it before all are done; then what is open is closed.
    `at_most`: how many there can be, a bound that sequences need.
    """

    how_many: str
    sequential: bool
    until: str | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow between nodes; `condition` is ZEN, `at_most` how often it may be taken in a case."""

    id: str
    line: int
    name: str
    source: int
    target: int
    condition: str | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the net, with what the drawing says of it and where it hangs together.

    `actor`: the post or body whose lane it is in. `limit`: working time it may take. `acts`: legal acts; by
    one of them the task is completed. `outcomes`: the words a person ends a task with. `table`: the decision
    table of a business-rule task. `says`: what a send task tells the applicant. `scope`: the sub-process it
    is in, or ROOT. `first`: of a sub-process, its start event. `default`: of a split, the flow taken when no
    condition holds. `host`: of a boundary event, what it is attached to. `into`, `out`: flows, in the order
    drawn.
    """

    id: str
    line: int
    kind: Kind
    name: str = ""
    actor: str = ""
    limit: Timer | None = None
    acts: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    table: str | None = None
    says: str = ""
    timer: Timer | None = None
    message: str | None = None
    error: str | None = None
    many: Many | None = None
    host: int | None = None
    interrupting: bool = True
    scope: int = ROOT
    first: int | None = None
    default: int | None = None
    into: tuple[int, ...] = ()
    out: tuple[int, ...] = ()

    @property
    def is_task(self) -> bool:
        """Whether somebody or something does it."""
        return self.kind in TASKS

    @property
    def takes_time(self) -> bool:
        """Whether the case stays here until somebody did something, or something came; none at a border."""
        return self.kind in SLOW or (self.kind is Kind.MESSAGE and self.host is None)


@dataclass(frozen=True, slots=True)
class Net:
    """A whole process. The fields after `start` follow from the nodes and flows; `building` works them out.

    `inside`: of each sub-process, the bits of all that is in it. `attached`: of each host, its border.
    `between`: of each inclusive join, the bits between it and its split. `catches`: of each error end, what
    catches it. `counted`: of each flow and timer with a bound, its place in the counts of a marking. `asks`:
    the facts that its expressions ask for, beside what tasks say of how they ended. `automatic`: whether it
    has tasks that nobody does.
    """

    id: str
    name: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    start: int
    at: dict[str, int] = field(default_factory=dict, compare=False)
    inside: dict[int, int] = field(default_factory=dict, compare=False)
    attached: dict[int, tuple[int, ...]] = field(default_factory=dict, compare=False)
    between: dict[int, int] = field(default_factory=dict, compare=False)
    catches: dict[int, int] = field(default_factory=dict, compare=False)
    counted: dict[int, int] = field(default_factory=dict, compare=False)
    asks: frozenset[str] = field(default=frozenset(), compare=False)
    automatic: bool = field(default=False, compare=False)

    def node(self, name: str) -> Node:
        """The node of this id; KeyError if there is none."""
        return self.nodes[self.at[name]]

    def limited(self, limits: Mapping[str, Timer]) -> "Net":
        """The same net, some of its tasks with limits of their own, and some of its timers with a length."""
        nodes = tuple(_lasting(node, limits[node.id]) if node.id in limits else node for node in self.nodes)
        return replace(self, nodes=nodes) if limits else self

    def token(self, flow: int) -> int:
        """The bit of a token that waits at the end of a flow."""
        return 1 << len(self.nodes) + flow


def _lasting(node: Node, length: Timer) -> Node:
    if node.timer is None:
        return replace(node, limit=length)
    return replace(node, timer=length._replace(times=node.timer.times))
