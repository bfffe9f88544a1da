"""How it stands with everything a leader or supervisor answers for."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.desk.pages.lines import LIGHTS
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to

COUNTED: Final = {
    "received": ("收到", ""),
    "open": ("在办", ""),
    "waiting": ("排队等着", ""),
    "with_applicant": ("等申请人补正", ""),
    "stopped": ("暂停计时", ""),
    "yellow": ("快到期", "yellow"),
    "red": ("已超期", "red"),
    "granted": ("准予", ""),
    "refused": ("不予批准", ""),
    "ended_otherwise": ("其他结束", ""),
}
"""What each figure is called, and its light."""


@require_safe
@open_to(OFFICERS)
def figures(request: OfficerRequest) -> HttpResponse:
    """How it stands with everything a leader or supervisor answers for, in all and item by item."""
    items = cases.figures_of(request.viewer, at=request.now)
    context = {
        "items": [(one.name, _counted(one.figures)) for one in items],
        "all": _counted(sum((one.figures for one in items), cases.Figures())),
    }
    return render(request, "desk/figures.html", context)


def _counted(figures: cases.Figures) -> list[tuple[str, int, str]]:
    """Each figure in words, with its number, and the colour of a light that wants to be seen."""
    return [
        (words, number, LIGHTS[light][0] if number and light else "")
        for name, (words, light) in COUNTED.items()
        for number in [getattr(figures, name)]
    ]
