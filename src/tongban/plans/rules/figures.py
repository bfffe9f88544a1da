"""How many measures stand how; a number and the list behind it are told apart by one and the same rule."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tongban.kernel.ids import BodyCode
from tongban.plans.rules.clocks import Standing, waits_for_supervision
from tongban.plans.rules.state import OPEN, Stage

Holds = Callable[[Standing], bool]


def _stands(stage: Stage) -> Holds:
    return lambda one: one.state.stage is stage


def _lit(colour: str) -> Holds:
    return lambda one: one.light == colour


MARKS: Final[Mapping[str, Holds]] = {
    "all": lambda one: one.state.stage is not Stage.DROPPED,
    **{str(stage): _stands(stage) for stage in Stage},
    "to-do": lambda one: one.state.stage in OPEN,
    "red": _lit("red"),
    "yellow": _lit("yellow"),
    "green": _lit("green"),
    "week": lambda one: one.this_week,
    "silent": lambda one: one.silent,
    "postponed": lambda one: one.state.postponed > 0 and one.state.stage is not Stage.DROPPED,
    "to-answer": lambda one: waits_for_supervision(one.state),
    "done-late": lambda one: one.state.stage is Stage.CONFIRMED and one.late > 0,
}
"""Every way in which measures are counted, by its code. What was dropped counts only as dropped."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; all of it holds at once. `mark`: a code of `MARKS`."""

    mark: str = ""
    lead: BodyCode | None = None
    job: str = ""

    def holds(self, one: Standing) -> bool:
        """Whether the list shows this one."""
        return (
            (not self.mark or MARKS[self.mark](one))
            and self.lead in (None, one.state.lead)
            and self.job in ("", one.state.job)
        )


Figures = Mapping[str, int]
"""How many measures, by every code of `MARKS`."""


def figures_of(found: Sequence[Standing]) -> Figures:
    """How many of these stand how."""
    return {mark: sum(map(holds, found)) for mark, holds in MARKS.items()}


def by_lead(found: Iterable[Standing]) -> dict[BodyCode, list[Standing]]:
    """What each body leads, the body with the most late measures first."""
    led: dict[BodyCode, list[Standing]] = {}
    for one in found:
        led.setdefault(one.state.lead, []).append(one)
    return dict(sorted(led.items(), key=_most_late))


def _most_late(led: tuple[BodyCode, list[Standing]]) -> tuple[int, int, BodyCode]:
    body, found = led
    return -sum(map(MARKS["red"], found)), -len(found), body
