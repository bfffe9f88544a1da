"""Where the shapes of a drawing stand: from top to bottom in the order of steps, so that a phone shows it.

Steps that can come at the same place in the order stand side by side; a sub-process holds its own; what hangs
at a border stands on it. Lengths are in points of the picture, from its upper left corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from tongban.engine.flow.net import ACTIVITIES, GATEWAYS, ROOT, Kind, Net
from tongban.engine.flow.steps import in_line

TASK: Final = (140, 56)
EVENT: Final = (28, 28)
GATEWAY: Final = (40, 40)
APART: Final = (28, 44)
"""Between shapes: beside each other, and below each other."""

BETWEEN_HUNG: Final = 4
"""Between what hangs at one border."""

MARGIN: Final = 28
"""Around all of it, and around what stands in a sub-process; ways back run in it."""


class Box(NamedTuple):
    """A shape: its upper left corner and its size."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Half way across."""
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.y + self.height


Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """The box of each node, the bends of each flow, and the size of the whole."""

    boxes: tuple[Box, ...]
    ways: tuple[tuple[Point, ...], ...]
    width: int
    height: int


def laid_out(net: Net) -> Layout:
    """The drawing of a net, whatever places another tool gave it."""
    boxes: list[Box | None] = [None] * len(net.nodes)
    width, height = _place(net, ROOT, boxes)
    placed = [box or Box(0, 0, 0, 0) for box in boxes]
    moved = tuple(_shifted(box, MARGIN, MARGIN) for box in placed)
    ways = tuple(_way(moved, net, number) for number in range(len(net.flows)))
    aside = max((x for way in ways for x, _ in way), default=0) + MARGIN
    return Layout(moved, ways, max(width + 2 * MARGIN, aside), height + 2 * MARGIN)


def _shifted(box: Box, x: int, y: int) -> Box:
    """The same box so much farther right and down."""
    return box._replace(x=box.x + x, y=box.y + y)


def _place(net: Net, scope: int, boxes: list[Box | None]) -> Point:
    """Place what stands in a scope, from its own corner on; how large that is."""
    rows = _rows(net, scope)
    sizes: dict[int, Point] = {}
    for row in rows:
        for at in row:
            sizes[at] = _size(net, at, boxes)
    width = max(sum(sizes[at][0] for at in row) + APART[0] * (len(row) - 1) for row in rows)
    top = 0
    for row in rows:
        left = (width - sum(sizes[at][0] for at in row) - APART[0] * (len(row) - 1)) // 2
        tallest = max(sizes[at][1] for at in row)
        for at in row:
            size = sizes[at]
            down = top + (tallest - size[1]) // 2
            boxes[at] = Box(left, down, *size)
            _shift(net, at, boxes, left + MARGIN, down + MARGIN + EVENT[1])
            for place, hung in enumerate(net.attached.get(at, ()), 1):
                boxes[hung] = _on_the_border(boxes[at] or Box(0, 0, 0, 0), place)
            left += size[0] + APART[0]
        top += tallest + APART[1]
    return width, top - APART[1]


def _on_the_border(host: Box, place: int) -> Box:
    """Half in and half out of the lower border, the first at the right."""
    right = host.x + host.width - place * (EVENT[0] + BETWEEN_HUNG)
    return Box(right, host.bottom - EVENT[1] // 2, *EVENT)


def _size(net: Net, at: int, boxes: list[Box | None]) -> Point:
    node = net.nodes[at]
    if node.kind is Kind.SUB:
        width, height = _place(net, at, boxes)
        return max(width + 2 * MARGIN, TASK[0]), height + 2 * MARGIN + EVENT[1]
    return TASK if node.kind in ACTIVITIES else GATEWAY if node.kind in GATEWAYS else EVENT


def _shift(net: Net, scope: int, boxes: list[Box | None], x: int, y: int) -> None:
    """Move all that is in a sub-process along with it."""
    for at, node in enumerate(net.nodes):
        box = boxes[at]
        if node.scope == scope and box is not None:
            boxes[at] = _shifted(box, x, y)
            _shift(net, at, boxes, x, y)


def _rows(net: Net, scope: int) -> list[list[int]]:
    """The nodes of a scope row by row: each below all from which it can be reached without going back."""
    hung = {at for of_one in net.attached.values() for at in of_one}
    mine = [at for at, node in enumerate(net.nodes) if node.scope == scope and at not in hung]
    ahead = {at: _next(net, at) for at in mine}
    first = net.start if scope == ROOT else net.nodes[scope].first
    assert first is not None
    row = dict.fromkeys(mine, 0)
    line = in_line(first, ahead.__getitem__)
    place = {at: number for number, at in enumerate(line)}
    for at in line:
        for goal in ahead[at]:
            if place[at] < place[goal]:
                row[goal] = max(row[goal], row[at] + 1)
    rows: list[list[int]] = [[] for _ in range(max(row.values()) + 1)]
    for at in mine:
        rows[row[at]].append(at)
    for above, below in pairwise(rows):
        places = {at: place for place, at in enumerate(above)}
        below.sort(key=lambda at: _mean([places[up] for up in above if at in ahead[up] and up in places], at))
    return rows


def _mean(places: Sequence[int], otherwise: int) -> float:
    return sum(places) / len(places) if places else otherwise


def _next(net: Net, at: int) -> list[int]:
    """What comes after a node, or after what hangs at its border."""
    return [net.flows[flow].target for one in (at, *net.attached.get(at, ())) for flow in net.nodes[one].out]


def _way(boxes: Sequence[Box], net: Net, number: int) -> tuple[Point, ...]:
    """Straight down and across; a way back, or past other shapes, goes round at the side that is free."""
    flow = net.flows[number]
    source, target = boxes[flow.source], boxes[flow.target]
    beside = [
        box
        for at, box in enumerate(boxes)
        if at not in (flow.source, flow.target) and net.nodes[at].scope == net.nodes[flow.source].scope
    ]
    if target.y > source.bottom and not any(_stands_between(box, source, target) for box in beside):
        half = target.y - APART[1] // 2
        bends = () if source.middle == target.middle else ((source.middle, half), (target.middle, half))
        return ((source.middle, source.bottom), *bends, (target.middle, target.y))
    out, into = source.y + source.height // 2, target.y + target.height // 2
    step = 8 * (number % 2) + 10
    if any(box.y <= out <= box.bottom and box.x > source.x for box in beside):
        aside = min(box.x for box in (source, target, *beside)) - step
        return (source.x, out), (aside, out), (aside, into), (target.x, into)
    aside = max(box.x + box.width for box in (source, target, *beside)) + step
    return (source.x + source.width, out), (aside, out), (aside, into), (target.x + target.width, into)


def _stands_between(box: Box, source: Box, target: Box) -> bool:
    """Whether a shape stands where a way straight down would go."""
    turns = target.y - APART[1] // 2
    return box.x <= source.middle <= box.x + box.width and source.bottom < box.y < turns
