"""Office hours: working days of the calendar in force, nine to twelve and one to five."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from tongban.engine.calendar import SHANGHAI, Calendar, legal_day

_OPEN: Final = ((time(9), time(12)), (time(13), time(17)))
_CLOSES: Final = time(17)


class Hours:
    """When offices are open, by a calendar. Instants are told in UTC, as by the clock of a process."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def opens(self, at: datetime, need: timedelta = timedelta()) -> datetime:
        """The first instant from `at` on at which an office is open and stays so for `need` that day."""
        day = legal_day(at)
        while True:
            if self._calendar.is_workday(day):
                for begins, ends in _OPEN:
                    opened = max(at.astimezone(UTC), _instant(day, begins))
                    if opened < _instant(day, ends) and opened + need <= _instant(day, _CLOSES):
                        return opened
            day += timedelta(days=1)

    def later(self, at: datetime, workdays: int, share: float) -> datetime:
        """So many working days after `at`, at a share (0 to 1) of that day's hours; never before `at`."""
        day = self._calendar.workday_at(self._calendar.place(legal_day(at)) + workdays)
        minutes = int(share * 6 * 60)
        begins = _instant(day, time(9)) if minutes < 3 * 60 else _instant(day, time(10))
        return max(self.opens(at), begins + timedelta(minutes=minutes))

    def passed(self, since: datetime, at: datetime) -> int:
        """How many working days have begun after the day of one instant up to that of another."""
        return self._calendar.workdays_between(legal_day(since), legal_day(at))


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)
