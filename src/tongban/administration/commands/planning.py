"""What steps would change as things stand, and whose reach they lie in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, cast

from tongban.administration.commands.keys import plan_of_keys, plan_of_seal
from tongban.administration.commands.packs import plan_of_packs
from tongban.administration.commands.standing import allow_all, shape_now
from tongban.administration.rules.danger import dangers_of, refuse_unknown, touched
from tongban.administration.rules.proposing import Plan
from tongban.administration.rules.seeing import evolve, seen_beforehand
from tongban.administration.rules.steps import (
    DirectoryStep,
    PublishPacks,
    PublishYear,
    RenewSeal,
    RetireMaster,
    RewrapKeys,
    Step,
)
from tongban.administration.rules.years import changes_of_year
from tongban.cases import api as cases
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Role, Viewer
from tongban.kernel.calendars import calendar_in_force, calendar_with
from tongban.kernel.changes import Line
from tongban.kernel.ids import BodyCode, RegionCode

MANY: Final = "批量导入"
"""Why a spreadsheet takes a second person whatever is in it."""


def plan_of(steps: Sequence[Step], *, by: Viewer, at: datetime, many: bool = False) -> Plan:
    """What these steps would change now; refused unless all of it is theirs to administer."""
    match steps:
        case [PublishYear() as step]:
            allow_everywhere(by, at)
            return _plan_of_year(step, at)
        case [PublishPacks() as step]:
            allow_everywhere(by, at)
            return plan_of_packs(step, at)
        case [RewrapKeys() | RetireMaster() as step]:
            allow_everywhere(by, at)
            return plan_of_keys(step, at)
        case [RenewSeal() as step]:
            allow_all(by, {directory.body(BodyCode(step.body)).region})
            return plan_of_seal(step)
        case _:
            return _plan_of_directory(cast(Sequence[DirectoryStep], steps), by, at, many)


def allow_everywhere(by: Viewer, at: datetime) -> None:
    """What holds in every office here is for whose region no other administrator's reaches beyond."""
    allow_all(by, directory.regions_of(Role.ADMIN, legal_day(at)))


def _plan_of_directory(steps: Sequence[DirectoryStep], by: Viewer, at: datetime, many: bool) -> Plan:
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


def _plan_of_year(step: PublishYear, at: datetime) -> Plan:
    """The days that change, and the cases whose provisional deadlines move with them."""
    before, after = calendar_in_force(), calendar_with(step.year, step.text)
    published = step.year <= before.last_published.year
    told = Line(
        "更正" if published else "公布",
        f"{step.year} 年日历",
        "已经公布" if published else "暂按法定节日",
        _notice_of(step),
    )
    moved = [
        Line("期限变动", f"办件 {one.number} {one.name}", one.before.isoformat(), one.after.isoformat())
        for one in cases.would_move(after, at=at)
    ]
    lines = (told, *changes_of_year(step.year, before, after))
    return Plan(lines, ("公布年度日历",), tuple(moved))


def _notice_of(step: PublishYear) -> str:
    days = [one for one in step.text.splitlines() if one.strip().startswith(("title:", "number:"))]
    return "，".join(one.partition(":")[2].strip() for one in days)
