"""Where a case stands in the public log: the leaf of every event, and what proves the first."""

from dataclasses import dataclass

from tongban.cases.queries.papers import ReceiptFile, receipt_of
from tongban.cases.queries.view import CaseView, Told
from tongban.kernel.ids import EventId
from tongban.ledger import api as ledger


@dataclass(frozen=True, slots=True)
class LeafShown:
    """One event and its place in the public log; None until it is sealed."""

    told: Told
    index: int | None


@dataclass(frozen=True, slots=True)
class Proven:
    """The receipt with its proof, the tag that names the case in the log, and every event's leaf."""

    receipt: ReceiptFile
    tag: str
    leaves: list[LeafShown]
    size: int


def proof_of(view: CaseView) -> Proven:
    """Everything that proves one's own case. Five statements and more, as `receipt_of`."""
    places = ledger.places_of(EventId(told.id) for told in view.story)
    leaves = [LeafShown(told, places.get(told.id)) for told in view.story]
    return Proven(receipt_of(view), view.state.head.tag, leaves, ledger.standing().size)
