"""Running: how a token walks a net. One frame is one marking at work; what several do has frames of its own.

Nothing here decides: where the drawing leaves a choice, `told.chooses` is asked. A second token where one
stands already is refused (`Doubled`): nets that could do so are never published.
"""

from dataclasses import dataclass, field
from typing import Self

from tongban.engine.flow.choosing import Chooses
from tongban.engine.flow.faults import Doubled, NotOpen, UsedUp
from tongban.engine.flow.marking import Group, Marking, Open, open_in
from tongban.engine.flow.net import ROOT, WAITING, Kind, Net, Node


@dataclass(slots=True)
class Told:
    """What one advance opened and closed, and who chooses in it."""

    chooses: Chooses
    opened: list[Open] = field(default_factory=list)
    closed: list[Open] = field(default_factory=list)


class Frame:
    """A marking being moved: of the whole process, or of one of several who do a sub-process (`scope`)."""

    __slots__ = ("bits", "counts", "groups", "maybe_over", "net", "path", "scope", "thrown", "told")

    def __init__(self, net: Net, marking: Marking, told: Told, scope: int, path: tuple[int, ...]) -> None:
        self.net, self.told, self.scope, self.path = net, told, scope, path
        self.bits, self.counts, self.groups = marking.bits, list(marking.counts), dict(marking.groups)
        # Joins, sub-processes and groups that may be over once nothing moves.
        self.maybe_over: list[int] = []
        # The border event, outside this frame, that catches what was thrown in it.
        self.thrown: int | None = None

    @classmethod
    def of(cls, net: Net, marking: Marking, told: Told) -> Self:
        """The frame of a whole process that stands so."""
        return cls(net, marking, told, ROOT, ())

    @classmethod
    def empty(cls, net: Net, told: Told, scope: int = ROOT, path: tuple[int, ...] = ()) -> Self:
        """The frame of what has not begun."""
        return cls(net, Marking(0, (0,) * len(net.counted)), told, scope, path)

    def marking(self) -> Marking:
        """How it stands now; what has ended leaves nothing."""
        if not self.bits:
            return Marking(0)
        return Marking(
            self.bits, tuple(self.counts), tuple(sorted(self.groups.items())) if self.groups else ()
        )

    def begin(self) -> None:
        """Put a token on the start of this frame's scope, and let it walk."""
        first = self.net.start if self.scope == ROOT else self.net.nodes[self.scope].first
        assert first is not None
        self._walk(self._over(self.net.nodes[first].out[0]))

    def move(self, at: int, instance: tuple[int, ...]) -> None:
        """What waits here is done, or happens. NotOpen where it does not wait."""
        node = self.net.nodes[at]
        if instance:
            self._move_one_of_several(at, instance)
        elif node.many is not None or not self.bits >> at & 1:
            raise NotOpen(node.id)
        elif node.host is not None:
            self._happen(at, node)
        else:
            self._leave(at)

    def _leave(self, at: int) -> None:
        """What stands here is over, with all at its border: the token goes on."""
        self.bits ^= 1 << at
        self._disarm(at)
        self._walk(self._over(self.net.nodes[at].out[0]))

    def _happen(self, at: int, node: Node) -> None:
        """An event at the border: it breaks off what it hangs at, or goes on beside it."""
        assert node.host is not None
        if node.interrupting:
            self.bits ^= 1 << at
            self._stop(node.host)
        elif not self._again(at, node):
            self.bits ^= 1 << at
        else:
            self.told.opened.append(Open(node.id, self.path))
        self._walk(self._over(node.out[0]))

    def _again(self, at: int, node: Node) -> bool:
        """Whether a timer that goes off more than once has yet to."""
        place = self.net.counted.get(at)
        if place is None or node.timer is None:
            return False
        self.counts[place] += 1
        if self.counts[place] < node.timer.times:
            return True
        self.counts[place] = 0
        return False

    def _stop(self, host: int) -> None:
        """Break off what stands here, and all in it and at its border."""
        gone = 1 << host | self.net.inside.get(host, 0)
        for event in self.net.attached.get(host, ()):
            gone |= 1 << event
        self._clear(gone)

    def _clear(self, gone: int) -> None:
        gone &= self.bits
        self.told.closed += open_in(self.net, self.marking()._replace(bits=gone), self.path)
        self.bits ^= gone
        self.groups = {at: group for at, group in self.groups.items() if not gone >> at & 1}

    def _disarm(self, host: int) -> None:
        for event in self.net.attached.get(host, ()):
            if self.bits >> event & 1:
                self.bits ^= 1 << event
                self.told.closed.append(Open(self.net.nodes[event].id, self.path))

    def _over(self, flow: int) -> int:
        """Take a flow; UsedUp where it was taken as often as it may."""
        place = self.net.counted.get(len(self.net.nodes) + flow)
        if place is not None:
            if self.counts[place] == self.net.flows[flow].at_most:
                raise UsedUp(self.net.flows[flow].id)
            self.counts[place] += 1
        return flow

    def _free(self, node: Node) -> list[int]:
        """The flows out of a split that are not used up."""
        if not self.net.counted:
            return list(node.out)
        return [
            flow
            for flow in node.out
            if (place := self.net.counted.get(len(self.net.nodes) + flow)) is None
            or self.counts[place] != self.net.flows[flow].at_most
        ]

    def _walk(self, *flows: int) -> None:
        """Let the tokens on these flows walk until everything waits; then see what that completed."""
        ahead = list(flows)
        while ahead or (ahead := self._settled()):
            flow = ahead.pop()
            at = self.net.flows[flow].target
            node = self.net.nodes[at]
            kind = node.kind
            if kind in WAITING or kind is Kind.SUB:
                self._open(at, node, ahead)
            elif kind is Kind.EXCLUSIVE:
                chosen = (
                    node.out[0]
                    if len(node.out) == 1
                    else self.told.chooses.one(self.net, node, self._free(node))
                )
                ahead.append(self._over(chosen))
            elif len(node.into) > 1 and kind in (Kind.PARALLEL, Kind.INCLUSIVE):
                self._wait(flow, at, node, ahead)
            elif kind in (Kind.PARALLEL, Kind.INCLUSIVE):
                self._split(node, ahead)
            else:
                self._end(at, node, ahead)

    def _split(self, node: Node, ahead: list[int]) -> None:
        if node.kind is Kind.INCLUSIVE and len(node.out) > 1:
            chosen = self.told.chooses.some(self.net, node, self._free(node))
        else:
            chosen = list(node.out)
        ahead += [self._over(flow) for flow in reversed(chosen)]

    def _wait(self, flow: int, at: int, node: Node, ahead: list[int]) -> None:
        """A token comes to a join; the parallel one goes on when all are there."""
        token = self.net.token(flow)
        if self.bits & token:
            raise Doubled(node.id)
        self.bits |= token
        if node.kind is Kind.PARALLEL:
            needed = self._tokens(node)
            if self.bits & needed == needed:
                self.bits ^= needed
                self._split(node, ahead)
        else:
            self.maybe_over.append(at)

    def _tokens(self, node: Node) -> int:
        needed = 0
        for each in node.into:
            needed |= self.net.token(each)
        return needed

    def _open(self, at: int, node: Node, ahead: list[int]) -> None:
        """A token comes to what waits or takes its time."""
        if self.bits >> at & 1:
            raise Doubled(node.id)
        if node.many is not None:
            self._open_several(at, node, ahead)
            return
        self.bits |= 1 << at
        if node.kind is Kind.SUB:
            assert node.first is not None
            ahead.append(self._over(self.net.nodes[node.first].out[0]))
        else:
            self.told.opened.append(Open(node.id, self.path))
        self._arm(at)

    def _arm(self, host: int) -> None:
        for event in self.net.attached.get(host, ()):
            node = self.net.nodes[event]
            if node.kind in WAITING:
                if self.bits >> event & 1:
                    raise Doubled(node.id)
                self.bits |= 1 << event
                if (place := self.net.counted.get(event)) is not None:
                    self.counts[place] = 0
                self.told.opened.append(Open(node.id, self.path))

    def _open_several(self, at: int, node: Node, ahead: list[int]) -> None:
        assert node.many is not None
        total = self.told.chooses.how_many(node, node.many)
        if total == 0:
            ahead.append(self._over(node.out[0]))
            return
        self.bits |= 1 << at
        self._arm(at)
        self.groups[at] = Group(total, 0, ())
        for _ in range(1 if node.many.sequential else total):
            self._one_more(at, node)
        self._go_on(at, node, ahead)

    def _one_more(self, at: int, node: Node) -> None:
        """The next of several begins; of a sub-process that ends at once nothing stays."""
        group = self.groups[at]
        number, inner = group.began, None
        at_it = group.at_it
        if node.kind is Kind.SUB:
            frame = Frame.empty(self.net, self.told, at, (*self.path, number))
            frame.begin()
            inner, self.thrown = frame.marking(), frame.thrown
        else:
            self.told.opened.append(Open(node.id, (*self.path, number)))
        if inner is None or inner.bits:
            at_it = (*at_it, (number, inner))
        self.groups[at] = Group(group.total, number + 1, at_it)

    def _go_on(self, at: int, node: Node, ahead: list[int]) -> None:
        """One of several is done, or began: it is enough, or the next begins, or all are done."""
        assert node.many is not None
        while self.thrown is None:
            group = self.groups[at]
            left = group.total - group.began + len(group.at_it)
            done = group.total - left
            if left and done and node.many.until and self.told.chooses.is_enough(node, node.many, done):
                self.told.closed += open_in(self.net, self.marking()._replace(bits=1 << at), self.path)
                self.groups[at] = group = Group(group.total, group.total, ())
            if group.at_it or group.began == group.total:
                break
            self._one_more(at, node)
        if self.thrown is not None:
            self._throw(self.thrown, ahead)
        elif not self.groups[at].at_it:
            self.maybe_over.append(at)

    def _move_one_of_several(self, at: int, instance: tuple[int, ...]) -> None:
        """Something of one of several: find whose group it is, move within, and see whether they are done."""
        where, number = self._group_of(at), instance[0]
        group = self.groups.get(where)
        if group is None or number not in dict(group.at_it):
            raise NotOpen(self.net.nodes[at].id)
        inner, after = dict(group.at_it)[number], None
        if inner is not None:
            frame = Frame(self.net, inner, self.told, where, (*self.path, number))
            frame.move(at, instance[1:])
            self.thrown = frame.thrown
            after = frame.marking() if frame.bits else None
        elif at != where or instance[1:]:
            raise NotOpen(self.net.nodes[at].id)
        at_it = [(each, after if each == number else old) for each, old in group.at_it]
        self.groups[where] = group._replace(at_it=tuple(one for one in at_it if one[0] != number or after))
        ahead: list[int] = []
        if after is None or self.thrown is not None:
            self._go_on(where, self.net.nodes[where], ahead)
        self._walk(*ahead)

    def _group_of(self, at: int) -> int:
        """The outermost activity done by several, below this frame's scope, that the node is or stands in."""
        found, here = ROOT, at
        while here not in (ROOT, self.scope):
            if self.net.nodes[here].many is not None:
                found = here
            here = self.net.nodes[here].scope
        return found

    def _end(self, at: int, node: Node, ahead: list[int]) -> None:
        """A token comes to an end: it is gone; or it takes all others of its scope along."""
        if node.kind is Kind.ERROR_END:
            self._throw(self.net.catches[at], ahead)
            return
        if node.kind is Kind.TERMINATE:
            ahead[:] = [
                flow for flow in ahead if not self._is_within(self.net.flows[flow].target, node.scope)
            ]
            self._clear(self.bits if node.scope == self.scope else self.net.inside[node.scope])
        if node.scope != self.scope:
            self.maybe_over.append(node.scope)

    def _throw(self, catcher: int, ahead: list[int]) -> None:
        """An error breaks off the sub-process at whose border it is caught, in this frame or around it."""
        event = self.net.nodes[catcher]
        assert event.host is not None
        if not self._is_within(catcher, self.scope):
            self.thrown = catcher
            ahead.clear()
            self.maybe_over.clear()
            return
        self.thrown = None
        self._drop(ahead, event.host)
        self._stop(event.host)
        ahead.append(self._over(event.out[0]))

    def _drop(self, ahead: list[int], scope: int) -> None:
        """Tokens on their way within a scope are gone with it."""
        ahead[:] = [flow for flow in ahead if not self._is_within(self.net.flows[flow].target, scope)]

    def _is_within(self, at: int, scope: int) -> bool:
        here = self.net.nodes[at].scope
        while here not in (scope, ROOT):
            here = self.net.nodes[here].scope
        return here == scope

    def _settled(self) -> list[int]:
        """Where tokens go on once nothing moves: from a ready join, from what is over; innermost first."""
        waiting = sorted(set(self.maybe_over), key=self._depth)
        while waiting:
            at = waiting.pop()
            if ahead := self._after(at):
                self.maybe_over = waiting
                return ahead
        self.maybe_over = []
        return []

    def _depth(self, at: int) -> int:
        depth, here = 0, self.net.nodes[at].scope
        while here != ROOT:
            depth, here = depth + 1, self.net.nodes[here].scope
        return depth

    def _after(self, at: int) -> list[int]:
        """The flows that go on from here, if it is ready or over."""
        node = self.net.nodes[at]
        ahead: list[int] = []
        if node.kind is Kind.INCLUSIVE:
            tokens = self.bits & self._tokens(node)
            if tokens and not self.bits & self.net.between[at]:
                self.bits ^= tokens
                self._split(node, ahead)
            return ahead
        if not self.bits >> at & 1:
            return ahead
        if node.many is not None:
            if self.groups[at].at_it:
                return ahead
            del self.groups[at]
        elif self.bits & self.net.inside[at]:
            return ahead
        self.bits ^= 1 << at
        self._disarm(at)
        return [self._over(node.out[0])]
