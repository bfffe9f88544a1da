"""Which day is worked: Monday to Friday, less days off, plus make-up days (调休上班日), as published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tongban.engine.calendar.errors import BadCalendar, OutsideCalendar


@dataclass(frozen=True, slots=True)
class Notice:
    """The document a day rests on. `number` is empty and `checked` false where it could not be verified."""

    title: str
    number: str
    issued: date
    checked: bool


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says, or that a festival covers.

    `works` is true for a make-up working day. `checked` is false where the date was computed and not read.
    """

    day: date
    works: bool
    festival: str
    notice: Notice
    checked: bool = True


class Calendar:
    """Every day from `first` to `last`, worked or not, with its version.

    Up to `last_published` the days are those of published notices; after it they are Monday to Friday less
    statutory festivals, good for provisional deadlines only. `version` names the working days themselves: two
    calendars of one version give the same answer to every question.

    Counts are precomputed, so a question costs two or three list look-ups. Every method raises
    OutsideCalendar for a day the calendar does not hold.
    """

    __slots__ = ("_first", "_places", "_special", "_workdays", "first", "last", "last_published", "version")

    def __init__(self, first: date, last_published: date, last: date, special: Iterable[SpecialDay]) -> None:
        if not first <= last_published <= last:
            raise BadCalendar(f"a calendar runs forward: {first}, published to {last_published}, to {last}")
        self.first, self.last_published, self.last = first, last_published, last
        self._special = _by_day(special, first, last)
        self._first = first.toordinal()
        self._places: list[int] = []  # per day: how many working days up to and including it
        self._workdays: list[date] = []  # the working days in order
        for ordinal in range(self._first, last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self._works(day):
                self._workdays.append(day)
            self._places.append(len(self._workdays))
        self.version = f"{last_published.year}.{self._digest()}"

    def is_workday(self, day: date) -> bool:
        """Whether the offices work that day."""
        place = self.place(day)
        return place > 0 and self._workdays[place - 1] == day

    def special(self, day: date) -> SpecialDay | None:
        """What a notice or the law says of that very day, with its source; None for an ordinary day."""
        return self._special.get(day)

    def holiday(self, day: date) -> str | None:
        """The name of the festival for which that day is off; None on other days."""
        special = self._special.get(day)
        return special.festival if special and not special.works else None

    def place(self, day: date) -> int:
        """How many working days there are from the first day of the calendar up to and including `day`."""
        index = day.toordinal() - self._first
        if index < 0 or index >= len(self._places):
            raise OutsideCalendar(self.first, self.last)
        return self._places[index]

    def workday_at(self, place: int) -> date:
        """The working day with that place, from 1 on."""
        if place < 1 or place > len(self._workdays):
            raise OutsideCalendar(self.first, self.last)
        return self._workdays[place - 1]

    def workdays_between(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]; none if `until` is not later."""
        return self.place(until) - self.place(after) if after < until else 0

    def first_workday_from(self, day: date) -> date:
        """That day if it is worked, else the first working day after it."""
        return day if self.is_workday(day) else self.workday_at(self.place(day) + 1)

    def is_provisional(self, day: date) -> bool:
        """Whether nobody has published yet how that day will be worked."""
        return day > self.last_published

    def _works(self, day: date) -> bool:
        special = self._special.get(day)
        return special.works if special else day.weekday() < 5

    def _digest(self) -> str:
        """Eight characters over what decides a deadline; names and sources do not."""
        held = (
            f"{special.day}{'+' if special.works else '-'}"
            for special in sorted(self._special.values(), key=lambda special: special.day)
        )
        text = " ".join((str(self.first), str(self.last_published), str(self.last), *held))
        return sha256(text.encode()).hexdigest()[:8]


def _by_day(special: Iterable[SpecialDay], first: date, last: date) -> dict[date, SpecialDay]:
    found: dict[date, SpecialDay] = {}
    for entry in special:
        if entry.day in found:
            raise BadCalendar(f"{entry.day} is given twice")
        if not first <= entry.day <= last:
            raise BadCalendar(f"{entry.day} lies outside {first}..{last}")
        if entry.works and entry.day.weekday() < 5:
            raise BadCalendar(f"{entry.day} is no weekend: it cannot be a make-up working day")
        found[entry.day] = entry
    return found
