"""What the pages of signing in have in common: where one goes on to, beginning, what was sent where."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_noop as noop

from tongban.identity import commands
from tongban.identity.commands import CodeFor, Noted
from tongban.kernel.ids import AccountId
from tongban.kernel.keys import Unreadable, ring
from tongban.kernel.pages import ENTERED_AT, Request

PASSWORD_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
SENT: Final = "sent"
_ABOUT: Final = b"identity/sent/"


def next_of(request: Request) -> str:
    """Where one wanted to go, if it is a page of ours; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # What is no path would be taken for the name of a page.
    return wanted if safe and wanted.startswith("/") else ""


def home_of(*, officer: bool) -> str:
    """Where work begins for an officer, and everything for a resident."""
    return resolve_url(settings.OFFICERS_BEGIN_AT if officer else settings.LOGIN_REDIRECT_URL)


def onward(address: str, request: Request) -> str:
    """An address that takes along where one wanted to go."""
    wanted = next_of(request)
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address


def begin(request: Request, account: commands.Account, how: Noted | None = None) -> None:
    """Begin a session of this account, in a key of its own, and note where and how.

    Without `how` the one that there is goes on under another key: it is no fresher than it was.
    """
    before = request.session.session_key
    login(request, account, backend=PASSWORD_BACKEND)
    if request.session.session_key == before:  # Django keeps the key of who was signed in already.
        request.session.cycle_key()
    if how is not None:
        request.session[ENTERED_AT] = request.now.isoformat()
        commands.note(AccountId(account.id), how, at=request.now)
    request.session.pop(SENT, None)
    request.session.save()
    session, device = str(request.session.session_key), device_of(request)
    commands.entered(AccountId(account.id), session=session, device=device, at=request.now)


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """Where a code went, and the code itself where a demonstration shows it."""

    to: str
    shown: str


def send(request: Request, purpose: CodeFor, to: str, account: AccountId | None = None) -> None:
    """Send a code, and keep in the session, sealed, where it went."""
    shown = commands.send_code(
        purpose, to, account=account, address=request.META.get("REMOTE_ADDR", ""), at=request.now
    )
    about = _ABOUT + purpose.encode()
    sealed = [ring().wrap(text.encode(), about).hex() for text in (to, shown or "")]
    request.session[SENT] = {"for": str(purpose), "sealed": sealed}


def sent(request: Request, purpose: CodeFor) -> Sent | None:
    """Where the last code for this purpose went from this browser; None without one."""
    kept = request.session.get(SENT) or {}
    if kept.get("for") != purpose:
        return None
    about = _ABOUT + purpose.encode()
    try:
        return Sent(*(ring().unwrap(bytes.fromhex(one), about).decode() for one in kept["sealed"]))
    except Unreadable:
        return None


_SYSTEMS: Final = ("iPhone", "iPad", "HarmonyOS", "Android", "Windows", "Macintosh", "Linux")
_BROWSERS: Final = (
    ("MicroMessenger", noop("微信")),
    ("HuaweiBrowser", noop("华为浏览器")),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def device_of(request: Request) -> str:
    """The device and browser that ask, in words their owner knows again; no version, no address."""
    said = request.META.get("HTTP_USER_AGENT", "")
    system = next((one for one in _SYSTEMS if re.search(one, said)), noop("一台设备"))
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    return f"{system} · {browser}" if browser else system


def account_of(request: Request) -> AccountId:
    """The account of whoever is behind this door."""
    assert request.viewer.account is not None
    return request.viewer.account
