"""The frame around every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tongban.kernel.access import NOBODY
from tongban.site.making import come_to


def frame(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` shows on every page: the city, whether it is a demonstration, and who is signed in.

    `being_made` is the day that a demonstration's past has come to, while it is being made.
    """
    return {
        "city": settings.CITY,
        "demonstration": settings.DEMONSTRATION,
        "being_made": come_to() if settings.DEMONSTRATION else None,
        "viewer": getattr(request, "viewer", NOBODY),
    }
