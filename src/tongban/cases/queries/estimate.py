"""How long a case will probably take, from how long such cases really took."""

from datetime import datetime

from tongban.cases.queries.view import CaseView
from tongban.cases.rules.estimate import (
    LOOKED_BACK,
    MOST_COUNTED,
    Estimate,
    Took,
    estimate,
    may_be_estimated,
    sentences,
)
from tongban.engine.durations import LEAST
from tongban.kernel.sql import load, run


def estimate_of(view: CaseView, at: datetime) -> Estimate | None:
    """The estimate for a case that officers have yet to decide; None for any other. At most one statement."""
    if not may_be_estimated(view.state):
        return None
    head = view.state.head
    asked = (head.queue, head.item, at - LOOKED_BACK, at, LEAST, MOST_COUNTED)
    rows = run(load("tongban.cases", "took_of"), asked)
    took = [Took(office, applicant or 0) for _, office, applicant in rows]
    return estimate(took, here=any(here for here, _, _ in rows), facts=view.state.facts, at=at)


def estimate_in_words(told: Estimate) -> list[str]:
    """The estimate in plain words, a sentence each."""
    return list(sentences(told))
