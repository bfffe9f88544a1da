"""How a case goes from the body that examined it to the body that decides."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tongban.cases.events.story import LegalEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForwarded(LegalEvent):
    """Examined below and sent up to be decided, with all that was handed in (行政许可法 Art. 35).

    `was`: the body that examined it. `body`, `region`, `queue`: whose it is now, and where it waits, last.
    `text`: digest of what the lower body found. `unanswered`: the places in the story of what was asked and
    not answered in its days; an answer may still come.
    """

    kind: ClassVar[str] = "forwarded"
    forwarded_on: date
    was: str
    body: str
    region: str
    queue: str
    text: str
    unanswered: tuple[int, ...] | None = None
