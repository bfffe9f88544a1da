"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tongban.identity import commands
from tongban.identity.forms import SignInForm
from tongban.kernel.pages import ANYONE, Request, open_to


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
@open_to(ANYONE)
def sign_in(request: Request) -> HttpResponse:
    """Ask for name and password; go on to `next`, if it is a page of ours."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account = commands.sign_in(
            form.cleaned_data["name"],
            form.cleaned_data["password"],
            address=request.META.get("REMOTE_ADDR", ""),
            at=request.now,
        )
        if account is not None:
            login(request, account)
            return redirect(_next(request) or _home(officer=account.officer_id is not None))
        form.add_error(None, "登录名或密码不对，请核对后再试。")
    context = {"form": form, "next": _next(request)}
    return render(request, "identity/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(ANYONE)
def sign_out(request: Request) -> HttpResponse:
    """End the session; only a press of the button does, never a link."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL or "/")


def _next(request: Request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""


def _home(*, officer: bool) -> str:
    """Where work begins for an officer, and everything for a resident."""
    return resolve_url(settings.OFFICERS_BEGIN_AT if officer else settings.LOGIN_REDIRECT_URL)
