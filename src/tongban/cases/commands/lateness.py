"""Lateness: an order to see to a pressing case, and the office's word on why it is late."""

from datetime import date, datetime

from tongban.cases.commands.change import Acted, changing
from tongban.cases.rules import lateness
from tongban.cases.rules.messages import worded
from tongban.kernel.access import Deed, Viewer
from tongban.kernel.ids import Version


def supervise(  # noqa: PLR0913 - an act of the case names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, days: int, text: str
) -> Acted:
    """Order that a pressing case is seen to, and explained within so many working days. No clock moves."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.SUPERVISE)
        digest = change.seal("order", worded(text, "order"))
        change.record(lateness.supervise(change.state, acting, days=days, text=digest))
        return change.acted


def explain(  # noqa: PLR0913 - an act of the case names all it needs
    number: str, *, seen: Version | None, by: Viewer, at: datetime, cause: str, until: date, text: str
) -> Acted:
    """Tell the applicant why their case is late and when it will be done; answers an open order."""
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.EXPLAIN_LATENESS)
        digest = change.seal("explanation", worded(text, "explanation"))
        change.record(lateness.explain(change.state, acting, cause=cause, until=until, text=digest))
        return change.acted
