"""The frame around every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from tongban.kernel.access import NOBODY
from tongban.kernel.pages import Preferences
from tongban.kernel.speech import city
from tongban.notices import api as notices
from tongban.site.making import come_to


def frame(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` shows on every page: city, demonstration or not, who is signed in, how they like it.

    `being_made` is the day that a demonstration's past has come to, while it is being made; `here` is where
    to come back to after another language or size was chosen; `unread` how many notices the reader has not
    opened, one statement, and only for a page that says it.
    """
    viewer = getattr(request, "viewer", NOBODY)
    return {
        "city": city(),
        "demonstration": settings.DEMONSTRATION,
        "being_made": come_to() if settings.DEMONSTRATION else None,
        "viewer": viewer,
        "unread": SimpleLazyObject(lambda: notices.unread(viewer)),
        "preferences": getattr(request, "preferences", Preferences()),
        "here": _here(request),
    }


def _here(request: HttpRequest) -> str:
    """This address; for the answer to a form, the page that the form stood on."""
    if request.method != "POST":
        return request.get_full_path()
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if ours else "/"
