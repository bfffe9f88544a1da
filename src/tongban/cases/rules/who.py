"""Who did what in a case, in a few words with names: for officers alone."""

from collections.abc import Callable
from uuid import UUID

from tongban.cases.events import CaseGranted, CaseHandedOver, CaseRefused, CaseTaken, Event


def who_did(event: Event, name: Callable[[UUID], str]) -> str:
    """Whoever acted, in whose place, and to whom it went; empty where no officer did."""
    if event.by is None:
        return ""
    who = name(event.by)
    match event:
        case CaseTaken(assigned_by=UUID() as leader):
            return f"{name(leader)}分派给{who}"
        case CaseHandedOver(was=was, to=to) if was == event.by:
            return f"{who}移交给{name(to)}"
        case CaseHandedOver(was=was, to=to):
            return f"{who}把{name(was)}手上的移交给{name(to)}"
        case CaseGranted(second=UUID() as second) | CaseRefused(second=UUID() as second):
            return f"{who}决定，{name(second)}同意"
        case _ if event.stands_in_for is not None:
            return f"{who}，替{name(event.stands_in_for)}"
        case _:
            return who
