"""Following one's own cases: the list, the case, the receipt, the files."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST, require_safe

from tongban.cases import commands
from tongban.cases.queries import (
    CaseView,
    File,
    Wanted,
    Which,
    answers_of,
    ceiling_for,
    estimate_in_words,
    estimate_of,
    explained,
    file_of,
    look_at,
    looks_at,
    materials_of,
    may_write,
    messages_of,
    owing_of,
    own_cases,
    paper_of,
    papers_of,
    part_of,
    phone_of,
    receipt_of,
    sources_of,
    standing_of,
    steps_of,
    stood_for,
    view_of,
)
from tongban.certificates import api as certificates
from tongban.kernel.pages import OFFICERS, PEOPLE, Request, open_to
from tongban.kernel.paging import key_behind, page
from tongban.notices import api as notices

ON_A_PAGE: Final = 20
WHICH: Final[Mapping[Which, str]] = {"open": noop("办理中"), "to-do": noop("要我做的"), "done": noop("办结")}
"""The parts of the list of one's own cases, by name."""

LONGEST_WORDS: Final = 60


@require_safe
@open_to(PEOPLE)
def mine(request: Request) -> HttpResponse:
    """One's own cases and those of the enterprises one may act for, narrowed and searched."""
    before = request.GET.get("before")
    behind = key_behind(before) if before else None
    wanted = _wanted(request.GET)
    rows = own_cases(request.viewer, wanted, at=request.now, before=behind, limit=ON_A_PAGE + 1)
    shown = page(rows, ON_A_PAGE, lambda row: row.id)
    context = {"page": shown, "first": behind is None, "wanted": wanted, "kinds": WHICH.items()}
    return render(request, "cases/mine.html", context)


@require_safe
@open_to(PEOPLE)
def case(request: Request, number: str) -> HttpResponse:
    """One's case: where it stands, what comes next and by when, what happened, what was said, who looked."""
    view = view_of(number, request.viewer, at=request.now)
    notice = next((told for told in reversed(view.story) if told.faults), None)
    told = estimate_of(view, request.now)
    sources, talk = sources_of(view), messages_of(view, request.viewer)
    context = {
        "view": view,
        "standing": standing_of(view, request.now),
        "estimate": estimate_in_words(told) if told else [],
        "owing": owing_of(view, request.now),
        "notice": notice if "resubmit" in view.acts else None,
        "reminder": view.acted[-1] if view.acted[-1].event.kind == "reminded" else None,
        "may_withdraw": "withdraw" in view.acts,
        "may_write": may_write(view, request.viewer, request.now),
        "may_change_contact": phone_of(view) is not None and not view.erased,
        "messages_told": len(talk),
        "latest": talk[-1:],
        "story": view.acted[::-1],
        "sections": answers_of(view),
        "materials": materials_of(view),
        "sources": sources,
        "handed_in": sum(bool(one.files) for one in sources),
        "stood_for": stood_for(view),
        "certificates": certificates.of_case(view.state.head.id, request.viewer, at=request.now),
        "papers": papers_of(view),
        "looks": looks_at(view),
        "explained": explained(view, at=request.now),
        "steps": steps_of(view),
        "part": part_of(view),
        "ceiling": ceiling_for(view, request.now),
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
        "mailbox": notices.mailbox_of(request.viewer),
        "mail": "mailto:?"
        + urlencode(
            {"subject": _("收件凭证 %(number)s") % {"number": number}, "body": told}, quote_via=quote
        ),
    }
    return render(request, "cases/receipt.html", context)


@require_POST
@open_to(PEOPLE)
def receipt_by_mail(request: Request, number: str) -> HttpResponse:
    """Have the receipt sent to one's own confirmed address."""
    commands.ask_receipt_mail(number, by=request.viewer, at=request.now)
    messages.success(request, _("收件凭证正在发到您的邮箱，一般一两分钟就到。"))
    return redirect("cases:receipt", number)


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
    return handed_out(file_of(look_at(number, request.viewer, at=request.now, what="file"), id), saved=True)


@require_safe
@open_to(PEOPLE, OFFICERS)
def paper(request: Request, number: str, seq: int) -> HttpResponse:
    """One paper of the case, to read and to print; an officer's look is recorded."""
    return handed_out(
        paper_of(look_at(number, request.viewer, at=request.now, what="paper"), seq), saved=False
    )


def _wanted(asked: QueryDict) -> Wanted:
    """Which of one's own cases an address asks for; what it cannot mean is no narrowing."""
    which = next((one for one in WHICH if one == asked.get("which")), None)
    return Wanted(which, asked.get("q", "").strip()[:LONGEST_WORDS])


def handed_out(file: File, *, saved: bool) -> HttpResponse:
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
