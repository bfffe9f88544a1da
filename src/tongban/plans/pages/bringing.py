"""A plan in a spreadsheet: every fault by its cell, or what it would change, seen and confirmed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tongban.engine.sheets import MOST_BYTES
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.spreadsheet import download
from tongban.plans import commands, queries

LONGEST_REASON = 300


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def bring(request: OfficerRequest) -> HttpResponse:
    """Upload a plan. No statement to ask, four to judge it."""
    allow(request.viewer, Deed.SUPERVISE_PLANS, _own(request))
    if request.method != "POST":
        return render(request, "plans/desk/import.html", {})
    reason, file = request.POST.get("reason", "").strip(), request.FILES.get("file")
    missing = _missing(reason, file is not None)
    if missing or file is None:
        told = {"missing": missing, "reason": reason}
        return render(request, "plans/desk/import.html", told, status=422)
    found = commands.bring(file.read(MOST_BYTES + 1), reason, by=request.viewer, at=request.now)
    if found.reading is not None:
        return redirect("plans:reading", found.reading)
    context = {"found": found, "reason": reason, "file": file.name}
    return render(request, "plans/desk/import.html", context, status=422 if found.faults else 200)


def _own(request: OfficerRequest) -> Thing:
    """A plan of one's own body."""
    return Thing(body=request.officer.body, region=request.officer.region)


def _missing(reason: str, has_file: bool) -> list[dict[str, str]]:
    faults = []
    if not has_file:
        faults.append({"name": "file", "says": "没有选择文件。"})
    if not 2 <= len(reason) <= LONGEST_REASON:
        faults.append({"name": "reason", "says": f"请写明依据哪份文件，不超过 {LONGEST_REASON} 字。"})
    return faults


@require_safe
@open_to(OFFICERS)
def template(request: OfficerRequest) -> HttpResponse:
    """The sheets to fill in. One statement."""
    allow(request.viewer, Deed.SUPERVISE_PLANS, _own(request))
    return download(queries.template(), "plan-template.xlsx", "实施方案模板.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(OFFICERS)
def reading(request: OfficerRequest, reading: UUID) -> HttpResponse:
    """What a plan that was read would change; pressed, all of it is done or nothing. Four statements."""
    if request.method == "POST" and "discard" in request.POST:
        commands.discard(reading, by=request.viewer)
        messages.success(request, "没有导入，台账没有变。")
        return redirect("plans:home")
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        slug = commands.adopt(reading, seen, by=request.viewer, at=request.now)
        messages.success(request, "已经导入，写进了台账。")
        return redirect("plans:plan", slug)
    view = queries.look(reading, request.viewer, at=request.now)
    return render(request, "plans/desk/reading.html", {"view": view})
