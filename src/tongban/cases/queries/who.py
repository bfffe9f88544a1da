"""Who did what in a case, by name: for officers; the applicant is told masked names where it matters."""

from datetime import date
from uuid import UUID

from tongban.cases.events import CaseGranted, CaseHandedOver, CaseRefused, CaseTaken, Event
from tongban.directory import api as directory
from tongban.kernel.ids import OfficerId


def who_did(event: Event, on: date) -> str:
    """Whoever acted, in whose place, and to whom it went; empty where no officer did. No statement."""
    if event.by is None:
        return ""
    who = name_of(event.by, on)
    match event:
        case CaseTaken(assigned_by=UUID() as leader):
            return f"{name_of(leader, on)}分派给{who}"
        case CaseHandedOver(was=was, to=to) if was == event.by:
            return f"{who}移交给{name_of(to, on)}"
        case CaseHandedOver(was=was, to=to):
            return f"{who}把{name_of(was, on)}手上的移交给{name_of(to, on)}"
        case CaseGranted(second=UUID() as second) | CaseRefused(second=UUID() as second):
            return f"{who}决定，{name_of(second, on)}同意"
        case _ if event.stands_in_for is not None:
            return f"{who}，替{name_of(event.stands_in_for, on)}"
        case _:
            return who


def name_of(officer: UUID | None, on: date) -> str:
    """An officer's name, as colleagues are told it."""
    found = directory.officer(OfficerId(officer), on) if officer else None
    return found.name if found else "已离岗的工作人员"
