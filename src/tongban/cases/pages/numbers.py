"""Case numbers in addresses, and the version that was seen."""

from collections.abc import Mapping
from typing import Any

from tongban.kernel.ids import Version
from tongban.kernel.refusal import Refusal


class NumberConverter:
    """A case number in its one spelling."""

    regex = r"[0-9]{6}-[0-9]{8}-[0-9]{7}-[0-9]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RowConverter:
    """The id of a row, as far as a column of ours could hold it."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def seen_in(posted: Mapping[str, Any]) -> Version:
    """The version that the page showed when its button was pressed."""
    text = str(posted.get("seen", ""))
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refusal(
            "cases.seen.missing",
            says="这一页的内容不完整。",
            do="请回到办件页面，刷新后再按一次。",
            status=400,
        )
    return Version(int(text))
