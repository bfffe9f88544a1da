"""What is answered when a request cannot be served: to people a calm page, to programs problem+json."""

import secrets
import sys
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import orjson
import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, UnreadablePostError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import is_valid_path

from tongban.engine.phrase import phrase
from tongban.kernel.access import UNNAMED
from tongban.kernel.pages import AGAIN, FIRST_PASSWORD, Preferences
from tongban.kernel.refusal import Refusal
from tongban.kernel.speech import city

PROGRAMS: Final = ("/api/", "/health/")
RETRY_AFTER: Final = 5
"""Seconds; the embedded database is back within them."""

_log = structlog.get_logger(__name__)

UNKNOWN: Final = Refusal(
    "request.unknown",
    says=phrase("没有这一页。"),
    do=phrase("请核对网址，或从首页重新进入。"),
    status=404,
)
TOO_LARGE: Final = Refusal(
    "request.too-large",
    says=phrase("一次提交的内容太多。"),
    do=phrase("请分几次上传，或把照片拍小一点。"),
    status=413,
)
MALFORMED: Final = Refusal(
    "request.malformed",
    says=phrase("请求的内容无法读取。"),
    do=phrase("请返回上一页重试；程序请检查请求的格式。"),
    status=400,
)
FORBIDDEN: Final = Refusal(
    "access.not-allowed",
    says=phrase("您没有权限查看或办理这件事。"),
    do=phrase("请用有权限的账号登录。"),
    status=403,
)
STALE: Final = Refusal(
    "request.stale-form",
    says=phrase("这一页打开得太久了，为了您的安全，没有提交。"),
    do=phrase("请返回上一页，刷新后再提交一次；已经填好的内容一般还在。请确认浏览器允许使用 Cookie。"),
    status=403,
)

_FAULT: Final = Refusal(
    "site.fault",
    says=phrase("系统出了问题，没能完成。不是您的操作有误。"),
    do=phrase("请稍后再试。已经拿到收件凭证的申请不受影响；没有拿到的，请重新提交，不会重复办理。"),
    status=500,
)
_AWAY: Final = Refusal(
    "site.away",
    says=phrase("系统正在恢复，请稍等。"),
    do=phrase("请过几秒再试。已经拿到收件凭证的申请都在；没有拿到的，请重新提交，不会重复办理。"),
    status=503,
)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as its reader understands it; who must sign in or tell a name comes back after it.

    Who came by a first password is led to choose another.
    """
    if request.path_info.startswith(PROGRAMS):
        return problem(refusal)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        again = {"again": "1"} if refusal.code == AGAIN else {}
        return _to(settings.LOGIN_URL, request, **again)
    if refusal.code == UNNAMED:
        return _to(settings.NAMING_URL, request)
    if refusal.code == FIRST_PASSWORD:
        return redirect(settings.PASSWORD_URL)
    page = render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)
    return _whole(page)


def problem(refusal: Refusal, **more: Any) -> HttpResponse:
    """A refusal as problem+json; `more` adds members."""
    status = HTTPStatus(refusal.status)
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "code": refusal.code,
        "detail": refusal.says,
        "do": refusal.do,
    }
    if refusal.faults:
        told["faults"] = refusal.faults
    answer = HttpResponse(orjson.dumps(told | more), "application/problem+json", status)
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def wrong_method(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An answer of 405 with words; it still says which methods there are."""
    said = refused(
        request,
        Refusal(
            "request.wrong-method",
            says=phrase("这个地址不能这样访问。"),
            do=phrase("请从页面上的按钮进入；程序请用 %(methods)s。", methods=answer.get("Allow", "")),
            status=405,
        ),
    )
    said["Allow"] = answer.get("Allow", "")
    return said


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers 400 and 413: what Django could not read."""
    return refused(request, TOO_LARGE if isinstance(exception, RequestDataTooBig) else MALFORMED)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers 403."""
    return refused(request, FORBIDDEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers 403 to a form without the token of this browser."""
    return refused(request, STALE)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers 404, or sends a reader on to the page that only lacks its last stroke."""
    if request.method in ("GET", "HEAD") and is_valid_path(f"{request.path_info}/"):
        return HttpResponsePermanentRedirect(f"{request.path_info}/")
    return refused(request, UNKNOWN)


def fault(request: HttpRequest) -> HttpResponse:
    """Answers 500, or 503 where the database is away; the id on the page finds the line in the log."""
    error = sys.exception()
    if isinstance(error, Refusal):
        return refused(request, error)
    if isinstance(error, UnreadablePostError):
        return refused(request, MALFORMED)
    away = isinstance(error, OperationalError | InterfaceError)
    name = secrets.token_hex(4)
    match = request.resolver_match
    _log.error(
        "site.fault",
        id=name,
        method=request.method,
        route=match.route if match else None,
        exc_info=error,
    )
    told = _AWAY if away else _FAULT
    if request.path_info.startswith(PROGRAMS):
        answer = problem(told, id=name)
    else:
        page = {
            "refusal": told,
            "id": name,
            "city": city(),
            "demonstration": settings.DEMONSTRATION,
            "preferences": getattr(request, "preferences", Preferences()),
        }
        answer = _whole(HttpResponse(render_to_string("fault.html", page), status=told.status))
    if away:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _whole(page: HttpResponse) -> HttpResponse:
    """A page that takes the whole window, also where only a part was asked for by script."""
    page["HX-Retarget"], page["HX-Reswap"] = "body", "innerHTML"
    return page


def _to(page: str, request: HttpRequest, **more: str) -> HttpResponse:
    """The way to a page that leads back here."""
    back = request.get_full_path()
    if request.method not in ("GET", "HEAD") or "HX-Request" in request.headers:
        came_from = urlsplit(request.headers.get("Referer", ""))
        back = came_from.path or "/"
    address = f"{page}?{urlencode({'next': back} | more)}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address})
    return redirect(address)
