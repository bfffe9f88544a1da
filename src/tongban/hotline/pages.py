"""Asking for a call, seeing how it stands, and the calls that an officer makes."""

from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.forms import Form, validate
from tongban.hotline import commands, queries
from tongban.hotline.forms import HOURS, asking_form
from tongban.identity import api as identity
from tongban.kernel import languages
from tongban.kernel.ids import ItemCode, RegionCode
from tongban.kernel.pages import ANYONE, OFFICERS, OfficerRequest, Request, open_to
from tongban.kernel.refusal import Refusal

SECRET: Final = ("phone", "called", "what", "word")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters(*SECRET)
@open_to(ANYONE)
def call_back(request: Request) -> HttpResponse:
    """Ask for a call; the answer shows the code word, once. One statement to ask, five to take it down."""
    regions = _regions()
    form = asking_form(regions)
    if request.method != "POST":
        return _asking(request, form, _known(request))
    posted = {name: request.POST.get(name, "") for name in form.names}
    judged = validate(form, posted)
    if judged.faults:
        faults = [{"name": one.field, "says": one.says, "do": one.do} for one in judged.faults]
        return _asking(request, form, posted, faults)
    told = {name: str(value) for name, value in judged.cleaned.items()}
    asking = commands.Asking(
        phone=told["phone"],
        called=told.get("called", ""),
        what=told["what"],
        about=request.POST.get("about", "")[:63],
        region=RegionCode(told.get("region") or next(iter(regions), "")),
        hours=told["hours"],
    )
    asked = commands.ask(_key(request), asking, address=request.META.get("REMOTE_ADDR", ""), at=request.now)
    return render(request, "hotline/asked.html", {"asked": asked, "phone": asking.phone})


def _asking(
    request: Request, form: Form, typed: dict[str, str], faults: list[dict[str, str]] | None = None
) -> HttpResponse:
    by_name = {fault["name"]: fault for fault in reversed(faults or [])}
    about = (request.POST.get("about") or request.GET.get("about", ""))[:63]
    context = {
        "fields": [
            (field, typed.get(field.name), by_name.get(field.name))
            for step in form.steps
            for field in step.fields
        ],
        "faults": faults or [],
        "about": about,
        "about_name": catalogue.name_of(ItemCode(about)),
        "key": request.POST.get("key") or uuid4(),
    }
    return render(request, "hotline/call_back.html", context, status=422 if faults else 200)


def _known(request: Request) -> dict[str, str]:
    """What a signed-in person need not type."""
    profile = identity.profile_of(request.viewer.person) if request.viewer.person else None
    known = {"hours": "any"}
    return known if profile is None else known | {"phone": profile.phone, "called": profile.name}


def _key(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _regions() -> dict[str, str]:
    """The regions in which an office runs an item, by code."""
    served = {office.region for item in catalogue.items() for office in item.offices}
    return {one.code: languages.told(one.name) for one in directory.regions() if one.code in served}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters(*SECRET)
@open_to(ANYONE)
def standing(request: Request) -> HttpResponse:
    """How a request stands, by number and code word; both are posted, for an address is no place for them.

    Three statements.
    """
    phone = "".join(request.POST.get("phone", "").split())[:20]
    word = request.POST.get("word", "")[:40]
    context: dict[str, Any] = {"phone": phone, "word": word, "asked": request.method == "POST"}
    if request.method == "POST":
        if "withdraw" in request.POST:
            commands.withdraw(phone, word, at=request.now)
        found = queries.standing_of(phone, word)
        names = {one.code: one.name for one in directory.bodies()} if found and found.calls else {}
        calls = [(one, names.get(one.body, "")) for one in found.calls] if found else []
        context |= {"found": found, "calls": calls}
    return render(request, "hotline/standing.html", context)


@require_safe
@open_to(OFFICERS)
def calls(request: OfficerRequest) -> HttpResponse:
    """The calls that wait, the most pressing first. One statement."""
    today = legal_day(request.now)
    rows = [
        {"call": one, "hours": HOURS[one.hours], "light": _light(one.due, today)}
        for one in queries.calls_waiting(request.viewer)
    ]
    return render(request, "hotline/calls.html", {"rows": rows})


def _light(due: date, today: date) -> tuple[str, str]:
    """The edge of a row, and what it means in words."""
    if due < today:
        return "z", _("已经晚了")
    return ("y", _("今天要打")) if due == today else ("", _("来得及"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(OFFICERS)
def call(request: OfficerRequest, key: UUID) -> HttpResponse:
    """Open a number, which is recorded first, or record what came of the call. Four statements."""
    if request.method == "POST":
        seen, came = request.POST.get("seen", ""), request.POST.get("outcome", "")
        if came not in set(commands.Outcome) or not (seen.isascii() and seen.isdigit()):
            raise Refusal(
                "hotline.outcome-missing",
                says="没有选通话的结果。",
                do="请退回上一页，按“已回电”或者“未接通”。",
                status=400,
            )
        outcome = commands.Outcome(came)
        commands.record_call(key, outcome, seen=int(seen[:4]), by=request.viewer, at=request.now)
        return redirect("hotline:calls")
    opened = commands.open_number(key, by=request.viewer, at=request.now)
    return render(request, "hotline/call.html", {"call": opened, "hours": HOURS[opened.hours]})
