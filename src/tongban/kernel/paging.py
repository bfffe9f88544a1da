"""Lists page by page: a page ends with the key of its last row, and the next begins behind it.

So no row is shown twice or passed over because others came or went meanwhile, and page 1000 costs what page 1
costs.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Generic, TypeVar

from django.utils.translation import gettext as _
from pydantic import Field

from tongban.kernel.refusal import Refusal

MOST_ROWS: Final = 100
LARGEST_KEY: Final = 2**63 - 1

Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows, 1 to 100.")]
Key = Annotated[int, Field(ge=0, le=LARGEST_KEY)]
"""An integer key from outside: one that no column of ours could hold is refused before it gets there."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and the cursor of the page behind it; None where this is the last."""

    rows: list[Row]
    next: str | None


def page(rows: Sequence[Row], limit: int, key: Callable[[Row], int]) -> Page[Row]:
    """The first `limit` of `rows`; ask for one row more than is shown, to know whether others follow."""
    shown = list(rows[:limit])
    return Page(shown, cursor(key(shown[-1])) if len(rows) > limit else None)


def cursor(key: int) -> str:
    """An opaque text for the key of a page's last row."""
    return base64.urlsafe_b64encode(key.to_bytes(8, "big")).rstrip(b"=").decode("ascii")


def key_behind(text: str) -> int:
    """The key in a cursor; refused (422) for any other text."""
    try:
        key = int.from_bytes(base64.b64decode(text + "=", altchars=b"-_", validate=True), "big")
    except (binascii.Error, ValueError):
        key = -1
    if not 0 <= key <= LARGEST_KEY or cursor(key) != text:
        raise Refusal(
            "paging.cursor.unknown",
            says=_("翻页的位置无效。"),
            do=_("请回到第一页重新翻；程序请原样带上上一页返回的 next。"),
            status=422,
        )
    return key
