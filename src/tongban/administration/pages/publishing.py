"""What is published and how it is changed: the calendar by its years, items by their versions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tongban.administration import commands, forms, queries
from tongban.administration.commands import steps
from tongban.administration.pages.changing import unknown
from tongban.catalogue import api as catalogue
from tongban.engine.forms import Form, validate
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import ItemCode
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to

_LINES: Final = "一行写一天或一段，后面空一格写节日，例如：2027-02-05至2027-02-11 春节"


def _year_form() -> Form:
    return forms.form(
        "公布一年的日历",
        [
            forms.number("year", "哪一年"),
            forms.text("title", "通知的名称", longest=80),
            forms.text("number", "文号", longest=40),
            forms.day("issued", "印发日期"),
            forms.lines("off", "放假的日子", f"{_LINES}。连着的周末也写上。"),
            forms.lines("makeup", "调休上班的日子", f"{_LINES}。没有的不填。", required=False),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def calendar(request: OfficerRequest) -> HttpResponse:
    """The years of the calendar; pressed, a new one is judged and prepared. No statement to look."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    form = _year_form()
    if request.method != "POST":
        following = str(calendar_in_force().last_published.year + 1)
        return _asking(request, form, {"year": following})
    posted = {name: request.POST.get(name, "") for name in form.names}
    judged = validate(form, posted)
    faults = [{"name": one.field, "says": one.says, "do": one.do} for one in judged.faults]
    if faults:
        return _asking(request, form, posted, faults)
    found = commands.judge_year(_asked(judged.cleaned), calendar_in_force())
    if found.faults:
        return _asking(request, form, posted, found.faults)
    year = int(str(judged.cleaned["year"]))
    asked = commands.Asked("公布年度日历", [steps.PublishYear(year, found.text)], posted["reason"])
    return redirect("administration:proposal", commands.propose(asked, by=request.viewer, at=request.now))


def _asked(told: Mapping[str, Any]) -> commands.YearAsked:
    return commands.YearAsked(
        year=int(str(told["year"])),
        title=str(told["title"]),
        number=str(told["number"]),
        issued=date.fromisoformat(str(told["issued"])),
        off=str(told["off"]),
        makeup=str(told.get("makeup") or ""),
    )


def _asking(
    request: OfficerRequest, form: Form, typed: dict[str, Any], faults: list[dict[str, Any]] | None = None
) -> HttpResponse:
    by_name = {fault["name"]: fault for fault in reversed(faults or [])}
    fields = [
        (field, typed.get(field.name), by_name.get(field.name))
        for step in form.steps
        for field in step.fields
    ]
    context = {"years": queries.years(), "fields": fields, "faults": faults or []}
    return render(request, "administration/calendar.html", context, status=422 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def items(request: OfficerRequest) -> HttpResponse:
    """What is published; pressed, the packs folder is checked and its publication prepared. No statement."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    context: dict[str, Any] = {"items": catalogue.items(), "columns": catalogue.columns(), "reason": ""}
    if request.method != "POST":
        return render(request, "administration/items.html", context)
    context["reason"] = reason = request.POST.get("reason", "")
    if len(reason.strip()) < 2:
        context["missing"] = [{"name": "reason", "says": "没有写为什么改。"}]
        return render(request, "administration/items.html", context, status=422)
    seen = commands.look_into_packs(at=request.now)
    if seen.faults:
        context["faults"] = seen.faults
        return render(request, "administration/items.html", context, status=422)
    asked = commands.Asked("发布事项", [steps.PublishPacks(seen.digest)], reason)
    return redirect("administration:proposal", commands.propose(asked, by=request.viewer, at=request.now))


@require_safe
@open_to(OFFICERS)
def item(request: OfficerRequest, slug: str, version: int) -> HttpResponse:
    """A version of an item, and where it differs from the one before. Two statements."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    versions = catalogue.versions_of(ItemCode(slug))
    if version not in versions:
        raise unknown()
    before = version - 1
    changes = catalogue.changes(ItemCode(slug), before or version, version)
    context = {
        "name": catalogue.name_of(ItemCode(slug)),
        "slug": slug,
        "version": version,
        "versions": versions,
        "before": before,
        "changes": [(one.place, told(one.before), told(one.after)) for one in changes],
    }
    return render(request, "administration/item.html", context)


def told(value: Any) -> str:
    """A value of a document in a few letters."""
    words = "" if value is None else str(value)
    return f"{words[:_MOST]}…" if len(words) > _MOST else words


_MOST: Final = 160
