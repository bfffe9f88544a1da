"""The officers' desk: what is in one's hands, what waits, a case or a certificate with its acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, Viewer, allowed, reach
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to

LATEST: Final = 30
ASKED_WITHIN: Final = timedelta(days=90)
SEVERAL: Final = 2
"""Words that somebody alone wrote may hold their own name, and are counted but not shown."""

LIGHTS: Final = {"green": ("", "g"), "yellow": ("y", "a"), "red": ("z", "r")}
"""The colours of a light: of the edge of a row, and of its tag."""


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


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list: its row, the colours of its light, and the light in words."""

    row: cases.CaseRow
    edge: str
    tag: str
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue with the name of its item; `may_take`: this officer takes from it."""

    row: cases.QueueRow
    name: str
    may_take: bool


@require_safe
@open_to(OFFICERS)
def desk(request: OfficerRequest) -> HttpResponse:
    """What is in one's hands, what waits in the queues, and what waits for one's answer."""
    today = legal_day(request.now)
    latest = cases.cases(request.viewer, cases.Filters(open=True), at=request.now, limit=LATEST)
    approvals = cases.approvals_shown(request.viewer, at=request.now)
    revocations = certificates.to_be_taken_back(request.viewer, at=request.now)
    context = {
        "held": _lines(cases.desk_of(request.viewer, at=request.now), today),
        "queues": _waiting(request),
        "approvals": approvals,
        "revocations": revocations,
        "asked": len(approvals) + len(revocations),
        "contests": cases.contests_open(request.viewer),
        "today": today,
        "sees_figures": sees_figures(request.viewer),
        "answers_calls": answers_calls(request.viewer),
        "sees_unanswered": sees_unanswered(request.viewer),
        "latest": _lines(latest, today),
    }
    return render(request, "desk/desk.html", context)


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


@require_safe
@open_to(OFFICERS)
def unanswered(request: OfficerRequest) -> HttpResponse:
    """What people looked for in vain, so that it can be found: of what several asked, nobody asked alone."""
    since = legal_day(request.now) - ASKED_WITHIN
    found = catalogue.unanswered(request.viewer, since=since)
    context = {
        "rows": [one for one in found if one.times >= SEVERAL],
        "alone": sum(one.times < SEVERAL for one in found),
        "since": since,
        "most": catalogue.MOST_UNANSWERED,
        "cut": len(found) == catalogue.MOST_UNANSWERED,
    }
    return render(request, "desk/unanswered.html", context)


def sees_unanswered(viewer: Viewer) -> bool:
    """Whether this officer can do something about what is not found."""
    return bool(reach(viewer, Deed.SEE_UNANSWERED).region)


def sees_figures(viewer: Viewer) -> bool:
    """Whether this officer answers for others' work."""
    seen = reach(viewer, Deed.SEE_FIGURES)
    return bool(seen.body or seen.region)


def answers_calls(viewer: Viewer) -> bool:
    """Whether this officer calls back who asked for it."""
    within = reach(viewer, Deed.ANSWER_CALL)
    return bool(within.body or within.region)


def _counted(figures: cases.Figures) -> list[tuple[str, int, str]]:
    """Each figure in words, with its number, and the colour of a light that wants to be seen."""
    return [
        (words, number, LIGHTS[light][0] if number and light else "")
        for name, (words, light) in COUNTED.items()
        for number in [getattr(figures, name)]
    ]


@require_safe
@open_to(OFFICERS)
def case(request: OfficerRequest, number: str) -> HttpResponse:
    """One case: the answers and materials beside the acts. The look is recorded and shown to the person."""
    view = cases.look_at(number, request.viewer, at=request.now)
    today = legal_day(request.now)
    # Whoever had a case that is over has it no more.
    taker = None if view.state.closed else view.state.turn.taken_by
    holder = directory.officer(taker, today) if taker else None
    context = {
        "view": view,
        "standing": cases.standing_of(view, request.now),
        "light": LIGHTS[view.light][1] if view.light else "",
        "holder": holder.name if holder else "",
        "in_hand": taker == request.officer.id,
        "sections": cases.answers_of(view),
        "materials": cases.materials_of(view, cases.pictures_of(view)),
        "stood_for": cases.stood_for(view),
        "papers": cases.papers_of(view),
        "certificates": _certificates(request, view),
        "acts": cases.acts_for(view, request.viewer, request.now),
        "story": view.acted[::-1],
        "talk": cases.messages_of(view, request.viewer),
        "new_message": cases.waits_for_office(view),
        "may_write": cases.may_write(view, request.viewer, request.now),
        "most": cases.MOST_LETTERS,
        "approvals": cases.approvals_of(view, request.viewer, at=request.now),
        "held": _lines(cases.desk_of(request.viewer, at=request.now), today),
    }
    return render(request, "desk/case.html", context)


def _certificates(request: OfficerRequest, view: cases.CaseView) -> list[certificates.CertificateRow]:
    """What the case's grants issued; asked for only where it was granted."""
    if all(told.event.kind != "granted" for told in view.story):
        return []
    return certificates.of_case(view.state.head.id, request.viewer, at=request.now)


@require_safe
@open_to(OFFICERS)
def certificate(request: OfficerRequest, certificate: str) -> HttpResponse:
    """One certificate: how it stands, what was done and why, and the acts. The look is recorded and shown."""
    view = certificates.look_at(certificate, request.viewer, at=request.now)
    acts = certificates.acts_for(view, request.now)
    context = {"view": view, "story": view.story[::-1], "acts": acts}
    return render(request, "desk/certificate.html", context)


def _lines(rows: Sequence[cases.CaseRow], today: date) -> list[Line]:
    return [_line(row, today) for row in rows]


def _line(row: cases.CaseRow, today: date) -> Line:
    if row.stage == "special-procedure":
        return Line(row, "rest", "", "不计时")
    if row.due is None or row.light is None:
        return Line(row, "rest", "", row.stage_name)
    edge, tag = LIGHTS[row.light]
    return Line(row, edge, tag, _until(row.due, today))


def _until(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return f"超期 {-left} 天"
    return "今天到期" if left == 0 else f"{due.month} 月 {due.day} 日到期"


def _waiting(request: OfficerRequest) -> list[Waiting]:
    names = {item.slug: item.name for item in catalogue.items()}
    return [
        Waiting(row, names.get(row.item, row.item), _may_take(request, row))
        for row in cases.queues(request.viewer)
    ]


def _may_take(request: OfficerRequest, row: cases.QueueRow) -> bool:
    return allowed(request.viewer, Deed.TAKE, Thing(body=row.body, region=row.region))
