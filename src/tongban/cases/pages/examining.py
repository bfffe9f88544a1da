"""Examining: the checklist is ticked, a file is looked at beside the answers, spots are marked."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.cases import commands
from tongban.cases.queries import (
    Sight,
    Spot,
    answers_checked,
    examines,
    file_shown,
    look_at,
    materials_checked,
    pressed_at,
    spot_of,
    view_of,
)
from tongban.kernel.pages import OFFICERS, PEOPLE, OfficerRequest, Request, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422
NINTHS: Final = {
    "1": "左上",
    "2": "上边",
    "3": "右上",
    "4": "左边",
    "5": "中间",
    "6": "右边",
    "7": "左下",
    "8": "下边",
    "9": "右下",
}
"""Where on a page, for who does not press on it."""


@require_POST
@open_to(OFFICERS)
def checklist(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep what is ticked, and go on: to the case, to a notice of it, or back to the file that was open."""
    places, marks = request.POST.getlist("place"), request.POST.getlist("mark")
    commands.tick(number, marks, places=places, by=request.viewer, at=request.now)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    if "notice" in request.POST:
        return redirect("cases:act", number, "return-for-correction")
    file = request.POST.get("file", "")
    if file.isascii() and file.isdigit() and len(file) <= 18:
        return redirect("cases:file", number, int(file))
    return redirect(reverse("desk:case", args=[number]) + "#materials")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def file(request: OfficerRequest, number: str, id: int) -> HttpResponse:
    """One file beside the answers, large, page by page, to be turned; spots are marked on it."""
    sight = _sight(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return _file(request, number, id, sight)
    try:
        _mark(request, number, id, sight)
    except Refusal as refusal:
        if refusal.status != TO_BE_MENDED:
            raise
        return _file(request, number, id, sight, refusal)
    asked = f"?page={sight.page}&zoom={sight.zoom}&turn={sight.turn}#seen"
    return redirect(reverse("cases:file", args=[number, id]) + asked)


def _mark(request: OfficerRequest, number: str, id: int, sight: Sight) -> None:
    posted = request.POST
    if dropped := posted.get("drop"):
        view = view_of(number, request.viewer, at=request.now)
        spot = next((one for one in view.checklist.spots if one.told == dropped), None)
        if spot is not None:
            commands.unmark_spot(number, spot, by=request.viewer, at=request.now)
        return
    x, y = _pressed(posted, sight)
    spot = Spot(id, sight.page, x, y, posted.get("says", ""))
    commands.mark_spot(number, spot, by=request.viewer, at=request.now)


def _pressed(posted: QueryDict, sight: Sight) -> tuple[int, int]:
    """Where on the page: pressed on its picture, or chosen by name; nowhere where neither is told."""
    if "spot.x" in posted:
        size = _number(posted, "width"), _number(posted, "height")
        return pressed_at(_number(posted, "spot.x"), _number(posted, "spot.y"), size=size, turn=sight.turn)
    where = posted.get("where", "")
    if where not in NINTHS:
        return -1, -1
    row, column = divmod(int(where) - 1, 3)
    return 167 + 333 * column, 167 + 333 * row


def _file(
    request: OfficerRequest, number: str, id: int, sight: Sight, refusal: Refusal | None = None
) -> HttpResponse:
    view = look_at(number, request.viewer, at=request.now, what="file-and-answers")
    spots = view.checklist.spots
    materials = materials_checked(view)
    context = {
        "view": view,
        "file": file_shown(view, id, sight, spots),
        "sections": answers_checked(view),
        "material": next((one for one in materials if any(each.id == id for each in one.files)), None),
        "files": [each for one in materials for each in one.files],
        "spots": [(nth, spot) for nth, spot in enumerate(spots, 1) if spot.file == id],
        "examines": examines(view, request.viewer),
        "ninths": NINTHS,
        "says": request.POST.get("says", ""),
        "refusal": refusal,
    }
    return render(request, "cases/file.html", context, status=refusal.status if refusal else 200)


@require_safe
@open_to(PEOPLE, OFFICERS)
def spot(request: Request, number: str, seq: int, nth: int) -> HttpResponse:
    """The spot that a correction notice speaks of, ringed on what was handed in."""
    view = look_at(number, request.viewer, at=request.now, what="file")
    marked, fault = spot_of(view, seq, nth)
    shown = file_shown(view, marked.file, Sight(marked.page), [marked])
    return render(request, "cases/spot.html", {"view": view, "file": shown, "fault": fault})


def _sight(asked: QueryDict) -> Sight:
    """How the file is wanted; what an address cannot mean is as at first."""
    plain = Sight()
    page, zoom, turn = (_number(asked, name) for name in ("page", "zoom", "turn"))
    return Sight(
        page if 1 <= page <= 9999 else plain.page,
        zoom if "zoom" in asked and 1 <= zoom <= 4 else plain.zoom,
        turn % 4,  # type: ignore[arg-type]
    )


def _number(asked: QueryDict, name: str) -> int:
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0
