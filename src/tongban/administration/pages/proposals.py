"""A proposal: seen before it is confirmed and before it is agreed to; the spreadsheet that makes one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from tongban.administration import commands, queries
from tongban.engine.sheets import MOST_BYTES
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal
from tongban.kernel.spreadsheet import download


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(OFFICERS)
def proposal(request: OfficerRequest, proposal: UUID) -> HttpResponse:
    """What would change, and what may be pressed. One statement to look; ten and those of the steps to do."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    if request.method == "POST":
        return _pressed(request, proposal)
    view = queries.proposal_of(request.viewer, proposal)
    return render(request, "administration/proposal.html", {"view": view})


@sensitive_variables("done")
def _pressed(request: OfficerRequest, proposal: UUID) -> HttpResponse:
    acting: dict[str, Any] = {"by": request.viewer, "at": request.now}
    done: commands.Carrying | None
    match request.POST.get("do"):
        case "confirm":
            done = commands.confirm(proposal, **acting)
            if done is None:
                messages.success(request, "已经交出去，等另一位管理员看过以后同意。")
                return redirect("administration:proposal", proposal)
        case "agree":
            done = commands.agree(proposal, **acting)
        case "decline":
            commands.decline(proposal, request.POST.get("reason", ""), **acting)
            messages.success(request, "已经回复不同意，没有改动。")
            return redirect("administration:home")
        case "withdraw":
            commands.withdraw(proposal, **acting)
            messages.success(request, "已经撤回，没有改动。")
            return redirect("administration:home")
        case _:
            raise Refusal(
                "administration.proposal.nothing-pressed",
                says="没有选择要做什么。",
                do="请回到这一页，按其中一个按钮。",
                status=422,
            )
    if done.passwords or done.effects:
        return render(request, "administration/done.html", {"done": done})
    messages.success(request, "已经改好，写进了变更记录。")
    return redirect("administration:home")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def importing(request: OfficerRequest) -> HttpResponse:
    """A spreadsheet: every fault, or what it would change. No statement to ask, eight and those of trying."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    if request.method != "POST":
        return render(request, "administration/import.html", {})
    reason, file = request.POST.get("reason", ""), request.FILES.get("file")
    missing = _missing(reason, file is not None)
    if missing or file is None:
        told = {"missing": missing, "reason": reason}
        return render(request, "administration/import.html", told, status=422)
    content = file.read(MOST_BYTES + 1)
    found = commands.import_sheets(content, reason, by=request.viewer, at=request.now)
    if found.proposal is not None:
        return redirect("administration:proposal", found.proposal)
    context = {"found": found, "reason": reason, "file": file.name}
    return render(request, "administration/import.html", context, status=422 if found.faults else 200)


def _missing(reason: str, has_file: bool) -> list[dict[str, str]]:
    faults = []
    if not has_file:
        faults.append({"name": "file", "says": "没有选择文件。"})
    if len(reason.strip()) < 2:
        faults.append({"name": "reason", "says": "没有写为什么改。"})
    return faults


@require_safe
@open_to(OFFICERS)
def template(request: OfficerRequest) -> HttpResponse:
    """The sheets to fill in. No statement."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    return download(queries.template(), "template.xlsx", "机构人员模板.xlsx")


@require_safe
@open_to(OFFICERS)
def filled_in(request: OfficerRequest) -> HttpResponse:
    """What stands now, in the same sheets. Five statements."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    return download(queries.filled_in(request.viewer), "directory.xlsx", "机构人员.xlsx")
