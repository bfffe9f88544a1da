"""One material a page: photographed or chosen, looked at, put in order, taken out."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.cases import commands
from tongban.cases.pages.way import (
    TO_BE_MENDED,
    address_of,
    led_to,
    next_after,
    of_draft,
    writer_of,
)
from tongban.cases.queries import MOST_PAGES, DraftView, MaterialTask, draft_of, files_of, materials_asked
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.ids import FileId
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.refusal import Refusal

WAYS = ("remove", "up", "down")
INPUTS = ("photo", "file")
"""The camera's, and the one for whatever is on the device already."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def material(request: Request, draft: UUID, kind: str) -> HttpResponse:
    """One material of a draft; who is not signed in signs in first. Three statements to show it.

    Files are stored as they come, each for itself; with the button the next thing to do comes.
    """
    allow(request.viewer, Deed.STORE_FILE, Thing())
    return of_draft(lambda asked, view: _material(asked, view, kind))(request, draft)


def _material(request: Request, view: DraftView, kind: str) -> HttpResponse:
    tasks = materials_asked(view, at=request.now)
    task = next((one for one in tasks if one.material.kind == kind), None)
    if task is None or not task.material.may_be_handed_in:
        return redirect("cases:draft", view.id)
    if request.method != "POST":
        return _shown(request, view, task)
    faults = _done(request, view, kind)
    view = draft_of(view.id, writer_of(request))
    tasks = materials_asked(view, at=request.now)
    task = next(one for one in tasks if one.material.kind == kind)
    here = address_of(view, f"materials/{kind}")
    if "go-on" in request.POST and not faults:
        if not task.to_do:
            return led_to(request, _onward(request, view, kind, tasks))
        says = _("还没有上传“%(name)s”。") % {"name": task.material.name}
        faults = [{"name": "file", "says": says, "do": _("请拍照，或从手机、电脑里选。")}]
    return _shown(request, view, task, faults) if faults else led_to(request, here)


def _onward(request: Request, view: DraftView, kind: str, tasks: list[MaterialTask]) -> str:
    if request.POST.get("back") == "check":
        return address_of(view, "check")
    return next_after(view, f"materials/{kind}", tasks)


def _done(request: Request, view: DraftView, kind: str) -> list[dict[str, Any]]:
    """Put files in, or move or take out one of them; faults where that could not be."""
    by, at = writer_of(request), request.now
    for way in WAYS:
        with suppress(ValueError):
            if chosen := request.POST.get(way):
                commands.arrange(view.id, kind, FileId(UUID(chosen)), way, by=by, at=at)
    uploads = [(file.name or "", file.read()) for name in INPUTS for file in request.FILES.getlist(name)]
    if not uploads:
        return []
    try:
        found = commands.attach(view.id, kind, uploads, by=by, at=at)
    except Refusal as refusal:
        if refusal.status != TO_BE_MENDED:
            raise
        found = [{"says": refusal.says, "do": refusal.do}]
    return [{"name": "file"} | one for one in found]


def _shown(
    request: Request, view: DraftView, task: MaterialTask, faults: list[dict[str, Any]] | None = None
) -> HttpResponse:
    files = files_of(view, task.material.kind, at=request.now)
    context = {
        "view": view,
        "task": task,
        "material": task.material,
        "files": files,
        "photos": sum(one.photo for one in files),
        "most": MOST_PAGES,
        "faults": faults or [],
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    return render(request, "cases/material.html", context, status=TO_BE_MENDED if faults else 200)
