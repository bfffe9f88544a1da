"""How a deadline was counted, day by day: what each day was, and by which rule or notice.

Drawn from the engine's own marks of the days, so that what is explained is what was computed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from tongban.cases.rules.telling import Stop
from tongban.engine.calendar import Calendar, Clock, DayKind, DayMark
from tongban.kernel import languages

FIRST_DAY_RULE: Final = "民法典 第二百零一条第一款"
"""按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。"""

LAST_DAY_RULE: Final = "民法典 第二百零三条第一款"
"""期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"""


@dataclass(frozen=True, slots=True)
class CountedDays:
    """Days that are alike: one that counts, or a run of those that do not.

    `nth`: the how manieth of the limit; None where the day does not count. `provisional`: nobody has
    published yet how these days will be worked.
    """

    first: date
    last: date
    kind: DayKind
    why: str
    nth: int | None = None
    provisional: bool = False

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """A document that days rest on; `checked`: its number was verified."""

    title: str
    number: str
    checked: bool


def counted(
    marks: Sequence[DayMark], clock: Clock, calendar: Calendar, stops: Sequence[Stop] = ()
) -> list[CountedDays]:
    """The days of a deadline in order; those alike that do not count are one run. `stops` name the stops."""
    found: list[CountedDays] = []
    for day in _each(marks, clock, calendar, stops):
        if found and _alike(found[-1], day):
            found[-1] = replace(found[-1], last=day.last)
        else:
            found.append(day)
    return found


def sources(marks: Sequence[DayMark], calendar: Calendar) -> list[CalendarSource]:
    """The documents that the days off and the make-up days among them rest on, each once."""
    special = [found for mark in marks if (found := calendar.special(mark.day)) is not None]
    rests = [CalendarSource(one.notice.title, one.notice.number, one.notice.checked) for one in special]
    return list(dict.fromkeys(rests))


def _each(
    marks: Sequence[DayMark], clock: Clock, calendar: Calendar, stops: Sequence[Stop]
) -> Iterator[CountedDays]:
    used = 0
    for mark in marks:
        counts = mark.kind in ("counted", "due")
        used += counts
        why = _why(mark, calendar, stops, workdays=clock.unit == "workday")
        nth = min(used, clock.limit) if counts and clock.unit in ("workday", "day") else None
        yield CountedDays(mark.day, mark.day, mark.kind, why, nth, calendar.is_provisional(mark.day))


def _alike(before: CountedDays, day: CountedDays) -> bool:
    return (
        day.kind in ("rest", "excluded")
        and (before.kind, before.why, before.provisional) == (day.kind, day.why, day.provisional)
        and before.last + timedelta(days=1) == day.first
    )


def _why(mark: DayMark, calendar: Calendar, stops: Sequence[Stop], *, workdays: bool) -> str:
    if mark.kind == "start":
        return _("起算日，当天不算")
    if mark.kind == "excluded":
        stop = next((one for one in stops if one.first <= mark.day <= one.last), None)
        if stop is None:
            return _("法律规定不计时")
        return _("%(procedure)s，不计时（%(rule)s）") % {"procedure": stop.name, "rule": stop.rule}
    if mark.kind == "rest":
        return (
            _("%(festival)s放假") % {"festival": languages.told(mark.festival)}
            if mark.festival
            else _("周末")
        )
    special = calendar.special(mark.day)
    if workdays and special is not None and special.works:
        return _("%(festival)s调休上班") % {"festival": languages.told(special.festival)}
    return _("工作日") if workdays else _("算一天")
