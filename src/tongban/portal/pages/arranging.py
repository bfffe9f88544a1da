"""Which columns and topics stand first on the first page: chosen by whoever reads it, without scripts."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.pages import ANYONE, MOST_FIRST, Request, open_to
from tongban.portal.pages.preferences import keep

TO_BE_MENDED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to(ANYONE)
def arrange(request: Request) -> HttpResponse:
    """Show what may stand first, and keep what was chosen: in the account, or before sign-in in the cookie.

    No statement to show it, one to keep it in an account.
    """
    if request.method != "POST":
        return _asked(request, first_for(request), "")
    columns = catalogue.columns()
    known = {column.slug for column in columns.columns} | {topic.slug for topic in columns.topics}
    chosen = tuple(slug for slug in dict.fromkeys(request.POST.getlist("first")) if slug in known)
    if len(chosen) > MOST_FIRST:
        says = _("最多选 %(most)s 个，现在选了 %(chosen)s 个。请去掉几个。")
        return _asked(request, chosen, says % {"most": MOST_FIRST, "chosen": len(chosen)})
    response = redirect("portal:home")
    if request.viewer.account is not None:
        identity.put_first(request.viewer.account, chosen)
    else:
        keep(response, replace(request.preferences, first=chosen))
    return response


def first_for(request: Request) -> tuple[str, ...]:
    """What the reader of this page wants first. No statement."""
    kept = identity.first_of(request.user) if request.viewer.account is not None else None
    return request.preferences.first if kept is None else kept


def _asked(request: Request, chosen: tuple[str, ...], fault: str) -> HttpResponse:
    columns = catalogue.columns()
    families = (
        (_("栏目"), columns.columns),
        (_("按生活找"), [one for one in columns.topics if one.of == "life"]),
        (_("人的一生"), [one for one in columns.topics if one.of == "person"]),
        (_("企业的一生"), [one for one in columns.topics if one.of == "enterprise"]),
    )
    context = {
        "families": [(name, ones) for name, ones in families if ones],
        "chosen": chosen,
        "most": MOST_FIRST,
        "faults": [{"name": "first", "says": fault}] if fault else [],
    }
    return render(request, "portal/arrange.html", context, status=TO_BE_MENDED if fault else 200)
