"""What is known while a spreadsheet is judged: the shape as it would become, and what was found so far."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date

from tongban.administration.rules.seeing import evolve, lines_of
from tongban.administration.rules.shape import Shape
from tongban.administration.rules.steps import DirectoryStep
from tongban.engine.sheets import Fault, Row
from tongban.kernel.ids import RegionCode


@dataclass(slots=True)
class Trying:
    """The shape as the rows so far would make it, and the steps to get there."""

    shape: Shape
    within: Callable[[RegionCode], bool]
    today: date
    faults: list[Fault]
    steps: list[DirectoryStep] = field(default_factory=list)
    same: int = 0
    _met: dict[Hashable, str] = field(default_factory=dict)

    def fault(self, code: str, row: Row, heading: str, says: str, do: str) -> None:
        """Name a fault at a cell."""
        self.faults.append(Fault(f"administration.import.{code}", row.place(heading), says, do))

    def take(self, step: DirectoryStep) -> bool:
        """Have this done; False where it stands so already."""
        if not lines_of(step, self.shape):
            return False
        self.steps.append(step)
        evolve(self.shape, step)
        return True

    def take_row(self, step: DirectoryStep) -> None:
        """Have what a row says done; where it stands so already the row is counted."""
        self.same += not self.take(step)

    def met(self, key: Hashable, row: Row, heading: str) -> str:
        """Where this very thing stood before in the file; empty for the first time, which is remembered."""
        before = self._met.get(key, "")
        self._met.setdefault(key, row.place(heading))
        return before
