"""One's own account: how one comes in, how one is reached, where one is signed in, and leaving."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.engine.codes import mask_mail, mask_phone
from tongban.identity import commands, queries
from tongban.identity.commands import CodeFor, Noted
from tongban.identity.forms import Asked, CodeForm, MailForm, PasswordForm, PhoneForm
from tongban.identity.pages.doors import SENT, account_of, begin, device_of, home_of, send, sent
from tongban.identity.pages.entering import challenge_of, keep_challenge
from tongban.kernel.pages import NEWCOMERS, OFFICERS, RESIDENTS, Request, fresh, open_to
from tongban.kernel.refusal import Refusal

TO_BE_MENDED: Final = 422


@require_safe
@never_cache
@open_to(RESIDENTS)
def account(request: Request) -> HttpResponse:
    """Everything of one's own account, masked, with what may be changed."""
    own = queries.own_account(account_of(request), session=str(request.session.session_key))
    return render(request, "identity/settings.html", {"own": own})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@open_to(RESIDENTS, OFFICERS, NEWCOMERS)
@fresh
def password(request: Request) -> HttpResponse:
    """Choose a password, or another one; every other browser is signed out."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.choose_password(account_of(request), form.cleaned_data["password"], at=request.now)
        except Refusal as refusal:
            form.refused("password", refusal)
        else:
            _begin_anew(request)
            messages.success(request, _("密码已设好。其他设备上的登录已经退出。"))
            return redirect(home_of(officer=True) if request.viewer.officer else "identity:settings")
    return _asked(request, "identity/password.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("phone")
@open_to(RESIDENTS)
@fresh
def phone(request: Request) -> HttpResponse:
    """Ask for the new phone, and send it a code."""
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _sent(request, CodeFor.PHONE, form, "phone") or _asked(request, "identity/phone.html", form)
    return _asked(request, "identity/phone.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
@open_to(RESIDENTS)
@fresh
def phone_code(request: Request) -> HttpResponse:
    """Ask for the code that went to the new phone."""
    return _confirmed(request, CodeFor.PHONE, "identity:phone", _("手机号已更换。"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("mail")
@open_to(RESIDENTS)
@fresh
def mail(request: Request) -> HttpResponse:
    """Ask for the mail address that notices go to, and send it a code; or forget the one there is."""
    if request.method == "POST" and "forget" in request.POST:
        commands.forget_mail(account_of(request), at=request.now)
        return _done(request, _("以后不再发邮件。站内的消息照常有。"))
    form = MailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _sent(request, CodeFor.MAIL, form, "mail") or _asked(request, "identity/mail.html", form)
    return _asked(request, "identity/mail.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
@open_to(RESIDENTS)
@fresh
def mail_code(request: Request) -> HttpResponse:
    """Ask for the code that went to the mail address."""
    return _confirmed(request, CodeFor.MAIL, "identity:mail", _("邮箱已确认，以后的通知也会发到这里。"))


@require_POST
@never_cache
@open_to(RESIDENTS)
@fresh
def passkey_options(request: Request) -> HttpResponse:
    """What the browser needs to make a passkey; its challenge is kept in the session, for once."""
    options, challenge = commands.passkey_to_make(account_of(request), request.viewer.shown_as)
    keep_challenge(request, challenge)
    return HttpResponse(options, content_type="application/json")


@require_POST
@never_cache
@sensitive_post_parameters("answer")
@open_to(RESIDENTS)
@fresh
def add_passkey(request: Request) -> HttpResponse:
    """Keep the passkey that the browser made."""
    commands.add_passkey(
        account_of(request),
        request.POST.get("answer", ""),
        challenge=challenge_of(request),
        device=device_of(request),
        at=request.now,
    )
    return _done(request, _("通行密钥已添加。下次登录按一下就行，不用验证码。"))


@require_POST
@open_to(RESIDENTS)
@fresh
def remove_passkey(request: Request, passkey: UUID) -> HttpResponse:
    """Let a passkey open nothing any more."""
    commands.remove_passkey(account_of(request), passkey, at=request.now)
    return _done(request, _("通行密钥已删除。"))


@require_POST
@open_to(RESIDENTS)
def sign_out_everywhere(request: Request) -> HttpResponse:
    """End every session, this one too."""
    commands.sign_out_everywhere(account_of(request), at=request.now)
    logout(request)
    messages.success(request, _("已在所有设备上退出。"))
    return redirect("/")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(RESIDENTS)
@fresh
def leaving(request: Request) -> HttpResponse:
    """Say what goes and what stays; close the account where that is confirmed."""
    if request.method != "POST":
        return render(request, "identity/leaving.html")
    commands.leave(account_of(request), at=request.now)
    logout(request)
    messages.success(request, _("账号已注销，登记的手机号、邮箱和实名信息已经销毁。"))
    return redirect("/")


def _sent(request: Request, purpose: CodeFor, form: Asked, field: str) -> HttpResponse | None:
    """The page that asks for the code; None where the field has to be mended first."""
    try:
        send(request, purpose, form.cleaned_data[field], account_of(request))
    except Refusal as refusal:
        form.refused(field, refusal)
        return None
    return redirect(f"identity:{field}-code")


def _confirmed(request: Request, purpose: CodeFor, before: str, done: str) -> HttpResponse:
    went = sent(request, purpose)
    if went is None:
        return redirect(before)
    change, masked = {
        CodeFor.PHONE: (commands.change_phone, mask_phone(went.to)),
        CodeFor.MAIL: (commands.change_mail, mask_mail(went.to)),
    }[purpose]
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change(account_of(request), went.to, form.cleaned_data["code"], at=request.now)
        except Refusal as refusal:
            form.refused("code", refusal)
        else:
            request.session.pop(SENT, None)
            return _done(request, done)
    return _asked(request, "identity/confirm.html", form, to=masked, shown=went.shown, before=before)


def _begin_anew(request: Request) -> None:
    """Go on in a session that the new password holds; the ones that the old one held are over."""
    request.user.refresh_from_db()  # type: ignore[union-attr]
    begin(request, request.user, Noted.ENTERED_BY_PASSWORD)  # type: ignore[arg-type]


def _done(request: Request, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("identity:settings")


def _asked(request: Request, template: str, form: Asked, **more: Any) -> HttpResponse:
    context = {"form": form, **more}
    return render(request, template, context, status=TO_BE_MENDED if form.errors else 200)
