"""Exploring: every marking that a net can reach, whoever does what first and whatever the data say.

What a task says of its end (`act`, `outcome`) and what a decision table gives out is followed exactly, as is
the legal life of the case, with the acts that the drawing does not show and with silence; every other
condition may hold or not. Groups are tried with nobody, one and two.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final, NamedTuple

from tongban.engine.expressions import Sort, Type, compiled
from tongban.engine.flow.choosing import no_way
from tongban.engine.flow.faults import Doubled, NoWay, UsedUp
from tongban.engine.flow.marking import Marking, Open, open_in
from tongban.engine.flow.net import Flow, Kind, Many, Net, Node
from tongban.engine.flow.running import Frame, Told
from tongban.engine.flow.setting import Life, Setting

MOST: Final = 100_000
"""Markings at most; a net that has more is refused as too large to check."""


class TooLarge(ValueError):
    """The net has more markings than are looked at."""


class State(NamedTuple):
    """A marking, and the stage of the case in it; empty where no life is given."""

    marking: Marking
    stage: str


class Step(NamedTuple):
    """One thing that can happen: what is completed or fires, and what it says of its end.

    `wait` is None for what the law allows and the drawing does not show.
    """

    wait: Open | None
    told: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        said = "，".join(str(value) for _, value in self.told)
        if self.wait is None:
            return f"图上没有的行为（{said}）"
        return f"{self.wait.node}（{said}）" if said else self.wait.node


class Wrong(NamedTuple):
    """A step that cannot be taken to its end: where, why, and after what."""

    node: str
    error: type[ValueError]
    before: State | None
    step: Step | None


@dataclass(slots=True)
class Space:
    """All that was reached: each state with what led there first, and what it leads to."""

    reached: dict[State, tuple[State | None, Step | None]] = field(default_factory=dict)
    leads: dict[State, list[State]] = field(default_factory=dict)
    happened: set[tuple[str, tuple[tuple[str, Any], ...]]] = field(default_factory=set)
    wrong: list[Wrong] = field(default_factory=list)
    ways: int = 0
    """How many ways of choosing were tried, beside the first of each step."""

    def way_to(self, state: State | None) -> tuple[str, ...]:
        """What happens, step by step, until this state is first reached."""
        steps: list[str] = []
        while state is not None:
            state, step = self.reached[state]
            if step is not None:
                steps.append(str(step))
        return tuple(reversed(steps))


def explored(net: Net, setting: Setting, *, most: int = MOST, start: State | None = None) -> Space:
    """Every state of the net from its start, or from this one, breadth first; TooLarge beyond `most`.

    As many ways of choosing may be tried, however few states they lead to.
    """
    space = Space()
    stage = setting.life.first if setting.life else ""
    ahead: deque[State] = deque()
    drawn = frozenset(act for node in net.nodes for act in node.acts)

    def reach(marking: Marking, stage: str, before: State | None, step: Step | None) -> None:
        state = State(marking, stage)
        if before is not None:
            space.leads[before].append(state)
        if state not in space.reached:
            if len(space.reached) == most:
                raise TooLarge(net.id)
            space.reached[state] = (before, step)
            space.leads[state] = []
            ahead.append(state)

    for first in [start.marking] if start else _outcomes(net, None, None, space):
        reach(first, start.stage if start else stage, None, None)
    while ahead:
        state = ahead.popleft()
        for step, after in _steps(net, setting, state, drawn):
            for marking in _outcomes(net, state, step, space):
                if space.ways > most:
                    raise TooLarge(net.id)
                space.happened.add((step.wait.node if step.wait else "", step.told))
                reach(marking, after, state, step)
    return space


def _steps(net: Net, setting: Setting, state: State, drawn: frozenset[str]) -> Iterator[tuple[Step, str]]:
    """What can happen in a state, with the stage after it."""
    life = setting.life
    waiting = [(wait, net.node(wait.node)) for wait in open_in(net, state.marking)]
    for wait, node in waiting:
        for told in told_by(node, setting):
            act = dict(told).get("act")
            if act is None or life is None:
                yield Step(wait, told), state.stage
            elif (after := life.after(state.stage, act)) is not None:
                yield Step(wait, told), after
    if life is not None and waiting:
        yield from _beside(life, waiting, state.stage, drawn)


def _beside(
    life: Life, waiting: Sequence[tuple[Open, Node]], stage: str, drawn: frozenset[str]
) -> Iterator[tuple[Step, str]]:
    """What happens beside the drawing: acts that it does not show, silence, and what that leaves behind."""
    for act, goal in life.table.get(stage, {}).items():
        # What is taken in tolerantly is taken in, where the drawing does not tell the two apart.
        shown = act in drawn or (act in life.tolerates and bool(drawn & life.accepts))
        if act == life.silence:
            accepting = [(wait, node) for wait, node in waiting if life.accepts & {*node.acts}]
            told = [Step(wait, (("act", _acceptance(life, node)),)) for wait, node in accepting]
            yield from ((step, goal) for step in told or [Step(None, (("act", act),))])
        elif not shown and goal != stage and not life.over(goal):
            yield Step(None, (("act", act),)), goal
    for wait, node in waiting:
        if passes(life, node, stage):
            yield Step(wait, (("act", _acceptance(life, node)),)), stage


def passes(life: Life, node: Node, stage: str) -> bool:
    """Whether a task is done without anybody: it takes in, and silence has taken in already."""
    takes_in = bool(life.accepts & {*node.acts}) and stage in life.accepted
    return takes_in and not any(life.after(stage, act) for act in node.acts)


def _acceptance(life: Life, node: Node) -> str:
    return next(act for act in node.acts if act in life.accepts)


def told_by(node: Node, setting: Setting) -> list[tuple[tuple[str, Any], ...]]:
    """All that a task can say of its end: an act, a word, or what its table gives out."""
    if node.kind is Kind.RULE and node.table in setting.tables:
        known = {
            name: _values(type_) for name, type_ in setting.tables[node.table or ""].items() if _values(type_)
        }
        return [tuple(zip(known, values, strict=True)) for values in product(*known.values())]
    acts = [("act", act) for act in node.acts]
    words = [("outcome", word) for word in node.outcomes]
    return list(product(acts, words)) if acts and words else [(one,) for one in acts or words] or [()]


def _values(type_: Type) -> tuple[Any, ...]:
    """All values of a type, where they are few; none where they are many."""
    return (True, False) if type_.sort is Sort.BOOLEAN else type_.choices


def known_after(node: Node, setting: Setting) -> frozenset[str]:
    """The names of which a task tells the values."""
    return frozenset(name for told in told_by(node, setting) for name, _ in told)


def _outcomes(net: Net, state: State | None, step: Step | None, space: Space) -> Iterator[Marking]:
    """The markings to which a step can lead, one for each way of choosing."""
    script: list[int] | None = []
    while script is not None:
        everybody = Everybody(dict(step.told) if step else {}, script)
        space.ways += bool(script)
        try:
            yield _marking_after(net, state, step, everybody)
        except UsedUp:
            # Nobody is offered what is used up: where nothing else is left, the state is stuck.
            pass
        except (NoWay, Doubled) as error:
            space.wrong.append(Wrong(str(error), type(error), state, step))
        script = everybody.next_script()


def _marking_after(net: Net, state: State | None, step: Step | None, everybody: "Everybody") -> Marking:
    told = Told(everybody)
    if state is None or step is None:
        frame = Frame.empty(net, told)
        frame.begin()
    elif step.wait is None:
        return state.marking
    else:
        frame = Frame.of(net, state.marking, told)
        frame.move(net.at[step.wait.node], step.wait.instance)
    return frame.marking()


class Everybody:
    """Chooses by a script, and remembers what else could have been chosen."""

    __slots__ = ("known", "made", "script")

    def __init__(self, known: Mapping[str, Any], script: list[int]) -> None:
        # What was not said now is nothing, and no condition on it leaves anything open.
        self.known, self.script = {"act": None, "outcome": None, **known}, script
        self.made: list[tuple[int, int]] = []

    def next_script(self) -> list[int] | None:
        """The script of the next way of choosing; None where all were tried."""
        made = list(self.made)
        while made:
            chosen, of = made.pop()
            if chosen + 1 < of:
                return [*(one for one, _ in made), chosen + 1]
        return None

    def may_take(self, net: Net, node: Node, free: Sequence[int]) -> list[int]:
        """The flows out of a split that might be taken."""
        if node.kind is Kind.EXCLUSIVE:
            return list(self._first(net, node, free))
        return [
            number for number in free if number == node.default or self._holds(net.flows[number]) is not False
        ]

    def one(self, net: Net, node: Node, free: Sequence[int]) -> int:
        """Each flow that might be the first whose condition holds."""
        ways = list(self._first(net, node, free))
        if not ways:
            raise no_way(node, free)
        return ways[self._choice(len(ways))]

    def _first(self, net: Net, node: Node, free: Sequence[int]) -> Iterator[int]:
        for number in free:
            if number == node.default:
                continue
            holds = self._holds(net.flows[number])
            if holds is not False:
                yield number
            if holds:
                return
        if node.default is not None and node.default in free:
            yield node.default

    def some(self, net: Net, node: Node, free: Sequence[int]) -> list[int]:
        """Each set of flows whose conditions might hold together."""
        holds = {number: self._holds(net.flows[number]) for number in free if number != node.default}
        sure = [number for number, held in holds.items() if held]
        may = [number for number, held in holds.items() if held is None]
        chosen = self._choice(1 << len(may)) if may else 0
        taken = set(sure) | {number for at, number in enumerate(may) if chosen >> at & 1}
        if not taken and node.default is not None and node.default in free:
            taken = {node.default}
        if not taken and not may:
            raise no_way(node, free)
        # With no default one of them must hold: a check of its own demands a default.
        return [number for number in free if number in taken] or [may[0]]

    def how_many(self, node: Node, many: Many) -> int:
        """Nobody, one and several; as many as are drawn where that is a plain number."""
        if many.how_many.isdigit():
            return min(int(many.how_many), 2)
        most = 2 if many.at_most is None else min(2, many.at_most)
        return self._choice(most + 1)

    def is_enough(self, node: Node, many: Many, done: int) -> bool:
        """Both, unless what was said decides it."""
        assert many.until is not None
        told = self._told(many.until, {**self.known, "done": done})
        return bool(self._choice(2)) if told is None else told

    def _holds(self, flow: Flow) -> bool | None:
        """Whether a condition holds; None where that hangs on more than was said."""
        if flow.condition is None:
            return True
        return self._told(flow.condition, self.known)

    def _told(self, text: str, known: Mapping[str, Any]) -> bool | None:
        asks = compiled(text)
        return asks.of(known) is True if known.keys() >= {*asks.names} else None

    def _choice(self, of: int) -> int:
        at = len(self.made)
        chosen = self.script[at] if at < len(self.script) else 0
        self.made.append((chosen, of))
        return chosen
