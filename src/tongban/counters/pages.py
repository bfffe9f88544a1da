"""The window: who stands there, what is begun for them, what is printed and handed over."""

from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.cases import api as cases
from tongban.counters import commands, queries
from tongban.counters.forms import arriving_form, number_form
from tongban.counters.queries import ReceptionRow
from tongban.directory import api as directory
from tongban.engine.codes import CaseNumber, CodeError
from tongban.engine.forms import Field, Form, validate
from tongban.kernel.access import Deed, Thing, allow, allowed
from tongban.kernel.acts import seen_in
from tongban.kernel.ids import ItemCode, PersonKey, RegionCode
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422
SHOWN_HERE: Final = (TO_BE_MENDED, 429, 503)
"""What a reception is refused with that is told beside what was typed."""

LONGEST_WISH: Final = 40
COUNTED_FOR: Final = timedelta(days=90)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@open_to(OFFICERS)
def window(request: OfficerRequest) -> HttpResponse:
    """Receive somebody; and whom this officer receives now. One statement to show it."""
    officer = request.officer
    allow(request.viewer, Deed.RECEIVE, Thing(body=officer.body, region=officer.region))
    if request.method != "POST":
        return _window(request, {})
    form = arriving_form()
    typed = {name: request.POST.get(name, "") for name in form.names}
    judged = validate(form, typed)
    if judged.faults:
        faults = [{"name": one.field, "says": one.says, "do": one.do} for one in judged.faults]
        return _window(request, typed, faults)
    told = {name: str(judged.cleaned.get(name) or "") for name in form.names}
    try:
        found = commands.receive(_key(request), commands.Arriving(**told), by=request.viewer, at=request.now)
    except Refusal as refusal:
        if refusal.status not in SHOWN_HERE:
            raise
        name = "enterprise" if refusal.code.startswith("counters.enterprise") else "id_number"
        fault = {"name": name, "says": refusal.says, "do": refusal.do}
        return _window(request, typed, [fault], status=refusal.status)
    return redirect("counters:reception", found)


def _window(
    request: OfficerRequest,
    typed: dict[str, str],
    faults: list[dict[str, Any]] | None = None,
    *,
    status: int = TO_BE_MENDED,
) -> HttpResponse:
    context = {
        "fields": _lines(arriving_form(), typed, faults or []),
        "faults": faults or [],
        "key": _key(request),
        "receptions": queries.receptions(request.viewer, at=request.now),
    }
    return render(request, "counters/window.html", context, status=status if faults else 200)


def _lines(
    form: Form, typed: dict[str, str], faults: list[dict[str, Any]]
) -> list[tuple[Field, str | None, dict[str, Any] | None]]:
    """Every question with what was typed and what is wrong with it."""
    by_name = {fault["name"]: fault for fault in reversed(faults)}
    return [
        (field, typed.get(field.name), by_name.get(field.name))
        for step in form.steps
        for field in step.fields
    ]


