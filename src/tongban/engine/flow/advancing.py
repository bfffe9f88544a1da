"""Advancing: a task is done, a timer goes off, a message comes; the tokens move until all wait again."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tongban.engine.flow.choosing import ByData
from tongban.engine.flow.faults import NotOpen
from tongban.engine.flow.marking import Marking, Open
from tongban.engine.flow.net import Kind, Net
from tongban.engine.flow.running import Frame, Told

NOTHING: Mapping[str, Any] = {}


class Advance(NamedTuple):
    """The new marking, and what must be done for it: what waits from now on, and what waits no longer.

    `opened` and `closed` name tasks, timers and messages alike (`net.node(…).kind`); what was completed is
    not among `closed`.
    """

    marking: Marking
    opened: tuple[Open, ...]
    closed: tuple[Open, ...]

    @property
    def ended(self) -> bool:
        """Whether the process is over."""
        return not self.marking.bits


def start(net: Net, data: Mapping[str, Any] = NOTHING) -> Advance:
    """Begin: the tokens go as far as they can. NoWay where a split has none for this data."""
    frame = Frame.empty(net, Told(ByData(data)))
    frame.begin()
    return _advance(frame)


def complete(
    net: Net, marking: Marking, node: str, data: Mapping[str, Any] = NOTHING, instance: tuple[int, ...] = ()
) -> Advance:
    """A task is done. `data`: facts of the form, and what the task brought.

    That is the `act` done, the `outcome` chosen, what a table gave out. `instance`: whose, of several.
    NotOpen where it does not wait in this marking; NoWay as `start`.
    """
    if not net.nodes[net.at[node]].is_task:
        raise NotOpen(node)
    return _moved(net, marking, Open(node, instance), data)


def fire(
    net: Net, marking: Marking, node: str, data: Mapping[str, Any] = NOTHING, instance: tuple[int, ...] = ()
) -> Advance:
    """A timer went off or a message came, between tasks or at the border of one. Raises as `complete`.

    `instance`: of an event in what several do, whose.
    """
    if net.nodes[net.at[node]].kind not in (Kind.TIMER, Kind.MESSAGE):
        raise NotOpen(node)
    return _moved(net, marking, Open(node, instance), data)


def _moved(net: Net, marking: Marking, wait: Open, data: Mapping[str, Any]) -> Advance:
    frame = Frame.of(net, marking, Told(ByData(data)))
    frame.move(net.at[wait.node], wait.instance)
    return _advance(frame)


def _advance(frame: Frame) -> Advance:
    told = frame.told
    # What was opened and closed again within one advance never waited.
    flash = set(told.opened) & set(told.closed) if told.closed else ()
    if flash:
        opened = tuple(one for one in told.opened if one not in flash)
        return Advance(frame.marking(), opened, tuple(one for one in told.closed if one not in flash))
    return Advance(frame.marking(), tuple(told.opened), tuple(told.closed))
