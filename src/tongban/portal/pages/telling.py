"""What the site says of itself: what it is, for whom it works, and what programs may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tongban.catalogue import api as catalogue
from tongban.kernel.pages import ANYONE, open_to

NOT_FOR_ROBOTS = ("/desk/", "/cases/", "/wallet", "/sign-in", "/drafts/", "/mine", "/ledger/find")
"""One's own pages and forms: they show a robot nothing, and it would only cost."""


@require_safe
@open_to(ANYONE)
def about(request: HttpRequest) -> HttpResponse:
    """What this is, under which licence, and what of it is a sample. No statement."""
    items, guides = catalogue.items(), catalogue.guides()
    context = {
        "items": len(items),
        "guides": len(guides),
        "samples": sum(one.sample for one in items) + sum(one.sample for one in guides),
        "sample_columns": catalogue.columns().sample,
    }
    return render(request, "portal/about.html", context)


@require_safe
@open_to(ANYONE)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everyone can use the site, how that was tested, and whom to tell. No statement."""
    return render(request, "portal/accessibility.html", {})


@require_safe
@open_to(ANYONE)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines.append(f"Sitemap: {settings.ADDRESS}{reverse('portal:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@require_safe
@open_to(ANYONE)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that says something of its own. No statement."""
    pages = ("home", "items", "order", "overtakings", "find", "about", "accessibility", "verify")
    paths = [*(reverse(f"portal:{name}") for name in pages), reverse("plans:published")]
    paths += [reverse("portal:topic", args=[one.slug]) for one in catalogue.columns().topics]
    codes = [*(one.slug for one in catalogue.items()), *(one.code for one in catalogue.guides())]
    paths += [reverse("catalogue:guide", args=[code]) for code in codes]
    context = {"addresses": [f"{settings.ADDRESS}{path}" for path in paths]}
    return render(request, "portal/sitemap.xml", context, "application/xml")
