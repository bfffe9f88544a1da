"""What the applicant still has to bring after a tolerant acceptance, and until when."""

from dataclasses import dataclass
from datetime import date, datetime

from tongban.cases.queries.view import CaseView, item_of
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day


@dataclass(frozen=True, slots=True)
class Owing:
    """The materials that are owed, and the last day to bring them; `late`: whether that is over."""

    materials: tuple[catalogue.Material, ...]
    until: date | None
    late: bool

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(one.kind for one in self.materials)


def owing_of(view: CaseView, at: datetime) -> Owing | None:
    """What is owed in a case that was accepted so; None where nothing is. No statement."""
    if "supply" not in view.acts:
        return None
    owed, due = view.state.facts.owed, view.due("supply")
    materials = tuple(one for one in item_of(view.state).materials if one.kind in owed)
    until = due.day if due else None
    return Owing(materials, until, until is not None and legal_day(at) > until)
