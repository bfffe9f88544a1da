"""What many lengths of time say of the next: the middle, and the range that holds eight in ten.

Quantiles are lengths that truly occurred (nearest rank), so that nothing is promised that never was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9

LEAST: Final = 20
"""Of fewer lengths than this a tenth would be one of them, which says nothing."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How `count` lengths lie: eight in ten from `low` to `high`, half of them on either side of `middle`."""

    count: int
    low: float
    middle: float
    high: float


def spread_of(lengths: Iterable[float], *, least: int = LEAST) -> Spread | None:
    """The spread of lengths; None where there are fewer than `least`, or none at all."""
    ordered = sorted(lengths)
    if len(ordered) < max(1, least):
        return None
    low, middle, high = (_nearest(ordered, share) for share in (LOW, MIDDLE, HIGH))
    return Spread(len(ordered), low, middle, high)


def left_after(lengths: Iterable[float], passed: float, *, least: int = LEAST) -> Spread | None:
    """How much longer those took that had not ended by then: what is left for one that has lasted so long."""
    return spread_of((each - passed for each in lengths if each > passed), least=least)


def _nearest(ordered: Sequence[float], share: float) -> float:
    """The smallest of ordered lengths below or at which at least that share of them lies."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
