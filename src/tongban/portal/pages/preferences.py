"""How someone likes pages: language, 关怀版, size of text, light or dark. Kept in one cookie alone."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tongban.kernel.pages import ANYONE, SIZES, Preferences, Request, open_to

COOKIE: Final = "preferences"
KEPT: Final = timedelta(days=400)
"""As long as browsers keep any cookie."""

CHOICES: Final = {
    "language": (_("语言"), (("zh-hans", "中文"), ("en", "English"))),
    "care": (_("版本"), (("plain", _("普通版")), ("care", _("关怀版：大字、大按钮")))),
    "size": (_("关怀版的字号（磅）"), tuple((str(size), str(size)) for size in SIZES)),
    "theme": (_("明暗"), (("auto", _("跟随手机或电脑")), ("light", _("浅色")), ("dark", _("深色")))),
}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def preferences(request: Request) -> HttpResponse | HttpResponseRedirect:
    """Show what can be chosen; keep what was chosen, of all that may be, and go back to where one was.

    Words that mean nothing change nothing; an address elsewhere is not gone to.
    """
    back = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    if request.method != "POST":
        return render(request, "portal/preferences.html", {"asked": _asked(request), "back": back})
    chosen = request.preferences.chosen(request.POST.get(name, "") for name in (*CHOICES, "keys"))
    response = HttpResponseRedirect(back)
    keep(response, chosen)
    return response


def keep(response: HttpResponse, chosen: Preferences) -> None:
    """Let the browser keep how its reader likes pages."""
    response.set_cookie(
        COOKIE, str(chosen), max_age=KEPT, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def _asked(request: Request) -> list[tuple[str, object, list[tuple[str, object, bool]]]]:
    words = {"care": "care" if request.preferences.care else "plain"}
    now = {name: words.get(name) or str(getattr(request.preferences, name)) for name in CHOICES}
    return [
        (name, label, [(word, says, word == now[name]) for word, says in choices])
        for name, (label, choices) in CHOICES.items()
    ]
