"""How long a net may take: the limits along each way, from acceptance to decision, while the clock runs.

Of branches side by side the longest counts, for a join waits for it; a token follows one branch, so the
longest way of a token is the longest of all. All is told in the unit of the promise, never too little.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, inf
from typing import Final, NamedTuple

from tongban.engine.flow.exploring import Everybody, told_by
from tongban.engine.flow.faults import Problem
from tongban.engine.flow.net import ENDS, ROOT, Kind, Net, Node, Timer
from tongban.engine.flow.setting import Setting

AT_MOST: Final[Mapping[str, Mapping[str, Fraction]]] = {
    "workday": {"hour": Fraction(1, 8), "day": Fraction(1), "workday": Fraction(1), "month": Fraction(23)},
    "day": {"hour": Fraction(1, 24), "day": Fraction(1), "month": Fraction(31)},
    "hour": {"hour": Fraction(1), "day": Fraction(24), "month": Fraction(31 * 24)},
}
"""How long a unit lasts at most, told in another: eight working hours are a day. Any number of days off may
follow a working day, so how many natural days or hours it lasts is not known beforehand."""

UNITS: Final = {"workday": "个工作日", "day": "天", "hour": "小时"}


class Way(NamedTuple):
    """How long a way is at most, in the unit of the promise, and the tasks on it that take time.

    The length is inf where nobody knows: a limit in working days under a promise in natural days.
    """

    length: float
    steps: tuple[str, ...] = ()


class _At(NamedTuple):
    """A token on a flow: whether the clock runs, what was last said, and how often bounds were used."""

    flow: int
    runs: bool
    told: tuple[tuple[str, object], ...]
    counts: tuple[int, ...]


def length_of(limit: Timer | None, unit: str) -> float:
    """A limit in another unit, in whole ones of it and never less than meant; inf where that is not known."""
    if limit is None:
        return 0
    lasts = AT_MOST[unit].get(limit.unit)
    return inf if lasts is None else ceil(limit.value * lasts)


def problems_of_time(net: Net, setting: Setting) -> Iterator[Problem]:
    """A way that takes longer than the promise, and a promise that is longer than the statute."""
    promise, unit = setting.promise, UNITS[setting.unit]
    if promise is None:
        return
    if setting.statute is not None and promise > setting.statute:
        says = f"承诺 {promise} {unit}，超过法定的 {setting.statute} {unit}。"
        yield Problem(1, "PROMISE-OVER-STATUTE", net.id, says)
    try:
        way = longest(net, setting)
    except RecursionError:
        # A way of some thousand steps, for a circle is walked as often as it may be.
        says = "走一圈再回头的次数太多，没有办法算出最多要几天。请把回头的次数（at-most）写小一些。"
        yield Problem(1, "TOO-LARGE", net.id, says)
        return
    if way.length == inf:
        says = f"承诺按{unit}算，路上有期限按工作日算，遇上放假说不准要多久。请把承诺和期限写成同一种单位。"
        yield Problem(1, "OVER-PROMISE", net.id, says, way.steps)
    elif way.length > promise:
        says = f"从受理到决定要 {way.length:g} {unit}，超过承诺的 {promise} {unit}。请缩短各步的期限。"
        yield Problem(1, "OVER-PROMISE", net.id, says, way.steps)


def longest(net: Net, setting: Setting) -> Way:
    """The longest way through the net while the clock of the promise runs.

    Without a life the whole way counts.
    """
    clock = _Clock(net, setting)
    first = net.nodes[net.start].out[0]
    return clock.after(_At(first, setting.life is None, (), (0,) * len(net.counted)))


@dataclass(slots=True)
class _Clock:
    net: Net
    setting: Setting
    known: dict[_At, Way] = field(default_factory=dict)

    def after(self, at: _At) -> Way:
        """The longest way of a token from here on. Circles are bounded, so that it ends."""
        if at not in self.known:
            self.known[at] = self._after(at)
        return self.known[at]

    def _after(self, at: _At) -> Way:
        net, flow = self.net, self.net.flows[at.flow]
        place = net.counted.get(len(net.nodes) + at.flow)
        if place is not None:
            if at.counts[place] == flow.at_most:
                return Way(0)
            counts = (*at.counts[:place], at.counts[place] + 1, *at.counts[place + 1 :])
            at = at._replace(counts=counts)
        node = net.nodes[flow.target]
        if node.kind in ENDS:
            return self._ended(flow.target, node, at)
        if node.kind is Kind.SUB and node.many is None:
            assert node.first is not None
            inside = self.after(at._replace(flow=net.nodes[node.first].out[0]))
            return max(inside, *self._border(flow.target, node, at, 0))
        if node.kind is Kind.EXCLUSIVE or node.kind is Kind.INCLUSIVE:
            return max(self._chosen(node, at))
        if node.kind is Kind.PARALLEL:
            return max(self.after(at._replace(flow=out)) for out in node.out)
        return self._waited(flow.target, node, at)

    def _ended(self, place: int, node: Node, at: _At) -> Way:
        """At an end of a sub-process the token goes on after it; at the end of all there is no more."""
        if node.kind is Kind.ERROR_END:
            caught = self.net.nodes[self.net.catches[place]]
            return self.after(at._replace(flow=caught.out[0]))
        if node.scope == ROOT or self.net.nodes[node.scope].many is not None:
            return Way(0)
        return self.after(at._replace(flow=self.net.nodes[node.scope].out[0]))

    def _chosen(self, node: Node, at: _At) -> Iterator[Way]:
        """Each way that may be taken, by what was last said."""
        everybody = Everybody(dict(at.told), [])
        flows = everybody.may_take(self.net, node, node.out)
        yield Way(0)
        for out in flows:
            yield self.after(at._replace(flow=out))

    def _waited(self, place: int, node: Node, at: _At) -> Way:
        """A task or event that takes its time, and what comes after each end that it can say."""
        length = self._length(place, node) if at.runs else 0
        ways = [*self._border(place, node, at, length)]
        for told in told_by(node, self.setting):
            after = self.after(at._replace(flow=node.out[0], told=told, runs=self._runs(at.runs, dict(told))))
            ways.append(_plus(length, node, after))
        return max(ways)

    def _length(self, place: int, node: Node) -> float:
        if node.kind is Kind.SUB:
            assert node.first is not None
            once = self.after(
                _At(self.net.nodes[node.first].out[0], True, (), (0,) * len(self.net.counted))
            ).length
        else:
            once = length_of(node.timer if node.kind is Kind.TIMER else node.limit, self.setting.unit)
        many = node.many
        return once * (many.at_most or 1) if many is not None and many.sequential else once

    def _border(self, place: int, node: Node, at: _At, length: float) -> Iterator[Way]:
        """The ways that begin at a border: when its timer goes off, or at the latest with the host's end."""
        yield Way(0)
        for event in self.net.attached.get(place, ()):
            border = self.net.nodes[event]
            if border.kind is Kind.ERROR:
                continue
            waited = length_of(border.timer, self.setting.unit) if border.timer else length
            after = self.after(at._replace(flow=border.out[0], told=()))
            yield _plus(waited if at.runs else 0, border, after)

    def _runs(self, runs: bool, told: Mapping[str, object]) -> bool:
        """Whether the clock runs after an act."""
        act, life = told.get("act"), self.setting.life
        if life is None or act is None:
            return runs
        if act in life.accepts | life.resumes:
            return True
        return runs and act not in life.decides | life.stops


def _plus(length: float, node: Node, way: Way) -> Way:
    return Way(length + way.length, (node.id, *way.steps)) if length else way
