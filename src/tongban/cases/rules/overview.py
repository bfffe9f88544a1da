"""How it stands with many cases at once: counts, the steps where they stand, the flow of days."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Final

from tongban.cases.rules.life import Stage
from tongban.cases.rules.narrowing import Where
from tongban.engine.calendar import Calendar

WEEK: Final = timedelta(days=7)
LATELY: Final = timedelta(days=30)
"""How far back overtakings are counted on the leader's page; the public log tells of all."""

_NOT_THE_OFFICES: Final = frozenset({Stage.AWAITING_CORRECTION, Stage.SPECIAL_PROCEDURE})
"""Steps in which no promise in working days runs: their days are counted as the calendar has them."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cases. Of the open ones: those that wait in a queue, are with the applicant, whose clock is
    stopped, whose light is green, yellow or red, and that are due soon. `granted` and `refused` are decisions
    that stand."""

    received: int = 0
    open: int = 0
    waiting: int = 0
    with_applicant: int = 0
    stopped: int = 0
    green: int = 0
    yellow: int = 0
    soon: int = 0
    red: int = 0
    granted: int = 0
    refused: int = 0
    ended_otherwise: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Figures)))


@dataclass(frozen=True, slots=True)
class Step:
    """Where open cases stand, how many, and for how many days: half of them no longer than `middle`.

    `workdays`: whether those are working days, or days as the calendar has them.
    """

    stage: Stage
    where: Where
    count: int
    middle: int
    longest: int
    workdays: bool
    narrowest: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What arrived, was accepted, was decided and ended on a day, and what was open at its end."""

    day: date
    arrived: int
    accepted: int
    decided: int
    ended: int
    left: int


def steps_of(
    since: Mapping[tuple[Stage, Where], Mapping[date, int]], today: date, calendar: Calendar
) -> list[Step]:
    """The steps in the order of a case's life, from how many cases stand at each since which day.

    The narrowest is the step of the office at which all cases together have stood the most days.
    """
    found, weights = [], []
    for stage, where in ((stage, where) for stage in Stage for where in Where if (stage, where) in since):
        days = since[stage, where]
        workdays = stage not in _NOT_THE_OFFICES
        stood = sorted((_stood(day, today, calendar, workdays), count) for day, count in days.items())
        count = sum(days.values())
        found.append(Step(stage, where, count, _middle(stood, count), stood[-1][0], workdays))
        weights.append(sum(length * each for length, each in stood) if workdays else 0)
    most = max(weights, default=0)
    return [
        Step(
            one.stage,
            one.where,
            one.count,
            one.middle,
            one.longest,
            one.workdays,
            bool(most) and most == weight,
        )
        for one, weight in zip(found, weights, strict=True)
    ]


def _stood(since: date, today: date, calendar: Calendar, workdays: bool) -> int:
    if not workdays:
        return max(0, (today - since).days)
    return calendar.workdays_between(max(since, calendar.first), min(today, calendar.last))


def _middle(stood: list[tuple[int, int]], count: int) -> int:
    """The shortest length that at least half of them have not exceeded."""
    passed = 0
    for length, each in stood:
        passed += each
        if 2 * passed >= count:
            return length
    return 0


def flow_of(counts: Mapping[date, tuple[int, int, int, int]], today: date, open_now: int) -> list[Day]:
    """Each day of the week that ends today, the latest first; what was left is reckoned back from now."""
    found, left = [], open_now
    for back in range(WEEK.days):
        day = today - timedelta(days=back)
        arrived, accepted, decided, ended = counts.get(day, (0, 0, 0, 0))
        found.append(Day(day, arrived, accepted, decided, ended, left))
        left += ended - arrived
    return found
