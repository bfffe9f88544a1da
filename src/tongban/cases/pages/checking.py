"""Check your answers, then hand in: once, however often the button is pressed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.cases import commands
from tongban.cases.pages.way import TO_BE_MENDED, address_of, after_handing_in, of_draft, seen_of, writer_of
from tongban.cases.queries import SIGNED_PAPER, DraftView, MaterialTask, draft_of, materials_asked
from tongban.identity import api as identity
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.refusal import Refusal

MENDED_HERE = (409, TO_BE_MENDED)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
@of_draft
def check(request: Request, view: DraftView) -> HttpResponse:
    """Every answer once more, each with the way to change it; the button hands the draft in.

    Three statements at most to show it. What the draft was refused for is shown here, and nothing is lost.
    """
    if request.method != "POST":
        return _shown(request, view)
    try:
        number = _handed_in(request, view)
    except Refusal as refusal:
        if refusal.status not in MENDED_HERE:
            raise
        return _shown(request, draft_of(view.id, writer_of(request)), refusal)
    return redirect(after_handing_in(view, number))


def _handed_in(request: Request, view: DraftView) -> str:
    """The number of the case. At a window what was signed is put in first, so that no refusal loses it."""
    by, at, seen = writer_of(request), request.now, seen_of(request)
    signed = [(file.name or "", file.read()) for file in request.FILES.getlist("signed")]
    if view.at_window and signed:
        if faults := commands.attach(view.id, SIGNED_PAPER, signed, by=by, at=at):
            raise Refusal("papers.file.not-stored", faults[0]["says"], faults[0]["do"], status=TO_BE_MENDED)
        seen += 1
    return commands.hand_in(view.id, seen=seen, by=by, at=at, confirmed=request.POST.get("confirmed", ""))


def _shown(request: Request, view: DraftView, refusal: Refusal | None = None) -> HttpResponse:
    materials = materials_asked(view, at=request.now)
    context = {
        "view": view,
        "pages": [(task.page, lines) for task in view.pages if (lines := view.answered_on(task.page))],
        "materials": [one for one in materials if one.material.may_be_handed_in],
        "spared": [one for one in materials if not one.material.may_be_handed_in],
        "left": _left(view, materials),
        "acting_for": _acted_for(view),
        "signed": len(view.filled.files.get(SIGNED_PAPER, ())),
        "confirmed": request.POST.get("confirmed", ""),
        "refusal": refusal,
        "unconfirmed": view.at_window and refusal is not None and refusal.status == TO_BE_MENDED,
    }
    return render(request, "cases/check.html", context, status=refusal.status if refusal else 200)


def _left(view: DraftView, materials: list[MaterialTask]) -> list[dict[str, str]]:
    """What is still to do, each with the address where it can be done."""
    found = [
        {"says": fault.says, "address": f"{address_of(view, task.page.code)}?back=check#f-{fault.field}"}
        for task in view.pages
        for fault in view.reading.faults_on(task.page)
    ]
    for one in materials:
        address = f"{address_of(view, f'materials/{one.material.kind}')}?back=check"
        if one.blocked and one.held is not None:
            says = _(
                "您的“%(name)s”（%(number)s）%(says)s，不能用来办这件事。为什么、怎么办，写在“我的证照”里。"
            ) % {"name": one.held.name, "number": one.held.number, "says": one.held.says}
            found.append({"says": says, "address": "/wallet"})
        elif one.to_do:
            found.append(
                {"says": _("还没有上传“%(name)s”。") % {"name": one.material.name}, "address": address}
            )
    return found


def _acted_for(view: DraftView) -> identity.Principal | None:
    """Who is acted for. One statement, none where a person applies for themselves."""
    code = view.filled.acting_for
    if not code:
        return None
    return next((one for one in identity.principals_of(view.whose) if one.code == code), None)
