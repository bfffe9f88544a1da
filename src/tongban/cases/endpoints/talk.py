"""What is said in a case: messages, another telephone number, looks and doubts about them, the estimate."""

from typing import Annotated

from ninja import Path, Query, Router, Status

from tongban.cases import commands
from tongban.cases.endpoints import given, shown, talked
from tongban.cases.endpoints.given import Number
from tongban.cases.queries import (
    clocks_of,
    contests_open,
    estimate_of,
    look_at,
    looks_at,
    looks_of,
    messages_of,
    view_of,
)
from tongban.kernel.access import Deed, allow
from tongban.kernel.ids import Version
from tongban.kernel.pages import Request
from tongban.kernel.paging import Key, Limit, key_behind, page

router = Router()
looks_router = Router()
contests_router = Router()


@router.get("/{no}/messages", response=talked.Messages, operation_id="messages")
def read_messages(request: Request, no: Number) -> talked.Messages:
    """What was said between the applicant and the office. An officer's look is recorded."""
    view = look_at(no, request.viewer, at=request.now)
    return talked.messages(no, messages_of(view, request.viewer))


@router.post("/{no}/messages", response={201: shown.ActShown}, operation_id="message")
def send_message(request: Request, no: Number, message: given.Message) -> Status[shown.ActShown]:
    """Say something in the case. With `after` the same words are sent once, however often they are posted."""
    done = commands.send_message(
        no, by=request.viewer, at=request.now, text=message.text, after=message.after
    )
    return Status(201, shown.acted(done))


@router.post("/{no}/contact", response=shown.ActShown, operation_id="contact")
def change_contact(request: Request, no: Number, contact: given.Contact) -> shown.ActShown:
    """Give another telephone number while the case is open."""
    seen = None if contact.seen is None else Version(contact.seen)
    return shown.acted(
        commands.change_contact(no, seen=seen, by=request.viewer, at=request.now, phone=contact.phone)
    )


@router.get("/{no}/clocks", response=talked.Clocks, operation_id="clocks")
def clocks(request: Request, no: Number) -> talked.Clocks:
    """How every deadline of the case was counted, day by day."""
    return talked.clocks(no, clocks_of(view_of(no, request.viewer, at=request.now)))


@router.get("/{no}/estimate", response=talked.EstimateShown, operation_id="estimate")
def estimate(request: Request, no: Number) -> talked.EstimateShown:
    """How long such cases really took, and what is probably left of this one; never a promise."""
    view = view_of(no, request.viewer, at=request.now)
    return talked.estimate(no, estimate_of(view, request.now))


@router.get("/{no}/looks", response=talked.Looks, operation_id="looks")
def looks(request: Request, no: Number) -> talked.Looks:
    """Who looked at your data in this case, when, why and at what."""
    view = view_of(no, request.viewer, at=request.now)
    allow(request.viewer, Deed.ACT_AS_APPLICANT, view.state.thing)
    return talked.looks(no, looks_at(view))


@router.post("/{no}/looks/{look}/contest", response={201: shown.ActShown}, operation_id="contest")
def contest_look(
    request: Request, no: Number, look: Annotated[Key, Path()], said: given.Doubt
) -> Status[shown.ActShown]:
    """Doubt a look; somebody else than the one who looked answers."""
    done = commands.contest_look(no, look, by=request.viewer, at=request.now, text=said.text)
    return Status(201, shown.acted(done))


@router.post("/{no}/contests/{seq}/answer", response=shown.ActShown, operation_id="answer")
def answer_contest(
    request: Request, no: Number, seq: Annotated[int, Path(ge=1, le=32767)], said: given.Doubt
) -> shown.ActShown:
    """Answer a doubt about somebody else's look."""
    return shown.acted(commands.answer_contest(no, seq, by=request.viewer, at=request.now, text=said.text))


@looks_router.get("", response=talked.LooksOfMine, operation_id="all_looks")
def all_looks(
    request: Request,
    before: Annotated[str | None, Query(max_length=20, description="The `next` of the page before.")] = None,
    limit: Limit = 30,
) -> talked.LooksOfMine:
    """Officers' looks at your data in all your cases, the latest first."""
    behind = key_behind(before) if before is not None else None
    rows = looks_of(request.viewer, before=behind, limit=limit + 1)
    return talked.looks_of_mine(page(rows, limit, lambda row: row.id))


@contests_router.get("", response=talked.Contests, operation_id="contests")
def contests(request: Request) -> talked.Contests:
    """Doubts about looks that wait for your answer, the most pressing first."""
    return talked.contests(contests_open(request.viewer))
