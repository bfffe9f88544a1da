"""The door of plans."""

from tongban.plans.commands import (
    Done,
    Head,
    Job,
    Report,
    Seen,
    Told,
    ToldPlan,
    ask_postponement,
    bring,
    confirm,
    declare,
    enter,
    expire,
    grant,
    publish,
    report,
)
from tongban.plans.queries import Awaited, awaited, versions_of

__all__ = [
    "Awaited",
    "Done",
    "Head",
    "Job",
    "Report",
    "Seen",
    "Told",
    "ToldPlan",
    "ask_postponement",
    "awaited",
    "bring",
    "confirm",
    "declare",
    "enter",
    "expire",
    "grant",
    "publish",
    "report",
    "versions_of",
]
