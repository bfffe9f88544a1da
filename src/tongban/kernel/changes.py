"""What would change, line by line, as it is seen before anybody agrees to it."""

from typing import NamedTuple


class Line(NamedTuple):
    """One change: of what, and what stood and will stand there; `before` is empty for what is new."""

    change: str
    what: str
    before: str = ""
    after: str = ""
