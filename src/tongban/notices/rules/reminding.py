"""When an applicant is reminded of what is still awaited: a correction, or what was to follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from tongban.engine.calendar import SHANGHAI, legal_day
from tongban.notices.rules.news import News


@dataclass(frozen=True, slots=True)
class Reminded:
    """The kind of the notice that reminds, and by which of the days of the news: the first yellow one."""

    kind: str
    day: str


_CORRECTION: Final = Reminded("correction-due", "correct_warn")

REMINDS: Final[Mapping[str, Reminded]] = {
    "cases.returned-for-correction": _CORRECTION,
    "cases.reminded": _CORRECTION,
    "cases.accepted-tolerantly": Reminded("supply-due", "supply_warn"),
}
"""By the name of the news that asked something of the applicant: how they are reminded of it."""

WITHOUT_A_DAY: Final = timedelta(days=7)
"""When to remind where no rule sets a day: a week is our own choice."""

_MORNING: Final = time(9, tzinfo=SHANGHAI)


def reminder_at(news: News) -> datetime | None:
    """The morning on which to remind; None where nothing was asked for."""
    reminded = REMINDS.get(news.name)
    if reminded is None:
        return None
    day = news.days.get(reminded.day) or legal_day(news.at + WITHOUT_A_DAY)
    return datetime.combine(day, _MORNING)
