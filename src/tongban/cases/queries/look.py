"""Looking: an officer's look at a person's case is recorded with its purpose, before anything is shown."""

from datetime import datetime

from django.db import transaction

from tongban.cases.queries.view import CaseView, view_of
from tongban.kernel.access import Viewer
from tongban.ledger import api as ledger


def look_at(number: str, viewer: Viewer, *, at: datetime, what: str = "content") -> CaseView:
    """The case for this viewer. An officer who is shown its content leaves a look that the person can see.

    Two statements for an officer, one for the applicant.
    """
    with transaction.atomic():
        view = view_of(number, viewer, at=at)
        if viewer.officer is not None and view.purpose is not None and not view.own:
            head = view.state.head
            looked = ledger.Looked(head.id, head.applicant, viewer.officer, view.purpose, what)
            ledger.record_look(looked, at)
    return view
