"""What can be wrong with a calendar, a clock or a question put to them."""

from datetime import date


class CalendarError(ValueError):
    """The common parent; its text is one plain sentence."""


class BadCalendar(CalendarError):
    """The days given do not make a calendar."""


class BadClock(CalendarError):
    """A limit, a start or a unit that no clock can have."""


class BadSpan(CalendarError):
    """A stop that ends before it begins, or mixes days with instants."""


class OutsideCalendar(CalendarError):
    """The question leads before the first or past the last day of the calendar."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"the calendar reaches from {first} to {last} only")
        self.first, self.last = first, last


class StillStopped(CalendarError):
    """The clock stands and nobody knows yet for how long: there is no due day."""

    def __init__(self, since: date) -> None:
        super().__init__(f"stopped since {since} and not yet resumed: the due day is unknown")
        self.since = since
