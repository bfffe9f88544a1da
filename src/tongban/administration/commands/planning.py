"""What steps would change as things stand, and whose reach they lie in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from tongban.administration.commands.standing import allow_all, shape_now
from tongban.administration.rules.danger import dangers_of, refuse_unknown, touched
from tongban.administration.rules.proposing import Plan
from tongban.administration.rules.seeing import evolve, seen_beforehand
from tongban.administration.rules.steps import Step
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Viewer
from tongban.kernel.ids import RegionCode

MANY: Final = "批量导入"
"""Why a spreadsheet takes a second person whatever is in it."""


def plan_of(steps: Sequence[Step], *, by: Viewer, at: datetime, many: bool) -> Plan:
    """What these steps would change now; refused unless all of it is theirs to administer."""
    today = legal_day(at)
    shape = shape_now(today)
    regions: set[RegionCode] = set()
    trying = shape.copy()
    for step in steps:
        refuse_unknown(step, trying)
        regions |= touched(step, trying, today)
        evolve(trying, step)
    allow_all(by, regions)
    dangers = dangers_of(steps, shape.copy(), today)
    lines = seen_beforehand(steps, shape)
    return Plan(tuple(lines), tuple([MANY, *dangers] if many else dangers))
