"""Pages of a list neither repeat nor miss a row, whatever comes and goes between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.paging import LARGEST_KEY, cursor, key_behind, page
from tongban.kernel.refusal import Refusal

keys = st.integers(0, LARGEST_KEY)


@given(keys)
def test_a_cursor_leads_back_to_its_key(key: int) -> None:
    assert key_behind(cursor(key)) == key


@given(st.text(max_size=30) | st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True))
def test_any_other_text_is_refused_or_a_cursor(text: str) -> None:
    try:
        assert cursor(key_behind(text)) == text
    except Refusal as refusal:
        assert refusal.code == "paging.cursor.unknown"  # noqa: PT017


def test_a_key_beyond_every_column_is_no_cursor() -> None:
    with pytest.raises(Refusal):
        key_behind("__________8")


@given(st.sets(keys, max_size=30), st.integers(1, 9))
def test_page_after_page_shows_every_row_once(stored: set[int], limit: int) -> None:
    shown: list[int] = []
    after: str | None = cursor(LARGEST_KEY)
    while after is not None:
        behind = key_behind(after)
        rows = sorted((key for key in stored if key < behind), reverse=True)[: limit + 1]
        found = page(rows, limit, lambda key: key)
        assert len(found.rows) <= limit
        shown, after = shown + found.rows, found.next
    assert shown == sorted(stored - {LARGEST_KEY}, reverse=True)
