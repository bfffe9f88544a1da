"""What people see of certificates: their own, for anyone whether one holds, and the acts of officers."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from tongban.certificates import commands, queries
from tongban.kernel.acts import Asks, OpenAct, fields_of, read_asks, seen_in
from tongban.kernel.pages import ANYONE, OFFICERS, PEOPLE, OfficerRequest, Request, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422
SHOWN: Final = {"dark": "#000", "light": "#fff", "border": 3, "scale": 4, "omitsize": True}
"""Black on white whatever the page's colours, with a margin, as large as its place allows."""


@require_safe
@open_to(PEOPLE)
def wallet(request: Request) -> HttpResponse:
    """One's own certificates and those of the enterprises one may act for."""
    rows = queries.wallet(request.viewer, at=request.now)
    return render(request, "certificates/wallet.html", {"rows": rows})


@require_safe
@open_to(PEOPLE)
def certificate(request: Request, certificate: str) -> HttpResponse:
    """One's own certificate: what is printed on it, whether it holds, what happened, why, and what to do."""
    view = queries.certificate(certificate, request.viewer, at=request.now)
    address = settings.ADDRESS + reverse("certificates:check", args=[view.number])
    context = {"view": view, "story": view.story[::-1], "address": address, "code": _drawn(address)}
    return render(request, "certificates/certificate.html", context)


@require_safe
@open_to(PEOPLE)
def show(request: Request, certificate: str) -> HttpResponse:
    """One's own certificate, large, for somebody at a counter: what it is, whose, whether it holds now.

    The whole page is in this one answer: once it is there, it is there without a network too.
    """
    view = queries.certificate(certificate, request.viewer, at=request.now)
    address = settings.ADDRESS + reverse("certificates:check", args=[view.number])
    context = {"view": view, "code": _drawn(address), "now": request.now}
    return render(request, "certificates/show.html", context)


@require_safe
@open_to(ANYONE)
def check(request: Request, certificate: str) -> HttpResponse:
    """What anyone may know of a certificate, as it stands at this moment."""
    found = queries.check(certificate, at=request.now)
    response = render(request, "certificates/check.html", {"found": found, "now": request.now})
    response["Cache-Control"] = "no-store"
    return response


COMMANDS: Final[Mapping[queries.Act, Callable[..., object]]] = {
    queries.Act.CHANGE: commands.change,
    queries.Act.SUSPEND: commands.suspend,
    queries.Act.RESTORE: commands.restore,
    queries.Act.ENDORSE: commands.endorse,
    queries.Act.CANCEL: commands.cancel,
    queries.Act.ASK_REVOCATION: commands.ask_revocation,
    queries.Act.APPROVE_REVOCATION: commands.approve_revocation,
    queries.Act.DECLINE_REVOCATION: commands.decline_revocation,
}
"""The command of every act; what an act asks for are the command's own parameters."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def act(request: OfficerRequest, certificate: str, code: str) -> HttpResponse:
    """One act, asked for on a page of its own or done; after a fault all that was typed is still there.

    Pressed twice it is done once: the command knows its own order again and gives the same answer.
    """
    if code not in set(queries.Act):
        raise Refusal(
            "certificates.act.unknown", says="没有这种处理。", do="请回到工作台，打开这张证照。", status=404
        )
    view, act = queries.certificate(certificate, request.viewer, at=request.now), queries.Act(code)
    found = queries.act_of(view, act, request.now)
    posted = request.method == "POST"
    told = read_asks(found.asks, request.POST) if posted else Asks()
    if not posted or told.faults:
        _open_to(view, act)
        return _asked(request, view, found, told)
    try:
        seen = seen_in(request.POST)
        done = COMMANDS[act](certificate, seen=seen, by=request.viewer, at=request.now, **_said(view, told))
    except Refusal as refusal:
        return _refused(request, found, told, refusal, certificate)
    messages.success(request, _done(found))
    return redirect("desk:certificate", done if isinstance(done, str) else view.number)


def _open_to(view: queries.CertificateView, act: queries.Act) -> None:
    if act not in view.acts:
        raise Refusal(
            f"certificates.{act}.not-open",
            says="这张证照现在不能这样处理：可能刚刚有了新的处理，或者您没有这项权限。",
            do="请回到工作台，打开这张证照看看最新情况。",
        )


def _said(view: queries.CertificateView, told: Asks) -> dict[str, Any]:
    """What was typed, by the parameters of the command; lines left empty are not changed."""
    labels = {f"line_{place}": label for place, label in enumerate(queries.changeable(view))}
    lines = {labels[name]: text for name, text in told.items() if name in labels and text}
    rest = {name: text for name, text in told.items() if name not in labels}
    return rest | ({"lines": lines} if len(rest) < len(told) else {})


def _done(found: OpenAct) -> str:
    if found.approval:
        return "已经提交负责人批准，批准之前这张证照照常有效。"
    return f"已完成：{found.name}。"


def _refused(
    request: OfficerRequest, found: OpenAct, told: Asks, refusal: Refusal, number: str
) -> HttpResponse:
    """The refusal on the page of the act, so that what was typed is not lost."""
    if refusal.status in (400, 401, 403, 404):
        raise refusal
    view = queries.certificate(number, request.viewer, at=request.now)
    missed = {fault["seq"] for fault in refusal.faults if "seq" in fault}
    since = [one for one in view.story if one.seq in missed]
    return _asked(request, view, found, told, refusal=refusal, since=since)


def _asked(
    request: OfficerRequest, view: queries.CertificateView, found: OpenAct, told: Asks, **refused: Any
) -> HttpResponse:
    asks = fields_of(found.asks, request.POST, told)
    context = {"view": view, "act": found, "asks": asks, "faults": told.faults} | refused
    status = refused["refusal"].status if refused else TO_BE_MENDED if told.faults else 200
    return render(request, "certificates/act.html", context, status=status)


def _drawn(address: str) -> SafeString:
    # Drawn by segno from an address of ours: nothing that anyone typed.
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(**SHOWN))
