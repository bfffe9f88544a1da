"""Case numbers and rows in addresses."""


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
