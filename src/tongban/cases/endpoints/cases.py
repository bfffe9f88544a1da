"""Apply, and ask: the list, a case, its story, its receipt, its files."""

from typing import Annotated

import orjson
from django.http import HttpResponse
from ninja import Header, Path, Query, Router

from tongban.cases.commands import submit
from tongban.cases.endpoints import shown
from tongban.cases.endpoints.files import TEXT, also, handed_out
from tongban.cases.endpoints.given import QUEUE, ApplicationGiven, Code, Number
from tongban.cases.queries import (
    Filters,
    Stage,
    cases,
    codes_for,
    file_of,
    paper_of,
    receipt_of,
    view_of,
)
from tongban.cases.queries.look import look_at
from tongban.kernel.ids import ItemCode, QueueId
from tongban.kernel.pages import Request
from tongban.kernel.paging import Key, Limit, key_behind, page

router = Router()


@router.post(
    "",
    response={201: shown.Receipt, 200: shown.Receipt},
    operation_id="submit",
)
def submit_application(
    request: Request,
    given: ApplicationGiven,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            pattern=r"^[ -~]{1,128}$",
            description="The same key with the same content gives the same case and receipt (200).",
        ),
    ] = None,
) -> HttpResponse:
    """Apply. Answered with the signed receipt; every fault is named at once."""
    done = submit(given.application(), by=request.viewer, key=key, at=request.now)
    # Straight to bytes: on the hottest way a checked model would only repeat what is known.
    return HttpResponse(
        orjson.dumps({"number": done.number, "receipt": done.receipt, "proof": None}),
        content_type="application/json",
        status=201 if done.fresh else 200,
        headers={"Location": f"{request.path}/{done.number}"},
    )


@router.get("", response=shown.CasePage, operation_id="cases")
def list_cases(  # noqa: PLR0913 - a list is narrowed by what it is asked
    request: Request,
    stage: Annotated[Stage | None, Query()] = None,
    item: Annotated[Code | None, Query()] = None,
    queue: Annotated[str | None, Query(pattern=QUEUE)] = None,
    open: Annotated[bool | None, Query(description="True: still under way; false: closed.")] = None,
    before: Annotated[str | None, Query(max_length=20, description="The `next` of the page before.")] = None,
    limit: Limit = 30,
) -> shown.CasePage:
    """Your own cases; for officers those of the body, for supervisors those of the region. Newest first."""
    filters = Filters(stage, ItemCode(item) if item else None, QueueId(queue) if queue else None, open)
    behind = key_behind(before) if before is not None else None
    rows = cases(request.viewer, filters, at=request.now, before=behind, limit=limit + 1)
    return shown.case_page(page(rows, limit, lambda row: row.id))


@router.get("/{no}", response=shown.CaseShown, operation_id="case")
def one_case(request: Request, no: Number) -> shown.CaseShown:
    """A case: where it stands, its deadlines, its place, its story. An officer's look is recorded."""
    view = look_at(no, request.viewer, at=request.now)
    return shown.case(view, codes_for(view, request.viewer, request.now))


@router.get("/{no}/events", response=shown.Story, operation_id="events")
def events(request: Request, no: Number) -> shown.Story:
    """What happened, in order. An officer's look is recorded."""
    return shown.story(look_at(no, request.viewer, at=request.now, what="story"))


@router.get(
    "/{no}/receipt",
    response=shown.Receipt,
    openapi_extra=also("text/plain", schema=TEXT),
    operation_id="receipt",
)
def receipt(request: Request, no: Number) -> shown.Receipt | HttpResponse:
    """The receipt as a file to keep, with the proof of its leaf once sealed; JSON if you accept only that."""
    kept = receipt_of(view_of(no, request.viewer, at=request.now))
    if request.get_preferred_type(["text/plain", "application/json"]) == "application/json":
        return shown.Receipt(number=no, receipt=kept.receipt, proof=kept.proof)
    return HttpResponse(kept.text, content_type="text/plain; charset=utf-8")


@router.get(
    "/{no}/materials/{id}",
    openapi_extra=also("image/jpeg", "image/png", "application/pdf"),
    operation_id="material",
)
def material(request: Request, no: Number, id: Annotated[Key, Path()]) -> HttpResponse:
    """One file that was handed in, to be saved and not opened in place. An officer's look is recorded."""
    return handed_out(file_of(look_at(no, request.viewer, at=request.now, what="file"), id))


@router.get(
    "/{no}/papers/{seq}",
    openapi_extra=also("application/pdf"),
    operation_id="paper",
)
def paper(request: Request, no: Number, seq: Annotated[int, Path(ge=1, le=32767)]) -> HttpResponse:
    """The signed PDF that the `seq`-th event of the story gave. An officer's look is recorded."""
    return handed_out(paper_of(look_at(no, request.viewer, at=request.now, what="paper"), seq))
