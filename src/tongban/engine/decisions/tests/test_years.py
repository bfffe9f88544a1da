"""Full years, as the law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.decisions import full_years


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        ("2010-05-20", "2026-05-19", 15),
        ("2010-05-20", "2026-05-20", 15),
        ("2010-05-20", "2026-05-21", 16),
        ("2012-02-29", "2026-02-28", 13),
        ("2012-02-29", "2026-03-01", 14),
        ("2026-05-20", "2026-05-20", 0),
        ("2030-05-20", "2026-05-20", 0),
    ],
)
def test_a_year_is_full_from_the_day_after_its_last(since: str, on: str, years: int) -> None:
    assert full_years(date.fromisoformat(since), date.fromisoformat(on)) == years


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000))
def test_years_only_grow_and_never_by_more_than_one(since: date, days: int) -> None:
    on = since + timedelta(days=days)
    step = full_years(since, on + timedelta(days=1)) - full_years(since, on)
    assert step in (0, 1)
    assert abs(full_years(since, on) - days / 365.2425) < 1.01
