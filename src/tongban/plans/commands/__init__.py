"""What changes: a plan is read and adopted, published, reported on, answered for."""

from tongban.plans.commands.acting import (
    Done,
    Report,
    Seen,
    ask_postponement,
    change_lead,
    confirm,
    declare,
    decline,
    drop,
    grant,
    reopen,
    report,
    send_back,
)
from tongban.plans.commands.adopting import (
    Brought,
    adopt,
    bring,
    discard,
    enter,
    expire,
    publish,
)
from tongban.plans.rules.register import Head, Job, Told, ToldPlan

__all__ = [
    "Brought",
    "Done",
    "Head",
    "Job",
    "Report",
    "Seen",
    "Told",
    "ToldPlan",
    "adopt",
    "ask_postponement",
    "bring",
    "change_lead",
    "confirm",
    "declare",
    "decline",
    "discard",
    "drop",
    "enter",
    "expire",
    "grant",
    "publish",
    "reopen",
    "report",
    "send_back",
]
