"""Who chooses where a token goes: the data of a case; or, when a net is explored, everybody in turn."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tongban.engine.expressions import compiled
from tongban.engine.flow.faults import NoWay, UsedUp
from tongban.engine.flow.net import Flow, Many, Net, Node


class Chooses(Protocol):
    """Answers what the drawing leaves open. `free` are the flows that are not used up, in the order drawn."""

    def one(self, net: Net, node: Node, free: Sequence[int]) -> int:
        """The flow that an exclusive split takes; NoWay if there is none."""

    def some(self, net: Net, node: Node, free: Sequence[int]) -> list[int]:
        """The flows that an inclusive split takes, at least one; NoWay if there is none."""

    def how_many(self, node: Node, many: Many) -> int:
        """How many do what several do."""

    def is_enough(self, node: Node, many: Many, done: int) -> bool:
        """Whether what several do ends here, so many being done and not all."""


class ByData:
    """Chooses by the values of one case."""

    __slots__ = ("data",)

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def one(self, net: Net, node: Node, free: Sequence[int]) -> int:
        """The first whose condition holds, else the default."""
        for number in free:
            if number != node.default and self._holds(net.flows[number]):
                return number
        return _default(node, free)

    def some(self, net: Net, node: Node, free: Sequence[int]) -> list[int]:
        """All whose condition holds, else the default."""
        taken = [number for number in free if number != node.default and self._holds(net.flows[number])]
        return taken or [_default(node, free)]

    def how_many(self, node: Node, many: Many) -> int:
        """What its expression comes to; NoWay where that is no number of people, or above the bound."""
        number = compiled(many.how_many).of(self.data)
        if isinstance(number, bool) or not isinstance(number, int) or number != int(number) or number < 0:
            raise NoWay(f"{node.id}: {many.how_many} is {number!r}")
        if many.at_most is not None and number > many.at_most:
            raise NoWay(f"{node.id}: {number} is more than {many.at_most}")
        return number

    def is_enough(self, node: Node, many: Many, done: int) -> bool:
        """Whether its expression holds; it may ask for `done`, how many are."""
        assert many.until is not None
        return compiled(many.until).of({**self.data, "done": done}) is True

    def _holds(self, flow: Flow) -> bool:
        return flow.condition is None or compiled(flow.condition).of(self.data) is True


def _default(node: Node, free: Sequence[int]) -> int:
    if node.default is None or node.default not in free:
        raise no_way(node, free)
    return node.default


def no_way(node: Node, free: Sequence[int]) -> NoWay:
    """Why a split has no way on: one was there, and is used up; or there never was one."""
    return NoWay(node.id) if len(free) == len(node.out) else UsedUp(node.id)