def _key(request: OfficerRequest) -> UUID:
    """By what pressing twice is known to be once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


@require_safe
@never_cache
@open_to(OFFICERS)
def reception(request: OfficerRequest, reception: UUID) -> HttpResponse:
    """Who stands there, what was begun for them here, and what can be begun. Two statements.

    A number leads to the case or joint service that it names.
    """
    found = queries.reception(reception, request.viewer, at=request.now)
    typed, fault = request.GET.get("number", "").strip()[:LONGEST_WISH], None
    if typed:
        try:
            number = str(CaseNumber.parse(typed))
            return redirect("counters:joint" if cases.is_joint(number) else "counters:case", number)
        except CodeError as error:
            fault = {"name": "number", "says": error.says, "do": error.do}
    wish = request.GET.get("q", "").strip()[:LONGEST_WISH]
    context = {
        "reception": found,
        "drafts": cases.drafts_at_window(found.person, request.viewer, at=request.now),
        "wish": wish,
        "receivable": queries.receivable(request.viewer, wish),
        "number": _lines(number_form(), {"number": typed}, [fault] if fault else []),
        "faults": [fault] if fault else [],
    }
    return render(request, "counters/reception.html", context, status=TO_BE_MENDED if fault else 200)


@require_POST
@open_to(OFFICERS)
def begin(request: OfficerRequest, reception: UUID, slug: str) -> HttpResponse:
    """Begin a draft for who stands there, and lead to its task list: the very page that they have online."""
    found = queries.reception(reception, request.viewer, at=request.now)
    beginning = cases.Beginning(RegionCode(request.POST.get("to-office", "")), found.enterprise)
    draft = cases.begin_for(ItemCode(slug), beginning, found.served, by=request.viewer, at=request.now)
    return redirect("cases:draft", draft)


@require_POST
@open_to(OFFICERS)
def take_up(request: OfficerRequest, reception: UUID, draft: UUID) -> HttpResponse:
    """Go on with a draft that was begun at a window here, or leave it to its owner alone."""
    found = queries.reception(reception, request.viewer, at=request.now)
    if "home" in request.POST:
        cases.give_back(draft, found.person, by=request.viewer, at=request.now)
        messages.success(request, "已经交还本人。本人用手机登录，在“我的办件”里接着填；窗口不再能打开。")
        return _forgotten(redirect("counters:reception", reception))
    cases.take_up(draft, found.served, by=request.viewer, at=request.now)
    return redirect("cases:draft", draft)


@require_POST
@open_to(OFFICERS)
def leave(request: OfficerRequest, reception: UUID) -> HttpResponse:
    """The person leaves; what was not handed in goes home with them."""
    commands.leave(reception, by=request.viewer)
    messages.success(request, "接待结束。没提交的草稿已经交还本人。")
    return _forgotten(redirect("counters:window"))


def _forgotten(answer: HttpResponse) -> HttpResponse:
    """Let this browser forget what was typed for somebody and not sent: the next one comes soon."""
    answer["Clear-Site-Data"] = '"storage"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(OFFICERS)
def case(request: OfficerRequest, number: str) -> HttpResponse:
    """A case of who stands there: the receipt to print, the papers, how to follow it, and handing over.

    Seven statements; the look is recorded and shown to the person.
    """
    here = queries.receptions(request.viewer, at=request.now)
    if request.method == "POST":
        _own(request, number, here, "receipt")
        cases.deliver(number, seen=seen_in(request.POST), by=request.viewer, at=request.now, way="window")
        messages.success(request, "已经当面送达，记在办件里。")
        return redirect("counters:case", number)
    view = _own(request, number, here, "receipt")
    context = {
        "view": view,
        "standing": cases.standing_of(view, request.now),
        "papers": cases.papers_of(view),
        "reception": _reception_of(here, {view.state.head.filed_by, view.state.head.applicant}),
        "may_correct": "resubmit" in view.acts,
        "owing": cases.owing_of(view, request.now),
        "may_deliver": "deliver" in view.acts and allowed(request.viewer, Deed.DELIVER, view.state.thing),
    }
    return render(request, "counters/case.html", context)


@require_safe
@never_cache
@open_to(OFFICERS)
def joint(request: OfficerRequest, number: str) -> HttpResponse:
    """A joint service of who stands there: the one receipt to print, and every case of it.

    Six statements and one for each case; the look at each is recorded and shown to the person.
    """
    here = queries.receptions(request.viewer, at=request.now)
    people = [one.person for one in here]
    view = cases.look_for_joint(number, people, request.viewer, at=request.now)
    context = {"view": view, "reception": _reception_of(here, view.people)}
    return render(request, "counters/joint.html", context)


@require_safe
@never_cache
@open_to(OFFICERS)
def joint_receipt(request: OfficerRequest, number: str) -> HttpResponse:
    """The one receipt of a joint service of who stands there, to print; the look at each case is recorded."""
    people = [one.person for one in queries.receptions(request.viewer, at=request.now)]
    return _printed(cases.joint_receipt_for(number, people, request.viewer, at=request.now))


def _own(request: OfficerRequest, number: str, here: list[ReceptionRow], what: str) -> cases.CaseView:
    people = [one.person for one in here]
    return cases.look_for(number, people, request.viewer, at=request.now, what=what)


def _reception_of(here: list[ReceptionRow], people: AbstractSet[PersonKey | None]) -> ReceptionRow:
    return next((one for one in here if one.person in people), here[0])


@require_safe
@never_cache
@open_to(OFFICERS)
def paper(request: OfficerRequest, number: str, seq: int) -> HttpResponse:
    """One paper of a case of who stands there, to print; the look is recorded. Seven statements once made."""
    here = queries.receptions(request.viewer, at=request.now)
    return _printed(cases.paper_of(_own(request, number, here, "paper"), seq))


def _printed(found: cases.File) -> HttpResponse:
    """A paper for who stands there, opened to be printed."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=found.name) or "",
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(found.content, content_type=found.type, headers=headers)


@require_safe
@open_to(OFFICERS)
def typed_again(request: OfficerRequest) -> HttpResponse:
    """What windows typed though the platform held it, for whoever answers for them. Two statements."""
    officer = request.officer
    allow(request.viewer, Deed.SEE_FIGURES, Thing(body=officer.body, region=officer.region))
    since = request.now - COUNTED_FOR
    names = {one.code: one.name for one in directory.bodies()}
    rows = cases.typed_again(request.viewer, since=since)
    context = {
        "rows": [(one, names.get(one.body, one.body)) for one in rows],
        "received": sum(one.received for one in rows),
        "again": sum(one.again for one in rows),
        "since": since,
    }
    return render(request, "counters/typed_again.html", context)
