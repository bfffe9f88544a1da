"""Who reacts to what. Every reaction between contexts is on this page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from procrastinate.tasks import Task

from tongban.identity import api as identity
from tongban.kernel import pages
from tongban.ledger import api as ledger

REACTIONS: Final[Mapping[str, Sequence["Task[..., None, Any]"]]] = {}
"""By an event's name, as its leaf tells it: the jobs to do once it is sealed, each given the case's id."""


def tell(rows: Sequence[ledger.Sealed], /) -> None:
    """Make the jobs of sealed events, in the transaction that seals them; one statement a kind of job."""
    cases: dict[Task[..., None, Any], list[int]] = {}
    for row in rows:
        for job in REACTIONS.get(row.told, ()):
            cases.setdefault(job, []).append(row.case_id)
    for job, ids in cases.items():
        job.batch_defer(*({"case_id": case} for case in ids))


def _nobody_yet(rows: Sequence[ledger.Sealed], /) -> None:
    """Places of arrivals are taken by cases."""


def connect() -> None:
    """Give every context what it asks for from above; called once, when the process begins."""
    ledger.supply(arrived=_nobody_yet, tell=tell)
    pages.supply(viewer_of=identity.viewer_of)
