"""The guide of an item: the answer first; for one's own situation, on paper, and as it once was."""

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode

import orjson
import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.catalogue import queries
from tongban.engine.calendar import legal_day
from tongban.engine.forms import Field
from tongban.engine.packs import SECTIONS
from tongban.kernel.figures import Limit, in_words
from tongban.kernel.ids import ItemCode
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.speech import spoken
from tongban.papers import api as papers

FRESH_FOR: Final = 60
"""Seconds for which a handout may be given out again without asking."""

OF_THE_FACTS: Final = frozenset(("", *SECTIONS.values()))
"""Sections of a guide that the page shows beside their facts; others of the writers' own follow."""

_DRAWN: Final = {"dark": "#000", "light": "#fff", "border": 2, "scale": 4, "omitsize": True}


@require_safe
@open_to(ANYONE)
def guide(request: Request, slug: str) -> HttpResponse:
    """What an item is, what it takes, and where to begin, for everyone or for the situation in the address.

    One statement where a certificate may help, and one where this version's history was not read before. What
    can only be read about stands under the same addresses, so that they hold when it can be applied for.
    """
    only = queries.guide_only(ItemCode(slug))
    if only is not None:
        context = {"item": only, **_to_pass_on(only, ItemCode(slug))}
        return render(request, "catalogue/guide_only.html", context)
    published = queries.service(ItemCode(slug))
    if isinstance(published, queries.Joint):
        return _joint(request, queries.in_readers_words(published))
    item = queries.in_readers_words(queries.item(ItemCode(slug)))
    narrowed = queries.narrow(item.situations, request.GET.dict())
    context = _guide(item, narrowed, legal_day(request.now)) | {
        "sentences": queries.sentences_for(item, request.viewer, at=request.now),
        "edition": queries.history(item)[0],
        "apply": _with_answers(reverse("cases:apply", args=[slug]), narrowed, of_form=True),
    }
    return render(request, "catalogue/guide.html", context)


def _joint(request: Request, joint: queries.Joint) -> HttpResponse:
    """Several items as one: which are needed after the answers in the address, why, and what is spared."""
    page = queries.joint_page(joint, request.GET.dict())
    apply = reverse("cases:apply", args=[joint.slug])
    context = {
        "item": joint,
        "page": page,
        # Under the names of the address: a question is asked here before there is a form.
        "asked": [
            (replace(each, name=queries.PREFIX + each.element), value) for each, value in page.questions
        ],
        "members": [one for one in page.members if one.wanted != "no"],
        "dropped": [one for one in page.members if one.wanted == "no"],
        "promised": _lasting(joint.promised),
        "edition": queries.history(joint)[0],
        "apply": f"{apply}?{urlencode(page.query)}" if page.query else apply,
    }
    return render(request, "catalogue/joint.html", context)


def _lasting(promised: Limit) -> list[str]:
    """A promise in words, its number apart; what is done on the same day has none."""
    return spoken(in_words(promised)).split(" ", 1) if promised.value else [_("当天")]


def _guide(item: queries.Item, narrowed: queries.Narrowed, today: date) -> dict[str, Any]:
    """What the guide of any version shows."""
    statutory = item.statutory_on(today)
    pdf = reverse("catalogue:guide-pdf", args=[item.slug])
    return {
        "item": item,
        "told": {fact or "introduction": words for fact, words in item.told.items()},
        "more": [(title, words) for title, words in item.told.items() if title not in OF_THE_FACTS],
        "narrowed": narrowed,
        "answers": [
            {"label": one.situation.label, "value": one.label, "href": _changed(item, narrowed, at)}
            for at, one in enumerate(narrowed.answered)
        ],
        "asked": _sorted(item, narrowed),
        "promised": spoken(in_words(item.promised)).split(" ", 1),
        "statutory": spoken(in_words(statutory)) if statutory else "",
        "later_within": spoken(in_words(item.later_within)) if item.later_within else "",
        "statutory_law": queries.statutory_source(item, statutory) if statutory else None,
        "sent_up": queries.sent_up_in_words(item),
        "steps": [(step, spoken(in_words(step.takes)) if step.takes else "") for step in item.flow],
        "offices": [(one, "".join(re.findall(r"[0-9+]", one.phone))) for one in item.offices],
        "ways_in": queries.ways_in(item),
        "megabytes": papers.MOST_BYTES // 1024**2,
        "pdf": _with_answers(pdf, narrowed),
        "situation": _with_answers(reverse("catalogue:situation", args=[item.slug]), narrowed),
        # Machines are told in the language that they are told of: inLanguage.
        **_to_pass_on(queries.item_version(item.slug, item.version), item.slug),
    }


def _sorted(item: queries.Item, narrowed: queries.Narrowed) -> dict[str, Any]:
    """The materials as they concern this person, each with when it is asked and who makes it, in words."""
    asked = queries.materials_asked(item, narrowed)
    groups = ("bring", "perhaps", "spared", "dropped")
    return {name: [_in_words(item, one) for one in getattr(asked, name)] for name in groups}


def _in_words(item: queries.Item, one: queries.Material) -> tuple[queries.Material, str, str]:
    when = queries.condition_in_words(item.form, one.when) if one.when is not None else ""
    return one, when, queries.intermediary_in_words(one)


