"""One case on one page: what was handed in beside what the law lets one ask for, and what can be done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.certificates import api as certificates
from tongban.desk.pages.beside import beside
from tongban.desk.pages.lines import Line, lines_of
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.lights import COLOURS
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to


@require_safe
@open_to(OFFICERS)
def case(request: OfficerRequest, number: str) -> HttpResponse:
    """One case: what was handed in, what can be done. The look is recorded and shown to the person."""
    view = cases.look_at(number, request.viewer, at=request.now)
    acts = cases.acts_for(view, request.viewer, request.now)
    context = {
        **beside(request, after=view.state.head.queue),
        **_standing(request, view),
        **_examined(request, view),
        "acts": acts,
        "owing": cases.owing_of(view, request.now),
        "may_explain": any(act.code == "explain" for act in acts),
        "may_return": any(act.code == "return-for-correction" for act in acts),
        "approvals": cases.approvals_of(view, request.viewer, at=request.now),
        "others": cases.be_present(view.state.head.id, by=request.officer, at=request.now),
        "other_cases": _other_cases(request, view),
        "papers": cases.papers_of(view),
        "certificates": _certificates(request, view),
        "story": view.acted[::-1],
        "talk": cases.messages_of(view, request.viewer),
        "new_message": cases.waits_for_office(view),
        "may_write": cases.may_write(view, request.viewer, request.now),
        "most": cases.MOST_LETTERS,
        "order": cases.open_order(view),
        "steps": cases.steps_of(view),
        "drawing": cases.drawing_of(view),
        "explained": cases.explained(view, at=request.now),
        "part": cases.part_of(view),
        "ceiling": cases.ceiling_for(view, request.now),
        "consultations": cases.consultations_of(view, request.viewer, at=request.now),
    }
    return render(request, "desk/case.html", context)


def _other_cases(request: OfficerRequest, view: cases.CaseView) -> list[Line]:
    """What else the applicant has with this body; nothing for another body that is asked about this one."""
    if request.officer.body != view.state.head.body:
        return []
    return lines_of(cases.others_of(view, at=request.now), legal_day(request.now))


def _standing(request: OfficerRequest, view: cases.CaseView) -> dict[str, Any]:
    """Where the case stands, and in whose hands."""
    # Whoever had a case that is over has it no more.
    taker = None if view.state.closed else view.state.turn.taken_by
    holder = directory.officer(taker, legal_day(request.now)) if taker else None
    return {
        "view": view,
        "standing": cases.standing_of(view, request.now),
        "light": COLOURS[view.light][1] if view.light else "",
        "holder": holder.name if holder else "",
        "in_hand": taker == request.officer.id,
        "standing_in": taker != request.officer.id and request.officer.acts_as(taker),
    }


def _examined(request: OfficerRequest, view: cases.CaseView) -> dict[str, Any]:
    """What was handed in beside the checklist, and what was told to correct before."""
    materials = cases.materials_checked(view, cases.pictures_of(view))
    return {
        "sections": cases.answers_checked(view),
        "materials": materials,
        "checked": sum(one.seen for one in materials),
        "told_before": next((one for one in reversed(view.story) if one.faults), None),
        "examines": cases.examines(view, request.viewer),
    }


@require_safe
@open_to(OFFICERS)
def now(request: OfficerRequest, number: str) -> HttpResponse:
    """Who else has this case open, and what happened since it was looked at: a part of the case's page.

    An open page asks every half minute. Two statements.
    """
    view = cases.view_of(number, request.viewer, at=request.now)
    seen = request.GET.get("seen", "")
    since = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else view.state.version
    context = {
        "view": view,
        "others": cases.be_present(view.state.head.id, by=request.officer, at=request.now),
        "since": [told for told in view.story if told.seq > since],
    }
    return render(request, "desk/parts/now.html", context)


def _certificates(request: OfficerRequest, view: cases.CaseView) -> list[certificates.CertificateRow]:
    """What the case's grants issued; asked for only where it was granted."""
    if all(told.event.kind != "granted" for told in view.story):
        return []
    return certificates.of_case(view.state.head.id, request.viewer, at=request.now)
