"""The draft: its task list, and one page of questions at a time. Whatever is typed is kept, faulty or not."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tongban.cases import commands
from tongban.cases.commands import Typed
from tongban.cases.forms import answers_to
from tongban.cases.pages.way import (
    TO_BE_MENDED,
    address_of,
    led_to,
    next_after,
    of_draft,
    seen_of,
    writer_of,
)
from tongban.cases.queries import Answered, DraftView, MaterialTask, Page, draft_of, materials_asked
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.refusal import Refusal

OVERTAKEN = "cases.draft.changed-elsewhere"


@require_safe
@open_to(ANYONE)
@of_draft
def tasks(request: Request, view: DraftView) -> HttpResponse:
    """What is done and what is still to do. Two statements; one where no certificate stands for anything."""
    materials = materials_asked(view, at=request.now)
    context = {
        "view": view,
        "pages": [task for task in view.pages if task.progress != "not-asked"],
        "materials": [one for one in materials if one.material.may_be_handed_in],
        "spared": [one for one in materials if not one.material.may_be_handed_in],
        "next": next_after(view, "", materials),
        "left": left_of(view, materials),
    }
    return render(request, "cases/draft.html", context)


def left_of(view: DraftView, materials: list[MaterialTask]) -> int:
    """How many things are still to do before it can be handed in."""
    pages = sum(task.progress in ("to-do", "to-mend") for task in view.pages)
    return pages + sum(one.to_do or one.blocked for one in materials)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@open_to(ANYONE)
def page(request: Request, draft: UUID, code: str) -> HttpResponse:
    """One page of questions: one statement to show it, three to save it and go on."""
    return of_draft(lambda asked, view: _page(asked, view, code))(request, draft)


def _page(request: Request, view: DraftView, code: str) -> HttpResponse:
    found = view.page(code)
    if found is None or not view.reading.asked_on(found):
        # A question that another answer has made needless, or that a new version no longer asks.
        return redirect("cases:draft", view.id)
    if request.method != "POST":
        return _shown(request, view, found)
    asked = view.reading.asked_on(found)
    typed = Typed(code, asked, answers_to(asked, request.POST), seen_of(request))
    try:
        commands.save(view.id, typed, by=writer_of(request), at=request.now)
    except Refusal as refusal:
        if refusal.code != OVERTAKEN:
            raise
        return _overtaken(request, view, found, typed, refusal)
    return _saved(request, draft_of(view.id, writer_of(request)), found)


def _saved(request: Request, view: DraftView, found: Page) -> HttpResponse:
    if "later" in request.POST:
        return led_to(request, address_of(view, ""))
    if view.reading.faults_on(found):
        return _shown(request, view, found, judged=True)
    if request.POST.get("back") == "check":
        return led_to(request, address_of(view, "check"))
    materials = materials_asked(view, at=request.now)
    return led_to(request, next_after(view, found.code, materials))


def _shown(request: Request, view: DraftView, found: Page, *, judged: bool = False) -> HttpResponse:
    """The page with what was answered so far; faults are told once it was sent."""
    judged = judged or found.code in view.filled.saved
    lines = [(one, view.filled.answers.get(one.field.name), "") for one in view.answered_on(found)]
    faults = [one.fault for one, _, _ in lines if one.fault] if judged else []
    context = _context(request, view, found, lines) | {"faults": faults, "judged": judged}
    return render(
        request, "cases/page.html", context, status=TO_BE_MENDED if faults and request.POST else 200
    )


def _overtaken(
    request: Request, view: DraftView, found: Page, typed: Typed, refusal: Refusal
) -> HttpResponse:
    """What was typed here, and beside it what stands in the draft from elsewhere: nothing is lost."""
    view = draft_of(view.id, writer_of(request))
    differs = {fault["place"] for fault in refusal.faults}
    lines = [
        (
            one,
            typed.answers.get(one.field.name),
            one.said or _("（空着）") if one.field.name in differs else "",
        )
        for one in view.answered_on(found)
    ]
    context = _context(request, view, found, lines) | {"refusal": refusal}
    return render(request, "cases/page.html", context, status=refusal.status)


def _context(
    request: Request, view: DraftView, found: Page, lines: list[tuple[Answered, Any, str]]
) -> dict[str, Any]:
    asked = [task.page for task in view.pages if task.progress != "not-asked"]
    codes = [one.code for one in asked]
    return {
        "view": view,
        "page": found,
        "lines": lines,
        "number": codes.index(found.code) + 1 if found.code in codes else 1,
        "of": len(codes),
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "sources": sorted({one.source for one, _, _ in lines if one.source}),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
@of_draft
def discard(request: Request, view: DraftView) -> HttpResponse:
    """Ask once more, then delete the draft. Three statements at most."""
    if request.method != "POST":
        return render(request, "cases/discard.html", {"view": view})
    commands.discard(view.id, by=writer_of(request), at=request.now)
    return redirect("catalogue:guide", view.item.slug)
