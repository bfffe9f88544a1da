"""Find my receipt: where the leaf stands that it promises, checked here, and how to check it oneself."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tongban.cases import api as cases
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.ledger import api as ledger
from tongban.portal.pages.order import move_of
from tongban.portal.pages.seen import Named, name_of, names_of_queues

LONGEST: Final = 20_000
"""Characters; a receipt with its proof has some three thousand."""

TAG: Final = re.compile(r"[0-9a-f]{32}")
NUMBER: Final = re.compile(r"[0-9]{6}-[0-9]{8}-[0-9]{7}-[0-9]")

Verdict = Literal["found", "pending", "differs", "not-ours", "unknown", "number", "empty"]


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of what someone pasted. `proven`: the leaf leads to the signed head."""

    verdict: Verdict
    leaves: tuple[ledger.Placed, ...] = ()
    arrival: ledger.Placed | None = None
    proven: bool = False
    receipt: ledger.Receipt | None = None
    faults: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def find(request: Request) -> HttpResponse:
    """Ask for a receipt or a tag; tell where it stands. At most two statements and those of a proof."""
    context: dict[str, object] = {
        "address": request.build_absolute_uri("/").rstrip("/"),
        "origin": settings.LEDGER_ORIGIN,
        "pasted": "",
        "number": "",
    }
    if request.method == "POST":
        pasted = _pasted(request)
        found = look_up(pasted)
        context |= {"found": found, "pasted": pasted, "moves": [move_of(one) for one in found.leaves]}
        context["name"] = _name(found)
        context["number"] = pasted if found.verdict == "number" else ""
    verdict = getattr(context.get("found"), "verdict", "")
    return render(request, "portal/find.html", context, status=422 if verdict == "empty" else 200)


def _pasted(request: Request) -> str:
    """What was typed, or else the text of the file."""
    typed = request.POST.get("receipt", "").strip()
    file = request.FILES.get("file")
    if not typed and file is not None:
        typed = file.read(LONGEST).decode("utf-8", "replace").strip()
    return typed[:LONGEST]


def look_up(pasted: str) -> Found:
    """Where it stands, from the log itself.

    A case number is not taken: others may know it, and it would tie a person to the tag in the public log.
    """
    if not pasted:
        return Found("empty")
    if NUMBER.fullmatch(pasted):
        return Found("number")
    if TAG.fullmatch(pasted.lower()):
        return _tagged(pasted.lower())
    try:
        receipt = ledger.opened_receipt(pasted)
    except ledger.ReceiptError:
        return Found("not-ours")
    return _promised(receipt)


def _tagged(tag: str) -> Found:
    leaves = tuple(one for one in ledger.leaves_of(cases.events_tagged(tag)) if one.leaf.case == tag)
    arrival = next((one for one in leaves if one.leaf.kind == "arrived"), None)
    if not leaves:
        return Found("unknown")
    return Found("found", leaves, arrival, proven=ledger.proven((arrival or leaves[0]).index))


def _promised(receipt: ledger.Receipt) -> Found:
    """The leaf that a genuine receipt promises: there, not yet there, or not as it was promised."""
    leaves = tuple(ledger.leaves_of(cases.events_tagged(receipt.tag)))
    if not leaves:
        return Found("pending", receipt=receipt)
    kept = next((one for one in leaves if not receipt.faults_of(one.leaf)), None)
    if kept is None:
        return Found("differs", leaves, receipt=receipt, faults=tuple(receipt.faults_of(leaves[0].leaf)))
    return Found("found", leaves, kept, ledger.proven(kept.index), receipt)


def _name(found: Found) -> Named | None:
    return name_of(found.arrival.leaf.queue, names_of_queues()) if found.arrival else None
