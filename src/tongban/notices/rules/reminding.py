"""When an applicant is reminded that a correction is still awaited."""

from datetime import datetime, time, timedelta
from typing import Final

from tongban.engine.calendar import SHANGHAI, legal_day
from tongban.notices.rules.news import News

KIND: Final = "correction-due"
ASKS_TO_CORRECT: Final = frozenset({"cases.returned-for-correction", "cases.reminded"})
FIRST_YELLOW_DAY: Final = "correct_warn"
"""In the days of such news: the day on which the light of the correction turns yellow."""

WITHOUT_A_DAY: Final = timedelta(days=7)
"""When to remind where no rule sets a day: a week is our own choice."""

_MORNING: Final = time(9, tzinfo=SHANGHAI)


def reminder_at(news: News) -> datetime | None:
    """The morning on which to remind; None where no correction was asked for."""
    if news.name not in ASKS_TO_CORRECT:
        return None
    day = news.days.get(FIRST_YELLOW_DAY) or legal_day(news.at + WITHOUT_A_DAY)
    return datetime.combine(day, _MORNING)
