"""Which member waits for which: an order that keeps it, and when each is done at the latest.

A graph is a mapping from each member to those whose results it waits for, in the order they are written.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol, Self, TypeVar

Waits = Mapping[str, Collection[str]]


class Circle(ValueError):
    """Members that wait for each other, so that none could ever begin; `members` is one such circle."""

    def __init__(self, members: tuple[str, ...]) -> None:
        super().__init__(" → ".join(members))
        self.members = members


class Time(Protocol):
    """What can be earlier or later: days, or a number of them."""

    def __lt__(self, other: Self, /) -> bool: ...


T = TypeVar("T", bound=Time)


def in_order(waits: Waits) -> list[str]:
    """The members, each after all that it waits for, else in the order given; Circle where none can be."""
    done: dict[str, None] = {}
    left = dict(waits)
    while left:
        ready = next((one for one, needs in left.items() if all(need in done for need in needs)), None)
        if ready is None:
            raise Circle(_circle(left))
        done[ready] = None
        del left[ready]
    return list(done)


def _circle(left: Waits) -> tuple[str, ...]:
    """One circle among members of which each waits for another of them."""
    walked: list[str] = [next(iter(left))]
    while True:
        onward = next(need for need in left[walked[-1]] if need in left)
        if onward in walked:
            return (*walked[walked.index(onward) :], onward)
        walked.append(onward)


def finishes(waits: Waits, start: T, lasts: Callable[[str, T], T]) -> dict[str, T]:
    """When each member is done: it begins at `start`, or when the last that it waits for is done.

    `lasts` says of a member that begins then when it is done. The latest of all is the longest path.
    """
    done: dict[str, T] = {}
    for member in in_order(waits):
        begins = start
        for need in waits[member]:
            begins = max(begins, done[need])
        done[member] = lasts(member, begins)
    return done


def longest(waits: Waits, lengths: Mapping[str, int]) -> int:
    """The length of the longest path; 0 without members."""
    return max(finishes(waits, 0, lambda member, begins: begins + lengths[member]).values(), default=0)
