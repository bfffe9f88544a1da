"""What happens to every request: headers, for browsers session and form, the moment, and refusals."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, cast
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from tongban.kernel.access import NOBODY
from tongban.kernel.clock import now
from tongban.kernel.pages import Preferences, Request, unstorable
from tongban.kernel.refusal import Refusal
from tongban.site import answers

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


_LONGEST_ADDRESS: Final = 64


def _of_browsers(kind: type[MiddlewareMixin]) -> type[MiddlewareMixin]:
    """A middleware of Django that lets the API pass by: tokens need no session, and every step costs time."""

    def answer(self: MiddlewareMixin, request: HttpRequest) -> Any:
        if request.path_info.startswith("/api/"):
            return self.get_response(request)
        return kind.__call__(self, request)

    return type(kind.__name__, (kind,), {"__call__": answer})


class _Pages(GZipMiddleware):
    """Compresses pages, and nothing else: files are compressed already, or are no text.

    Each page gets a random length, so that its length says nothing of what is in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]
        html = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if html else response  # type: ignore[return-value]


Compressed: Final = _of_browsers(_Pages)
Sessions: Final = _of_browsers(SessionMiddleware)
Forms: Final = _of_browsers(CsrfViewMiddleware)
Accounts: Final = _of_browsers(AuthenticationMiddleware)
Messages: Final = _of_browsers(MessageMiddleware)
WITHOUT_BODY: Final = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


def headers(get_response: Answer) -> Answer:
    """Say to every browser what may run and load here, and keep what one person sees out of every cache.

    Every answer says its length.
    """
    common = dict(HEADERS)
    if settings.HTTPS:
        common["Strict-Transport-Security"] = "max-age=31536000"

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in common.items():
            response.headers.setdefault(name, value)
        if getattr(request, "viewer", NOBODY).account is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        # Without its length the server would cut an answer into chunks, each a write of its own.
        if not response.streaming and response.status_code not in WITHOUT_BODY:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return answer


PREFERENCES: Final = "preferences"
"""The name of the cookie."""


def preferences(get_response: Answer) -> Answer:
    """Give every request of a browser its reader's preferences, and speak their language.

    Chinese is spoken to who chose nothing, whatever their browser says: a page that turns into another
    language by itself helps nobody; the link that changes it stands on every page.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            return get_response(request)
        chosen = Preferences.written(request.COOKIES.get(PREFERENCES, ""))
        cast(Request, request).preferences = chosen
        with translation.override(chosen.language):
            return get_response(request)

    return answer


def moment(get_response: Answer) -> Answer:
    """Give every request its one moment; whoever asks is nobody until a door or a token says who."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = cast(Request, request)
        request.META["REMOTE_ADDR"] = _caller(request)
        asked.now, asked.viewer = now(), NOBODY
        texts = (request.path_info, unquote(request.META["QUERY_STRING"]), *request.COOKIES.values())
        if any("\x00" in text for text in texts):
            return answers.refused(request, unstorable())
        return get_response(request)

    return answer


def _caller(request: HttpRequest) -> str:
    """The address that asks: behind our own proxies the one that the outermost of them saw.

    What stands further left in the header anybody may have written there.
    """
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.PROXIES <= len(passed):
        return str(passed[-settings.PROXIES]).strip()[:_LONGEST_ADDRESS]
    return str(request.META.get("REMOTE_ADDR", ""))


def refusals(get_response: Answer) -> Answer:
    """Turn every refusal into a page or a problem, and the bare 405 of Django and ninja too."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return answers.wrong_method(request, response)
        return response

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answers.refused(request, exception) if isinstance(exception, Refusal) else None

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer
