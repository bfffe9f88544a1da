"""A marking: where a case stands in its net, in a few numbers that fit a column."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from tongban.engine.flow.net import AUTOMATIC, WAITING, Net, Node


class Marking(NamedTuple):
    """Where the tokens are (bits of the net), how often what is bounded was used, who of several is at it.

    The empty marking, `Marking(0)`, is that of a process that has ended.
    """

    bits: int
    counts: tuple[int, ...] = ()
    groups: tuple[tuple[int, "Group"], ...] = ()


class Group(NamedTuple):
    """Several who do one thing: how many in all, how many began, and those at it (their inner marking)."""

    total: int
    began: int
    at_it: tuple[tuple[int, Marking | None], ...]


class Open(NamedTuple):
    """Something that waits for the world: a task, a timer or a message; `instance`: whose, of several."""

    node: str
    instance: tuple[int, ...] = ()


ENDED = Marking(0)


def open_in(net: Net, marking: Marking, path: tuple[int, ...] = ()) -> tuple[Open, ...]:
    """All that waits in this marking, in the order of the net; `path`: whose marking it is, of several."""
    return tuple(Open(node.id, whose) for node, whose in _waiting(net, marking, path))


def awaiting(net: Net, marking: Marking, message: str) -> tuple[Open, ...]:
    """Who waits for this message."""
    return tuple(Open(node.id, path) for node, path in _waiting(net, marking, ()) if node.message == message)


def automatic_in(net: Net, marking: Marking) -> Open | None:
    """The first of what waits that nobody does; None where all that waits is somebody's, or the world's."""
    if not net.automatic:
        return None
    return next((wait for wait in open_in(net, marking) if net.node(wait.node).kind in AUTOMATIC), None)


def _waiting(net: Net, marking: Marking, path: tuple[int, ...]) -> Iterator[tuple[Node, tuple[int, ...]]]:
    groups = dict(marking.groups)
    bits = marking.bits & ((1 << len(net.nodes)) - 1)
    while bits:
        low = bits & -bits
        bits ^= low
        at = low.bit_length() - 1
        node = net.nodes[at]
        if node.many is not None:
            for instance, inner in groups[at].at_it:
                if inner is None:
                    yield node, (*path, instance)
                else:
                    yield from _waiting(net, inner, (*path, instance))
        elif node.kind in WAITING:
            yield node, path


def as_bytes(marking: Marking) -> bytes:
    """The marking in a few hundred bytes at most; `from_bytes` gives it back."""
    return orjson.dumps(_plain(marking))


def from_bytes(stored: bytes) -> Marking:
    """The marking that `as_bytes` stored."""
    return _marking(orjson.loads(stored))


def _plain(marking: Marking) -> list[Any]:
    groups = [
        [
            at,
            group.total,
            group.began,
            [[n, None if inner is None else _plain(inner)] for n, inner in group.at_it],
        ]
        for at, group in marking.groups
    ]
    return [f"{marking.bits:x}", list(marking.counts), groups]


def _marking(plain: list[Any]) -> Marking:
    bits, counts, groups = plain
    return Marking(
        int(bits, 16),
        tuple(counts),
        tuple(
            (
                at,
                Group(
                    total, began, tuple((n, None if inner is None else _marking(inner)) for n, inner in at_it)
                ),
            )
            for at, total, began, at_it in groups
        ),
    )
