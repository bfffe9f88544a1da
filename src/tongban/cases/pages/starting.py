"""The way in: what it takes, who applies, where; then the draft."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tongban.cases import commands
from tongban.cases.commands import Beginning
from tongban.cases.pages.way import TO_BE_MENDED, of_draft, people_only, remember, writer_of, writer_to_be
from tongban.cases.queries import DraftView, drafts, minutes_for, reading_of
from tongban.catalogue import api as catalogue
from tongban.engine.forms import Kind
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.ids import ItemCode
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.refusal import Refusal

SITUATION: Final = "s-"
"""Before the name of a data element in an address: what the guide has asked already."""

MOST_SITUATION: Final = 40


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def apply(request: Request, slug: str) -> HttpResponse:
    """What applying takes; the button begins a draft. Three statements at most to show it."""
    _refuse_officers(request)
    item = catalogue.in_readers_words(catalogue.service(ItemCode(slug)))
    if request.method != "POST":
        return _start(request, item)
    return _begun(request, item)


def _begun(request: Request, item: catalogue.Service) -> HttpResponse:
    writer = writer_to_be(request)
    beginning = beginning_in(request, item)
    try:
        draft = commands.begin(item.slug, beginning, by=writer, at=request.now)
    except Refusal as refusal:
        if refusal.code != "cases.draft.no-office":
            raise
        return _start(request, item, refusal)
    answer = redirect("cases:draft", draft)
    if request.viewer.person is None:
        remember(answer, writer)
    return answer


def beginning_in(request: Request, item: catalogue.Service) -> Beginning:
    """What was said on the page; where there is one office only, nobody needs to choose it."""
    regions = [office.region for office in item.offices]
    office = regions[0] if len(regions) == 1 else request.POST.get("to-office", "")
    return Beginning(office, request.POST.get("act-as", "")[:36], situation_in(request, item))


def situation_in(request: Request, item: catalogue.Service) -> dict[str, Any]:
    """What the guide asked already, by data element, from the address or the form."""
    sent = request.POST if request.method == "POST" else request.GET
    found: dict[str, Any] = {}
    for _step, each, _when in item.form.asked:
        values = sent.getlist(f"{SITUATION}{each.element}")[:MOST_SITUATION]
        if values and each.kind in (Kind.CHOICE, Kind.CHOICES, Kind.BOOLEAN):
            found[each.element] = values if each.kind is Kind.CHOICES else values[0]
    return found


def _start(request: Request, item: catalogue.Service, fault: Refusal | None = None) -> HttpResponse:
    situation = situation_in(request, item)
    answers = {
        each.name: situation[each.element] for _, each, _ in item.form.asked if each.element in situation
    }
    reading = reading_of(item.form, answers)
    asked = item.materials_for(reading.cleaned)
    bring = [one for one in asked if one.may_be_handed_in]
    writer = writer_of(request)
    context = {
        "item": item,
        "bring": bring,
        "perhaps": [one for one in item.materials if one.may_be_handed_in and one not in asked],
        "spared": [one for one in asked if not one.may_be_handed_in],
        "questions": len(reading.asked),
        "minutes": minutes_for(len(reading.asked), len(bring)),
        "situation": _pairs(situation),
        "begun": [row for row in drafts(writer.known, at=request.now) if row.slug == item.slug],
        "me": request.viewer,
        "principals": _principals(request.viewer, item),
        "act_as": request.POST.get("act-as", ""),
        "office": request.POST.get("to-office", ""),
        "faults": _faults(fault),
        "sentences": catalogue.sentences_for(item, request.viewer, at=request.now),
        "address": f"{request.path}?{urlencode(_pairs(situation))}",
    }
    return render(request, "cases/start.html", context, status=TO_BE_MENDED if fault else 200)


def _principals(viewer: Viewer, item: catalogue.Service) -> list[identity.Principal]:
    """Whom one may act for in this kind of matter. One statement, none for who has no mandate."""
    return [one for one in identity.principals_of(viewer) if all(map(one.covers, item.departments))]


def _pairs(situation: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (f"{SITUATION}{element}", value)
        for element, values in situation.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def _faults(fault: Refusal | None) -> list[dict[str, str]]:
    return [] if fault is None else [{"name": "to-office", "says": fault.says, "do": fault.do}]


def _refuse_officers(request: Request) -> None:
    if request.viewer.officer is not None:
        raise people_only()


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
@of_draft
def who(request: Request, view: DraftView) -> HttpResponse:
    """Say anew where it is to be done, and on whose behalf. Two statements more when it is changed."""
    fault = None
    if request.method == "POST":
        try:
            commands.choose(view.id, beginning_in(request, view.item), by=writer_of(request), at=request.now)
            return redirect("cases:draft", view.id)
        except Refusal as refusal:
            if refusal.code != "cases.draft.no-office":
                raise
            fault = refusal
    context = {
        "view": view,
        "item": view.item,
        "me": view.whose,
        "principals": _principals(view.whose, view.item),
        "act_as": view.filled.acting_for,
        "office": view.filled.office,
        "faults": _faults(fault),
    }
    return render(request, "cases/who.html", context, status=TO_BE_MENDED if fault else 200)
