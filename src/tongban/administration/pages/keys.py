"""The master keys: what hangs on them, everything wrapped anew under the newest, an old one taken out."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tongban.administration import commands, queries
from tongban.administration.commands import steps
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal

REWRAP: Final = "rewrap"
RETIRE: Final = "retire"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def keys(request: OfficerRequest) -> HttpResponse:
    """How the master keys stand; pressed, a change to them is prepared. At most four statements to look."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    if request.method != "POST":
        return _shown(request)
    asked, reason = _asked(request), request.POST.get("reason", "")
    if len(reason.strip()) < 2:
        return _shown(request, reason=reason)
    wanted = commands.Asked(*asked, reason)
    return redirect("administration:proposal", commands.propose(wanted, by=request.viewer, at=request.now))


def _asked(request: OfficerRequest) -> tuple[str, list[commands.Step]]:
    master = request.POST.get("master", "")
    match request.POST.get("do"):
        case "rewrap":
            return "更换主密钥", [steps.RewrapKeys(master)]
        case "retire":
            return f"停用主密钥 {master[:20]}", [steps.RetireMaster(master)]
        case _:
            raise Refusal(
                "administration.keys.nothing-pressed",
                says="没有选择要做什么。",
                do="请回到密钥页面，按其中一个按钮。",
                status=422,
            )


def _shown(request: OfficerRequest, reason: str | None = None) -> HttpResponse:
    """The page; `reason` is what was typed as one, where it was not enough."""
    context: dict[str, Any] = {"view": queries.keys_of(at=request.now), "reason": reason or ""}
    if reason is not None:
        box = f"reason-{request.POST.get('do')}-{request.POST.get('master', '')}"
        context |= {"missing": [{"name": box, "says": "没有写为什么改。"}], "box": box}
    return render(request, "administration/keys.html", context, status=200 if reason is None else 422)
