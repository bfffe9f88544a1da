"""Presence: officers who have the same case open see each other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tongban.cases.commands.change import HERE
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Officer
from tongban.kernel.ids import CaseId, OfficerId
from tongban.kernel.sql import load, run

STILL_THERE: Final = timedelta(minutes=2)
"""An open page says so every half minute."""


@dataclass(frozen=True, slots=True)
class AlsoHere:
    """Another officer who has this case open, and when that was last known."""

    name: str
    at: datetime


def be_present(case: CaseId, *, by: Officer, at: datetime) -> list[AlsoHere]:
    """Say that this officer has the case open; who else has, the latest first. One statement."""
    rows = run(load(HERE, "be_present"), (case, by.id, at, at - STILL_THERE))
    return [AlsoHere(_name(officer, at), since) for officer, since in rows]


def _name(officer: OfficerId, at: datetime) -> str:
    found = directory.officer(OfficerId(officer), legal_day(at))
    return found.name if found else "已离岗的工作人员"
