"""What was said in a case, by whom, and whether one may still say something."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from tongban.cases.queries.looks import officer_in_words
from tongban.cases.queries.view import CaseView, Told, body_at, item_of
from tongban.cases.rules.contacts import CHANGEABLE, PHONE
from tongban.cases.rules.messages import MOST_LETTERS as MOST_LETTERS
from tongban.cases.rules.messages import talks_until
from tongban.cases.rules.state import Side
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Viewer, allowed


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `mine`: by the reader. `who`: the officer, masked, with the office; or the applicant."""

    seq: int
    at: datetime
    of_office: bool
    mine: bool
    who: str
    text: str


def messages_of(view: CaseView, viewer: Viewer) -> list[Message]:
    """What was said, in order, for whoever may read the content. No statement."""
    if view.purpose is None:
        return []
    said = [told for told in view.story if told.event.kind == "message-sent"]
    return [_message(told, view, viewer) for told in said]


def _message(told: Told, view: CaseView, viewer: Viewer) -> Message:
    by, item = told.event.by, item_of(view.state)
    office = item.bodies.get(body_at(view, told.seq), item.department)
    reader = viewer.officer.id if viewer.officer else None
    return Message(
        seq=told.seq,
        at=told.event.at,
        of_office=by is not None,
        mine=view.own if by is None else by == reader,
        who=officer_in_words(by, legal_day(told.event.at), office) if by else gettext("申请人"),
        text=told.text or "",
    )


def may_write(view: CaseView, viewer: Viewer, at: datetime) -> bool:
    """Whether this viewer may say something here now."""
    if view.erased or not allowed(viewer, Deed.WRITE_MESSAGE, view.state.thing):
        return False
    until = talks_until(view.state, (told.event for told in view.story))
    return until is None or at <= until


def waits_for_office(view: CaseView) -> bool:
    """Whether the applicant's message has not been answered yet."""
    return view.state.last_word is Side.APPLICANT


def phone_of(view: CaseView) -> str | None:
    """The telephone number as last given; None where none is asked for, or it may not be read or changed."""
    if view.answers is None or view.state.stage not in CHANGEABLE:
        return None
    form = catalogue.item_version(view.state.head.item, view.state.head.item_version).form
    name = next((field.name for _, field, _ in form.asked if field.element == PHONE), None)
    return str(view.answers.get(name, "")) if name else None
