"""Coming in: by a code to one's phone, by password, by passkey; and being known by name."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.engine.codes import mask_phone
from tongban.identity import commands
from tongban.identity.commands import CodeFor, Noted
from tongban.identity.forms import CodeForm, NameForm, PhoneForm, SignInForm
from tongban.identity.pages.doors import account_of, begin, home_of, next_of, onward, send, sent
from tongban.kernel.pages import ANYONE, RESIDENTS, Request, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422
CHALLENGE: Final = "passkey-challenge"
CHALLENGE_LASTS: Final = timedelta(minutes=5)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
@open_to(ANYONE)
def sign_in(request: Request) -> HttpResponse:
    """Ask who comes: by phone, password or passkey; a right password goes on to `next`."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account = commands.sign_in(
            form.cleaned_data["name"],
            form.cleaned_data["password"],
            address=request.META.get("REMOTE_ADDR", ""),
            at=request.now,
        )
        if account is not None:
            begin(request, account, Noted.ENTERED_BY_PASSWORD)
            return redirect(next_of(request) or home_of(officer=account.officer_id is not None))
        form.add_error(None, _("登录名或密码不对，请核对后再试。"))
    return _door(request, password=form)


@require_safe
@never_cache
@open_to(ANYONE)
def register(request: Request) -> HttpResponse:
    """How one comes to have an account: a phone is enough to begin with."""
    context = {"form": PhoneForm(), "next": next_of(request)}
    return render(request, "identity/register.html", context)


@require_POST
@never_cache
@sensitive_post_parameters("phone")
@open_to(ANYONE)
def send_code(request: Request) -> HttpResponse:
    """Send a code to a phone, whether or not it has an account."""
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _door(request, phone=form)
    send(request, CodeFor.ENTER, form.cleaned_data["phone"])
    return redirect(onward("/sign-in/code", request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
@open_to(ANYONE)
def code(request: Request) -> HttpResponse:
    """Ask for the code; the right one signs in, and opens an account where the phone has none."""
    went = sent(request, CodeFor.ENTER)
    if went is None:
        return redirect(onward("/sign-in", request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = commands.enter_by_code(went.to, form.cleaned_data["code"], at=request.now)
        except Refusal as refusal:
            form.refused("code", refusal)
        else:
            begin(request, account, Noted.ENTERED_BY_CODE)
            return redirect(next_of(request) if account.person_key else onward("/real-name", request))
    context = {"form": form, "to": mask_phone(went.to), "phone": went.to, "shown": went.shown}
    context["next"] = next_of(request)
    return render(request, "identity/code.html", context, status=TO_BE_MENDED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("name", "id_number")
@open_to(RESIDENTS)
def real_name(request: Request) -> HttpResponse:
    """Ask for name and number, and compare them once with the population register."""
    if request.viewer.person is not None:
        return redirect(next_of(request) or home_of(officer=False))
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            commands.make_known(
                account_of(request),
                told["name"],
                told["id_number"],
                address=request.META.get("REMOTE_ADDR", ""),
                at=request.now,
            )
        except Refusal as refusal:
            form.refused("id_number", refusal)
        else:
            begin(request, request.user)  # type: ignore[arg-type]
            return redirect(next_of(request) or "identity:known")
    context = {"form": form, "next": next_of(request)}
    return render(request, "identity/real_name.html", context, status=TO_BE_MENDED if form.errors else 200)


@require_safe
@open_to(RESIDENTS)
def known(request: Request) -> HttpResponse:
    """What one can do now, and how to come in more easily the next time."""
    return render(request, "identity/known.html")


@require_POST
@never_cache
@open_to(ANYONE)
def passkey_options(request: Request) -> HttpResponse:
    """What the browser needs to show a passkey; its challenge is kept in the session, for once."""
    options, challenge = commands.passkey_to_show()
    keep_challenge(request, challenge)
    return HttpResponse(options, content_type="application/json")


@require_POST
@never_cache
@sensitive_post_parameters("answer")
@open_to(ANYONE)
def passkey(request: Request) -> HttpResponse:
    """Sign in by what a passkey answered."""
    try:
        account = commands.enter_by_passkey(request.POST.get("answer", ""), challenge=challenge_of(request))
    except Refusal as refusal:
        return _door(request, refusal=refusal)
    begin(request, account, Noted.ENTERED_BY_PASSKEY)
    return redirect(next_of(request) or home_of(officer=account.officer_id is not None))


@require_POST
@open_to(ANYONE)
def sign_out(request: Request) -> HttpResponse:
    """End the session; only a press of the button does, never a link."""
    logout(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL or "/")
    # What a page keeps on the device while the line is down goes with the session.
    answer["Clear-Site-Data"] = '"storage"'
    return answer


def keep_challenge(request: Request, challenge: bytes) -> None:
    """Keep the challenge that the next answer of a passkey must be to."""
    until = (request.now + CHALLENGE_LASTS).isoformat()
    request.session[CHALLENGE] = {"challenge": challenge.hex(), "until": until}


def challenge_of(request: Request) -> bytes:
    """The challenge of this session, taken out of it: no answer counts twice, none after five minutes."""
    kept = request.session.pop(CHALLENGE, None)
    if kept is None or request.now >= datetime.fromisoformat(kept["until"]):
        raise Refusal(
            "identity.passkey.stale",
            says=_("等得太久了，通行密钥没有用上。"),
            do=_("请再按一次按钮。"),
            status=TO_BE_MENDED,
        )
    return bytes.fromhex(kept["challenge"])


def _door(
    request: Request,
    *,
    phone: PhoneForm | None = None,
    password: SignInForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "refusal": refusal,
        "phone": phone or PhoneForm(),
        "password": password or SignInForm(),
        "next": next_of(request),
        "again": request.GET.get("again") == "1" and request.viewer.account is not None,
    }
    faulty = refusal is not None or any(form is not None and form.errors for form in (phone, password))
    return render(request, "identity/sign_in.html", context, status=TO_BE_MENDED if faulty else 200)
