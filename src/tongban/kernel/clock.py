"""The one source of the present moment; everything below receives it as an argument."""

from datetime import UTC, datetime

from django.conf import settings


def now() -> datetime:
    """The present moment, aware, in UTC; a demonstration may live some days earlier or later."""
    return datetime.now(UTC) + settings.CLOCK_SHIFT
