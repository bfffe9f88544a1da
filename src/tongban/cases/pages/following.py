"""Following one's own cases: the list, the case, the receipt, the files."""

from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.cases.queries import (
    CaseView,
    File,
    Filters,
    answers_of,
    cases,
    file_of,
    look_at,
    looks_at,
    materials_of,
    paper_of,
    papers_of,
    receipt_of,
    standing_of,
    stood_for,
    view_of,
)
from tongban.certificates import api as certificates
from tongban.kernel.pages import OFFICERS, PEOPLE, Request, open_to
from tongban.kernel.paging import key_behind, page

ON_A_PAGE = 20


@require_safe
@open_to(PEOPLE)
def mine(request: Request) -> HttpResponse:
    """One's own cases and those of the enterprises one may act for, the newest first."""
    before = request.GET.get("before")
    behind = key_behind(before) if before else None
    rows = cases(request.viewer, Filters(), at=request.now, before=behind, limit=ON_A_PAGE + 1)
    shown = page(rows, ON_A_PAGE, lambda row: row.id)
    return render(request, "cases/mine.html", {"page": shown, "first": behind is None})


@require_safe
@open_to(PEOPLE)
def case(request: Request, number: str) -> HttpResponse:
    """One's case: where it stands, what comes next and by when, what happened, who looked."""
    view = view_of(number, request.viewer, at=request.now)
    notice = next((told for told in reversed(view.story) if told.faults), None)
    context = {
        "view": view,
        "standing": standing_of(view, request.now),
        "notice": notice if "resubmit" in view.acts else None,
        "reminder": view.story[-1] if view.story[-1].event.kind == "reminded" else None,
        "may_withdraw": "withdraw" in view.acts,
        "story": view.story[::-1],
        "sections": answers_of(view),
        "materials": materials_of(view),
        "stood_for": stood_for(view),
        "certificates": certificates.of_case(view.state.head.id, request.viewer, at=request.now),
        "papers": papers_of(view),
        "looks": looks_at(view),
    }
    return render(request, "cases/case.html", context)


@require_safe
@open_to(PEOPLE)
def receipt(request: Request, number: str) -> HttpResponse:
    """The receipt, to read, to keep, to print and to send; and what happens next."""
    view = view_of(number, request.viewer, at=request.now)
    told = _told_of(view)
    context = {
        "view": view,
        "receipt": receipt_of(view),
        "standing": standing_of(view, request.now),
        "share": told,
        "mail": "mailto:?" + urlencode({"subject": f"收件凭证 {number}", "body": told}, quote_via=quote),
    }
    return render(request, "cases/receipt.html", context)


def _told_of(view: CaseView) -> str:
    """The receipt in one message: what anybody may be told who is sent it, and no more."""
    received = localtime(view.received_at)
    return _("%(item)s，办件编号 %(number)s，%(received)s 收到。") % {
        "item": view.item_name,
        "number": view.state.head.number,
        "received": received.strftime("%Y-%m-%d %H:%M"),
    }


@require_safe
@open_to(PEOPLE)
def receipt_file(request: Request, number: str) -> HttpResponse:
    """The receipt as a file to keep and to check: the signed note, and its proof once sealed."""
    kept = receipt_of(view_of(number, request.viewer, at=request.now))
    name = content_disposition_header(as_attachment=True, filename=f"receipt-{number}.txt")
    headers = {"Content-Disposition": name or ""}
    return HttpResponse(kept.text, content_type="text/plain; charset=utf-8", headers=headers)


@require_safe
@open_to(PEOPLE, OFFICERS)
def material(request: Request, number: str, id: int) -> HttpResponse:
    """One file that was handed in, to be saved; an officer's look is recorded."""
    return _handed_out(file_of(look_at(number, request.viewer, at=request.now, what="file"), id), saved=True)


@require_safe
@open_to(PEOPLE, OFFICERS)
def paper(request: Request, number: str, seq: int) -> HttpResponse:
    """One paper of the case, to read and to print; an officer's look is recorded."""
    return _handed_out(
        paper_of(look_at(number, request.viewer, at=request.now, what="paper"), seq), saved=False
    )


def _handed_out(file: File, *, saved: bool) -> HttpResponse:
    """A file for one person alone. What others handed in is saved and never opened inside our own pages."""
    return HttpResponse(
        file.content,
        content_type=file.type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=saved, filename=file.name) or "",
            # In a sandbox no browser opens its own viewer of PDFs; what is saved needs none.
            "Content-Security-Policy": "default-src 'none'; sandbox" if saved else "default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
