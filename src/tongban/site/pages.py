"""The frame around every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tongban.kernel.access import NOBODY


def frame(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` shows on every page: the city, whether it is a demonstration, and who is signed in."""
    return {
        "city": settings.CITY,
        "demonstration": settings.DEMONSTRATION,
        "viewer": getattr(request, "viewer", NOBODY),
    }
