"""A filled-in spreadsheet becomes a proposal, or a list of faults; nothing of it is imported by itself."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tongban.administration.commands.proposing import Asked, propose
from tongban.administration.commands.standing import allow_all, reach_of, shape_now
from tongban.administration.rules.importing import SHEETS, judge
from tongban.administration.rules.proposing import refuse_no_reason
from tongban.engine.calendar import legal_day
from tongban.engine.sheets import Fault, read
from tongban.kernel.access import Viewer


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: every fault, or the proposal; neither where all of it stands so already.

    `same`: how many of its rows ask for nothing.
    """

    faults: list[Fault] = field(default_factory=list)
    proposal: UUID | None = None
    same: int = 0


def import_sheets(content: bytes, reason: str, *, by: Viewer, at: datetime) -> Imported:
    """Judge a spreadsheet and prepare what it asks for, to be seen and agreed to. All faults at once."""
    allow_all(by, ())
    reason = refuse_no_reason(reason)
    today = legal_day(at)
    judged = judge(read(content, SHEETS), shape_now(today), reach_of(by), today)
    if judged.faults or not judged.steps:
        return Imported(judged.faults, same=judged.same)
    asked = Asked("批量导入机构和人员", judged.steps, reason, many=True)
    return Imported(proposal=propose(asked, by=by, at=at), same=judged.same)