def _with_answers(address: str, narrowed: queries.Narrowed, *, of_form: bool = False) -> str:
    """An address with the answers so far; for the application only with those that its form asks for."""
    told = [one.query for one in narrowed.answered if one.situation.field or not of_form]
    return f"{address}?{urlencode(told)}" if told else address


def _changed(item: queries.Item, narrowed: queries.Narrowed, at: int) -> str:
    """Where this answer is asked for again: the answers before it are kept."""
    before = urlencode([one.query for one in narrowed.answered[:at]])
    return f"{reverse('catalogue:situation', args=[item.slug])}?{before}"


def _to_pass_on(item: queries.Item | queries.GuideOnly, slug: ItemCode) -> dict[str, Any]:
    """The address of a guide, as a link, a picture for cameras, and data for machines."""
    address = queries.address_of(slug)
    return {
        "address": address,
        "qr": _qr(address),
        "linked_data": _unclosed(queries.linked_data(item, address=address)),
    }


def _qr(address: str) -> SafeString:
    # Drawn by segno from an address of ours: nothing that anyone typed.
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(**_DRAWN))


def _unclosed(data: dict[str, Any]) -> SafeString:
    """JSON that cannot close the element it stands in, whatever a pack says."""
    text = orjson.dumps(data).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)


@require_safe
@open_to(ANYONE)
def situation(request: Request, slug: str) -> HttpResponse:
    """The next question that tells what this person needs; past the last, the guide for their situation."""
    item = queries.in_readers_words(queries.item(ItemCode(slug)))
    narrowed = queries.narrow(item.situations, request.GET.dict())
    if narrowed.asking is None:
        return redirect(_with_answers(reverse("catalogue:guide", args=[slug]), narrowed))
    one = narrowed.asking
    name = queries.PREFIX + one.element
    passed_over = request.GET.get("ask") == one.element
    faults = [{"name": name, "says": _("请选一个再继续。"), "do": ""}] if passed_over else []
    context = {
        "item": item,
        "narrowed": narrowed,
        "asking": one,
        "number": len(narrowed.answered) + 1,
        "field": Field(name, one.element, one.label, one.kind, options=one.options, help=one.help),
        "faults": faults,
        "back": _changed(item, narrowed, -1)
        if narrowed.answered
        else reverse("catalogue:guide", args=[slug]),
    }
    return render(request, "catalogue/situation.html", context)


@require_safe
@open_to(ANYONE)
def guide_pdf(request: Request, slug: str) -> HttpResponse:
    """The guide to print or to send, for everyone or for the situation in the address."""
    item = queries.item(ItemCode(slug))
    narrowed = queries.narrow(item.situations, request.GET.dict())
    return _pdf(request, queries.guide_pdf(item, narrowed, at=request.now), f"{item.name}办事指南.pdf")


@require_safe
@open_to(ANYONE)
def form_pdf(request: Request, slug: str, kind: str) -> HttpResponse:
    """A form to fill in by hand."""
    item = queries.item(ItemCode(slug))
    return _pdf(request, queries.form_pdf(item, kind), f"{item.name}空白表.pdf")


@require_safe
@open_to(ANYONE)
def sample_pdf(request: Request, slug: str, kind: str) -> HttpResponse:
    """What a material may look like."""
    item = queries.item(ItemCode(slug))
    return _pdf(request, queries.sample_pdf(item, kind), f"{item.name}材料样子.pdf")


def _pdf(request: Request, content: bytes, name: str) -> HttpResponse:
    """The same for everyone, so it may be kept a while; unchanged, it is not sent again."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = str(content_disposition_header(False, name))
    response.headers["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    response.headers["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    kept = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    assert kept is not None
    return kept


@require_safe
@open_to(ANYONE)
def rule(request: Request, slug: str) -> HttpResponse:
    """The rules that decide, and those that say how a case goes on, with their tests and the results."""
    item = queries.in_readers_words(queries.item(ItemCode(slug)))
    shown = queries.rule_in_words(item.rule) if item.rule else None
    ways = [queries.way_in_words(one) for one in item.flow_tables]
    looks = [queries.asked_in_words(one) for one in item.registers_on_the_way]
    told = {"item": item, "rule": shown, "ways": ways, "looks": looks}
    return render(request, "catalogue/rule.html", told)


@require_safe
@open_to(ANYONE)
def versions(request: Request, slug: str) -> HttpResponse:
    """Every version of an item, the newest first, with what it changed."""
    item = queries.in_readers_words(queries.item(ItemCode(slug)))
    context = {"item": item, "editions": queries.history(item)}
    return render(request, "catalogue/versions.html", context)


@require_safe
@open_to(ANYONE)
def one_version(request: Request, slug: str, version: int) -> HttpResponse:
    """An item as one of its versions told it; the law's limit as it is in force today."""
    current = queries.item(ItemCode(slug))
    past = queries.in_readers_words(queries.item_version(ItemCode(slug), version))
    edition = queries.history(past)[0]
    context = _guide(past, queries.narrow(past.situations, {}), legal_day(request.now)) | {
        "edition": edition,
        "situation": "",
        "current": current,
        "past": current.version != version,
    }
    return render(request, "catalogue/version.html", context)
