"""Viewing a file of a case: a page of it as a picture, as large and turned as wanted, its spots ringed."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from tongban.cases.queries.papers import file_of
from tongban.cases.queries.view import CaseView, item_of
from tongban.cases.rules.examining import WHOLE, Spot
from tongban.kernel.refusal import Refusal
from tongban.papers import api as papers

WIDTHS: Final = {1: 640, 2: 960, 3: 1400, 4: 2000}
"""Pixels by zoom, before turning."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How a file is looked at: which page, how large (1–4), how often turned (0–3)."""

    page: int = 1
    zoom: int = 2
    turn: papers.Turn = 0


@dataclass(frozen=True, slots=True)
class FileShown:
    """A page of a file as it is shown. `picture`: an address that holds it; empty where none is drawn."""

    id: int
    name: str
    material: str
    sight: Sight
    picture: str = ""
    width: int = 0
    height: int = 0
    pages: int = 1


def file_shown(view: CaseView, id: int, sight: Sight, spots: Sequence[Spot]) -> FileShown:
    """One page of a file, with these spots ringed by their numbers. Two statements.

    What cannot be drawn has no picture and can be saved. Refused where there is no such file.
    """
    file = file_of(view, id)
    held = next(one for one in view.materials if one.id == id)
    names = {one.kind: one.name for one in item_of(view.state).materials}
    plain = FileShown(id, file.name, names.get(held.kind, held.kind), sight)
    rings = [
        papers.Ring(spot.x, spot.y, number)
        for number, spot in enumerate(spots, 1)
        if (spot.file, spot.page) == (id, sight.page)
    ]
    try:
        wanted = papers.Wanted(sight.page, WIDTHS[sight.zoom], sight.turn, rings)
        drawn = papers.draw(file.content, wanted, pdf=file.type == "application/pdf")
    except papers.Undrawable:
        return plain
    picture = f"data:image/jpeg;base64,{b64encode(drawn.jpeg).decode()}"
    return FileShown(id, file.name, plain.material, sight, picture, drawn.width, drawn.height, drawn.pages)


def pressed_at(across: int, down: int, *, size: tuple[int, int], turn: papers.Turn) -> tuple[int, int]:
    """Where on the upright page somebody pressed on its turned picture of `size` pixels, in thousandths."""
    x, y = across * WHOLE // max(size[0], 1), down * WHOLE // max(size[1], 1)
    return [(x, y), (y, WHOLE - x), (WHOLE - x, WHOLE - y), (WHOLE - y, x)][turn]


def spot_of(view: CaseView, seq: int, nth: int) -> tuple[Spot, dict[str, Any]]:
    """The spot of the `nth` fault, from 1, of the notice at that place in the story, with the fault."""
    faults = next((told.faults for told in view.story if told.seq == seq), [])
    fault = faults[nth - 1] if 1 <= nth <= len(faults) else {}
    if "spot" not in fault:
        raise Refusal(
            "cases.spot.unknown",
            says=_("没有这一处标记。"),
            do=_("请回到办件，从补正告知里打开。"),
            status=404,
        )
    return Spot(**fault["spot"], says=fault["do"]), fault
