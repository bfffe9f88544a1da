"""Who was served ahead of whom: the leaves of the public log, replayed queue by queue.

A case waits, at the place of its arrival, after `arrived`, `released` and `back`, and does not after
`taken`, `set-aside` and `left`. An overtaking is a `taken` leaf while a case that arrived earlier in
the same queue waits. Who has taken a case may send it on: then it arrives anew, last, in another queue.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tongban.engine.tlog.leaf import Kind, Leaf, LeafError

# The only grounds for an overtaking: statutory priority, priority on site (the old, sick, disabled,
# pregnant, soldiers), emergency, green channel of a major project, amends for a fault of the system.
REASONS = frozenset(
    {"statutory-priority", "on-site-priority", "emergency", "major-project", "fault-compensation"}
)

FEW = 5
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Overtaking:
    """The taken leaf at `index` passed `passed_count` waiting cases; `passed` names the first few.

    `reason` is the leaf's own word; None, or a word that is not in REASONS, is no reason.
    """

    index: int
    case: str
    reason: str | None
    passed: tuple[str, ...]
    passed_count: int

    @property
    def has_reason(self) -> bool:
        return self.reason in REASONS


@dataclass(slots=True)
class QueueStory:
    """What happened in one queue: leaves of arrival and of taking, cases that wait now, overtakings."""

    arrived: int = 0
    taken: int = 0
    waiting: int = 0
    overtakings: list[Overtaking] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SequenceFault:
    """The leaf at `index` cannot follow the leaves before it, or is no leaf."""

    index: int
    says: str


@dataclass(slots=True)
class Fairness:
    """The outcome of a replay, queues by name in the order of their first arrival."""

    queues: dict[str, QueueStory] = field(default_factory=dict)
    faults: list[SequenceFault] = field(default_factory=list)

    @property
    def without_reason(self) -> int:
        return sum(not one.has_reason for story in self.queues.values() for one in story.overtakings)

    @property
    def with_reason(self) -> int:
        return sum(one.has_reason for story in self.queues.values() for one in story.overtakings)

    @property
    def is_fair(self) -> bool:
        """Nobody was passed without a reason, and every leaf can follow those before it."""
        return not self.faults and self.without_reason == 0


def replay(leaves: Iterable[tuple[int, bytes]]) -> Fairness:
    """Replay log entries, given with their indexes in log order, and tell who was passed.

    Some ten microseconds a leaf, however many wait. A leaf that cannot follow is named in `faults`; its
    kind still decides whether its case waits. `left` and `other` may speak of a case that joined no queue.
    """
    replaying = _Replay()
    for index, entry in leaves:
        try:
            leaf = Leaf.parse(entry)
        except LeafError as error:
            replaying.fault(index, str(error))
            continue
        replaying.follow(index, leaf)
    return replaying.told()


# After which kind of leaf of the same case a leaf may come; None is no leaf before.
_MAY_FOLLOW: dict[str, frozenset[str | None]] = {
    Kind.ARRIVED: frozenset({None, Kind.TAKEN}),
    Kind.TAKEN: frozenset({Kind.ARRIVED, Kind.RELEASED, Kind.BACK}),
    Kind.RELEASED: frozenset({Kind.TAKEN}),
    Kind.SET_ASIDE: frozenset({Kind.ARRIVED, Kind.RELEASED, Kind.BACK, Kind.TAKEN}),
    Kind.BACK: frozenset({Kind.SET_ASIDE, Kind.LEFT}),
    Kind.LEFT: frozenset({None, *Kind}),
    Kind.OTHER: frozenset({None, *Kind}),
}
_WAITS_AFTER = frozenset({Kind.ARRIVED, Kind.RELEASED, Kind.BACK})


@dataclass(slots=True)
class _Case:
    """A case in its queue: its place among the arrivals there, and its last leaf that was not `other`."""

    queue: str
    place: int
    last: str


def _is_sent_on(case: _Case, leaf: Leaf) -> bool:
    """Whether a case that was taken in one queue arrives in another."""
    return leaf.kind == Kind.ARRIVED and case.last == Kind.TAKEN and leaf.queue != case.queue


class _Line:
    """Who waits in one queue, by place of arrival: a byte a place, and a sum a block of places."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        self._waits = bytearray()
        self._sums: list[int] = []

    def join(self, tag: str) -> int:
        """A new last place, not yet waiting."""
        if len(self.tags) % _BLOCK == 0:
            self._sums.append(0)
        self.tags.append(tag)
        self._waits.append(0)
        return len(self.tags) - 1

    def set(self, place: int, waits: bool) -> None:
        self._sums[place // _BLOCK] += waits - self._waits[place]
        self._waits[place] = waits

    def waiting_before(self, place: int) -> int:
        block = place // _BLOCK
        return sum(self._sums[:block]) + self._waits.count(1, block * _BLOCK, place)

    def first_before(self, place: int) -> tuple[str, ...]:
        """The tags of the first few who wait before this place."""
        tags: list[str] = []
        at = self._waits.find(1, 0, place)
        while at >= 0 and len(tags) < FEW:
            tags.append(self.tags[at])
            at = self._waits.find(1, at + 1, place)
        return tuple(tags)

    def waiting(self) -> int:
        return sum(self._sums)


class _Replay:
    def __init__(self) -> None:
        self._fairness = Fairness()
        self._cases: dict[str, _Case] = {}
        self._lines: dict[str, _Line] = {}

    def follow(self, index: int, leaf: Leaf) -> None:
        """Take in the next leaf: check that it can follow, count it, move its case."""
        case = self._cases.get(leaf.case)
        self._check(index, leaf, case)
        if leaf.kind == Kind.ARRIVED and (case is None or _is_sent_on(case, leaf)):
            case = self._arrive(leaf)
        if case is None or leaf.kind not in _MAY_FOLLOW or leaf.kind == Kind.OTHER:
            return
        if leaf.kind == Kind.TAKEN:
            self._take(index, leaf, case)
        case.last = leaf.kind
        self._lines[case.queue].set(case.place, leaf.kind in _WAITS_AFTER)

    def fault(self, index: int, says: str) -> None:
        self._fairness.faults.append(SequenceFault(index, says))

    def told(self) -> Fairness:
        for queue, line in self._lines.items():
            self._fairness.queues[queue].waiting = line.waiting()
        return self._fairness

    def _check(self, index: int, leaf: Leaf, case: _Case | None) -> None:
        before = case.last if case else None
        if leaf.kind not in _MAY_FOLLOW:
            self.fault(index, f"unknown kind {leaf.kind}")
        elif before not in _MAY_FOLLOW[leaf.kind]:
            self.fault(index, f"case {leaf.case} is {leaf.kind} after {before or 'no arrival'}")
        if case and leaf.kind == Kind.ARRIVED and case.last == Kind.TAKEN and leaf.queue == case.queue:
            self.fault(index, f"case {leaf.case} arrived in queue {case.queue} before")
        if case and leaf.queue != case.queue and not _is_sent_on(case, leaf):
            self.fault(index, f"case {leaf.case} arrived in queue {case.queue}, not in {leaf.queue}")
        if leaf.reason is not None and leaf.kind != Kind.TAKEN:
            self.fault(index, f"a reason stands in a leaf of kind {leaf.kind}")
        elif leaf.reason is not None and leaf.reason not in REASONS:
            self.fault(index, f"unknown reason {leaf.reason}")

    def _arrive(self, leaf: Leaf) -> _Case:
        line = self._lines.setdefault(leaf.queue, _Line())
        self._fairness.queues.setdefault(leaf.queue, QueueStory()).arrived += 1
        case = self._cases[leaf.case] = _Case(leaf.queue, line.join(leaf.case), leaf.kind)
        return case

    def _take(self, index: int, leaf: Leaf, case: _Case) -> None:
        story, line = self._fairness.queues[case.queue], self._lines[case.queue]
        story.taken += 1
        passed_count = line.waiting_before(case.place)
        if passed_count:
            passed = line.first_before(case.place)
            story.overtakings.append(Overtaking(index, leaf.case, leaf.reason, passed, passed_count))
