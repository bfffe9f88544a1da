"""What is wrong with a flow: a file that cannot be read as one, or a net that may not run."""

from collections.abc import Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """One thing in a file that we cannot read, or do not run; `says` is plain Chinese with what to do."""

    line: int
    code: str
    says: str

    def __str__(self) -> str:
        return f"{self.line}: {self.code}: {self.says}"


class BadFlow(ValueError):
    """A file that is no flow we can run; carries every fault that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


class Problem(NamedTuple):
    """One reason why a net may not run: the element, and what was done to get there, step by step."""

    line: int
    code: str
    element: str
    says: str
    trace: tuple[str, ...] = ()

    def __str__(self) -> str:
        way = f"（这样走到：{' → '.join(self.trace)}）" if self.trace else ""
        return f"{self.line}: {self.code}: {self.says}{way}"


class NotOpen(ValueError):
    """What should be completed or fired is not open in this marking."""


class NoWay(ValueError):
    """No way on: no condition of a split holds, and it has no default."""


class UsedUp(NoWay):
    """The way on was taken as often as it may be: this end of a task is not possible any more."""


class Doubled(ValueError):
    """A second token would stand where one stands already: the drawing starts something twice over."""
