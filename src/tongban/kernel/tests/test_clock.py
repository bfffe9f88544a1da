"""There is one source of the present moment, and a demonstration may shift it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tongban.kernel.clock import now


def test_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
    assert now().utcoffset() == timedelta(0)


def test_a_demonstration_lives_at_another_time(settings: Any) -> None:
    settings.CLOCK_SHIFT = timedelta(days=-30)
    assert abs(now() - datetime.now(UTC) + timedelta(days=30)) < timedelta(seconds=5)
