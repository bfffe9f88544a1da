"""The clock of an exercise: it stands until the learner moves it, and is only ever moved on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from tongban.engine.calendar import SHANGHAI, Calendar, legal_day
from tongban.kernel.refusal import Refusal

MORNING: Final = time(9)
"""When offices open, and at what hour the clock stands after it was moved."""
POST_COMES: Final = time(8, 30)
"""By when applicants have done what they do on a day."""


@dataclass(frozen=True, slots=True)
class Onward:
    """Somewhere the clock can be moved to, by its code."""

    code: str
    to: datetime


def onward(moment: datetime, calendar: Calendar, deadlines: Iterable[date]) -> list[Onward]:
    """Where the clock may be moved to: tomorrow, the next working day, the nearest last day; each once."""
    today = legal_day(moment)
    tomorrow = today + timedelta(days=1)
    days = {"day": tomorrow}
    for code, day in ("workday", calendar.first_workday_from(tomorrow)), ("due", _nearest(deadlines, today)):
        if day is not None and day not in days.values():
            days[code] = day
    return [Onward(code, _at(day, MORNING)) for code, day in days.items()]


def _nearest(deadlines: Iterable[date], today: date) -> date | None:
    return min((day for day in deadlines if day > today), default=None)


def moved(moment: datetime, to: datetime) -> datetime:
    """The clock moved on; refused backwards."""
    if to < moment:
        raise Refusal(
            "learning.clock.backwards",
            says="练习里的时间只能往后走。",
            do="想从头再来，请按“重新开始”。",
        )
    return to


def instants(moment: datetime, to: datetime) -> Iterator[datetime]:
    """When things happen by themselves after `moment`, up to `to`: at every midnight, every early morning."""
    day = legal_day(moment)
    while day <= legal_day(to):
        for hour in (time(), POST_COMES):
            if moment < _at(day, hour) <= to:
                yield _at(day, hour)
        day += timedelta(days=1)
    yield to


def has_passed(workdays: int, since: date, moment: datetime, calendar: Calendar) -> bool:
    """Whether so many working days have begun after that day."""
    return calendar.workdays_between(since, legal_day(moment)) >= workdays


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)
