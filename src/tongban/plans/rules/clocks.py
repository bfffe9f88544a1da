"""How pressing a measure is on a day: its light, how late it is in working days, whether nobody reports."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tongban.engine.calendar import Calendar, corresponding_day
from tongban.kernel.lights import Light
from tongban.plans.rules.state import OPEN, MeasureState, Stage

WARNED: Final = 10
"""Working days before the last day from which the light is yellow (our own): two weeks to finish, to say what
stands in the way, or to ask for more time."""

A_YEAR: Final = 12
"""Months after which a report on what is for good is due again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure on a day. `due`: the last day of its present term, or of its yearly report (`yearly`).

    `late`: how many working days have passed since then; of what is confirmed, how late it was declared.
    `this_week`: due before this week is over and not late. `silent`: nobody said for too long how it stands.
    """

    state: MeasureState
    due: date | None
    yearly: bool
    light: Light | None
    late: int
    this_week: bool
    silent: bool


def standing(state: MeasureState, every: int, today: date, calendar: Calendar) -> Standing:
    """How it stands on a day. `every`: months after which a report is due, as the plan has it.

    Nobody is late while others look whether it is done: the clock is that of the day it was declared.
    """
    due, yearly = due_on(state), state.term.last is None
    if state.stage is Stage.DROPPED:
        return Standing(state, None, yearly, None, 0, False, False)
    day = state.declared_on or today
    late = workdays_late(due, day, calendar)
    if state.stage is Stage.CONFIRMED:
        return Standing(state, due, yearly, None, late, False, False)
    return Standing(
        state=state,
        due=due,
        yearly=yearly,
        light=light(due, day, calendar),
        late=late,
        this_week=not late and state.stage in OPEN and due <= sunday_of(today),
        silent=not yearly and is_silent(state, every, today),
    )


def due_on(state: MeasureState) -> date:
    """The last day of the term; of what is for good, a year after it was last reported on."""
    return state.term.last or corresponding_day(state.reported_on or state.since, A_YEAR)


def workdays_late(due: date, day: date, calendar: Calendar) -> int:
    """How many working days have passed since the last day. A day of rest makes nobody late."""
    return calendar.workdays_between(max(due, calendar.first), day) if day > due else 0


def light(due: date, day: date, calendar: Calendar) -> Light:
    """Red once a working day has passed since the last day, yellow from ten working days before it."""
    if workdays_late(due, day, calendar):
        return Light.RED
    near = due <= day or (due <= calendar.last and calendar.workdays_between(day, due) <= WARNED)
    return Light.YELLOW if near else Light.GREEN


def is_silent(state: MeasureState, every: int, today: date) -> bool:
    """Whether the lead, who still has it to do, has said nothing of it for longer than the plan lets it."""
    since = state.reported_on or state.since
    return state.stage in OPEN and today > corresponding_day(since, every)


def sunday_of(day: date) -> date:
    """The last day of its week."""
    return day + timedelta(days=6 - day.weekday())


def waits_for_supervision(state: MeasureState) -> bool:
    """Whether who supervises is asked something: is it done, may it take longer?"""
    return state.stage is Stage.DECLARED or state.asked is not None


def presses(one: Standing) -> bool:
    """Whether whoever has it to do should do something about it now."""
    return one.state.stage in OPEN and (bool(one.late) or one.this_week or one.silent)


def by_pressure(one: Standing) -> tuple[bool, int, date, str]:
    """Sorts the late first, the latest of them before all; then what is due first; what is over last."""
    over = one.light is None
    return over, -one.late, one.due or date.max, one.state.number
