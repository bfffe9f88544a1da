"""Acting for people: for whom one may, who may for oneself, and one's children under age."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tongban.identity import commands, queries
from tongban.identity.forms import ChildForm
from tongban.identity.pages.doors import account_of
from tongban.identity.pages.enterprises import TO_BE_MENDED, offered
from tongban.kernel.pages import PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal


@require_safe
@never_cache
@open_to(PEOPLE)
def people(request: Request) -> HttpResponse:
    """For whom one may act, who may act for oneself, and what waits for an answer."""
    return render(request, "identity/people.html", {"people": queries.people_of(request.viewer, request.now)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("name", "phone")
@open_to(PEOPLE)
def offer(request: Request) -> HttpResponse:
    """Offer somebody to act for oneself."""
    form = offered(request, None)
    if form is None:
        return redirect("identity:people")
    status = TO_BE_MENDED if form.errors else 200
    return render(request, "identity/offer.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("name", "id_number")
@open_to(PEOPLE)
def child(request: Request) -> HttpResponse:
    """Ask for name and number of a child, and ask the population register once who the parents are."""
    form = ChildForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            commands.know_child(account_of(request), told["name"], told["id_number"], at=request.now)
        except Refusal as refusal:
            form.refused("id_number", refusal)
        else:
            messages.success(request, _("核对上了，现在可以替孩子办事了。"))
            return redirect("identity:people")
    status = TO_BE_MENDED if form.errors else 200
    return render(request, "identity/child.html", {"form": form}, status=status)
