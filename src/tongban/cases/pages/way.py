"""What all pages of a draft share: who writes it, the browser's secret, where the next page is."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.cases import commands
from tongban.cases.commands import KEPT_UNCLAIMED, Writer
from tongban.cases.queries import DraftView, MaterialTask, Progress, draft_of, next_code
from tongban.catalogue import api as catalogue
from tongban.kernel.pages import Request
from tongban.kernel.refusal import Refusal

COOKIE: Final = "drafts"
"""Holds the secret by which this browser opens what it began before sign-in; nothing else does."""

TO_BE_MENDED: Final = 422
WINDOW: Final = "/desk/window"
LEFT: Final = (Progress.TO_DO, Progress.TO_MEND)


def writer_of(request: Request) -> Writer:
    """Who fills in: the viewer, and the secret of this browser if it has one. An officer bears none."""
    kept = request.COOKIES.get(COOKIE, "") if request.viewer.officer is None else ""
    try:
        secret = bytes.fromhex(kept) if len(kept) == 64 else None
    except ValueError:
        secret = None
    return Writer(request.viewer, secret, now=request.now)


def writer_to_be(request: Request) -> Writer:
    """The same, with a new secret for a browser that needs one and has none."""
    writer = writer_of(request)
    if request.viewer.person is None and writer.secret is None:
        writer = Writer(request.viewer, secrets.token_bytes(32))
    return replace(writer, address=request.META.get("REMOTE_ADDR", ""))


def remember(answer: HttpResponse, writer: Writer) -> None:
    """Let the browser keep its secret for as long as what it opens is kept."""
    assert writer.secret is not None
    answer.set_cookie(
        COOKIE,
        writer.secret.hex(),
        max_age=int(KEPT_UNCLAIMED.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


Drafted = Callable[[Request, DraftView], HttpResponse]


def of_draft(page: Drafted) -> Callable[[Request, UUID], HttpResponse]:
    """A page of one draft: opened for its writer, and first made their own if they signed in since.

    One statement; five more where it is claimed. What was submitted already leads to its receipt.
    """

    @wraps(page)
    def opened(request: Request, draft: UUID) -> HttpResponse:
        writer = writer_of(request)
        view = draft_of(draft, writer)
        if view.submitted is not None:
            return redirect(after_handing_in(view, view.submitted))
        if not view.claimed and request.viewer.person is not None:
            commands.claim(draft, by=writer, at=request.now)
            view = draft_of(draft, writer)
        answer = page(request, view)
        if not view.claimed:
            remember(answer, writer)
        answer["Cache-Control"] = "no-store"
        return answer

    return opened


def people_only() -> Refusal:
    """The refusal of an officer where an applicant is meant."""
    return Refusal(
        "access.people-only",
        says=_("这一页是给申请人的，工作人员的账号不能使用。"),
        do=_("请退出后，用本人的账号登录。"),
        status=403,
    )


def after_handing_in(view: DraftView, number: str) -> str:
    """Where one is led whose draft became a case: to the receipt, or at a window to what is printed there."""
    if view.at_window:
        return f"{WINDOW}/{'joint' if isinstance(view.item, catalogue.Joint) else 'cases'}/{number}"
    if isinstance(view.item, catalogue.Joint):
        return reverse("cases:joint", args=[number])
    # What was decided at once is shown at once; the receipt is a step away.
    at_once = isinstance(view.item, catalogue.Item) and view.item.rule is not None
    return reverse("cases:case" if at_once else "cases:receipt", args=[number])


def led_to(request: Request, address: str) -> HttpResponse:
    """On to another page; a script that sent the form is told where, for it goes there itself."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"next": address})
    return redirect(address)


def next_after(view: DraftView, code: str, materials: list[MaterialTask]) -> str:
    """The address of the next thing to do behind this page or material; the check page when all is done."""
    pages = {task.page.code: task.progress for task in view.pages}
    kinds = {f"materials/{one.material.kind}": one for one in materials if one.material.may_be_handed_in}
    to_do = [one for one, progress in pages.items() if progress in LEFT]
    to_do += [one for one, task in kinds.items() if task.to_do]
    found = next_code(code, [*pages, *kinds], to_do)
    return address_of(view, found or "check")


def address_of(view: DraftView, code: str) -> str:
    """The address of a page, a material or another place of a draft; of its task list, without a code."""
    if not code:
        return reverse("cases:draft", args=[view.id])
    if code.startswith("materials/"):
        return reverse("cases:draft-material", args=[view.id, code.removeprefix("materials/")])
    return reverse("cases:draft-page", args=[view.id, code])


def seen_of(request: Request) -> int:
    """The draft's version that the page showed; 0, which nothing was changed before, where it says none."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
