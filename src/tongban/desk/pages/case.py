"""One case on one page: what was handed in beside what can be done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.certificates import api as certificates
from tongban.desk.pages.lines import LIGHTS, lines_of
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to


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
        "standing_in": taker != request.officer.id and request.officer.acts_as(taker),
        "consultations": cases.consultations_of(view, request.viewer, at=request.now),
        "approvals": cases.approvals_of(view, request.viewer, at=request.now),
        "held": lines_of(cases.desk_of(request.viewer, at=request.now), today),
    }
    return render(request, "desk/case.html", context)


def _certificates(request: OfficerRequest, view: cases.CaseView) -> list[certificates.CertificateRow]:
    """What the case's grants issued; asked for only where it was granted."""
    if all(told.event.kind != "granted" for told in view.story):
        return []
    return certificates.of_case(view.state.head.id, request.viewer, at=request.now)
