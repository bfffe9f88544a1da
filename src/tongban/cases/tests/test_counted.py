"""How a deadline was counted, day by day: every day once, and as many count as the limit says."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.queries import clocks_of, view_of
from tongban.cases.rules.counted import counted, sources
from tongban.cases.rules.telling import Stop
from tongban.cases.tests.world import MONDAY, a_resident
from tongban.engine.calendar import Clock, Span, days_of
from tongban.kernel.calendars import calendar_in_force

CALENDAR = calendar_in_force()
starts = st.dates(date(2025, 1, 1), date(2026, 11, 1))


@given(
    starts, st.integers(1, 40), st.integers(0, 20), st.integers(1, 20), st.sampled_from(["workday", "day"])
)
def test_every_day_is_explained_once_and_the_count_is_the_limit(start, limit, after, lasting, unit):
    stop = Span(start + timedelta(days=after), start + timedelta(days=after + lasting))
    clock = Clock(limit, start, (stop,), unit)
    marks = days_of(clock, CALENDAR)
    steps = counted(marks, clock, CALENDAR)
    days = [one.first + timedelta(days=nth) for one in steps for nth in range(one.days)]
    assert days == [mark.day for mark in marks]
    numbers = [one.nth for one in steps if one.nth is not None]
    assert numbers == sorted(numbers) and numbers[-1] == limit
    assert set(numbers) == set(range(1, limit + 1))
    assert steps[-1].kind == "due" and all(one.why for one in steps)


def test_festivals_make_up_days_and_stops_are_called_by_their_names():
    start = date(2026, 9, 21)
    stop = Stop(date(2026, 9, 23), date(2026, 9, 24), "专家评审", "《行政许可法》第四十五条")
    clock = Clock(10, start, (Span(date(2026, 9, 22), date(2026, 9, 24)),))
    steps = counted(days_of(clock, CALENDAR), clock, CALENDAR, [stop])
    why = {one.first: one.why for one in steps}
    assert why[date(2026, 9, 23)] == "专家评审，不计时（《行政许可法》第四十五条）"
    assert any("国庆" in one.why and one.days > 1 for one in steps)
    assert any("调休上班" in one.why and one.nth for one in steps)
    [source] = sources(days_of(clock, CALENDAR), CALENDAR)
    assert "2026年部分节假日安排" in source.title and source.checked


def test_the_page_tells_running_clocks_first_and_keeps_those_that_are_over(world):
    resident = a_resident()
    world.submit(by=resident)
    number = world.take_next()
    [notify] = clocks_of(view_of(number, resident, at=MONDAY))
    assert (notify.name, notify.runs) == ("notify", True)
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    told = clocks_of(view_of(number, resident, at=MONDAY))
    assert [(one.name, one.runs) for one in told] == [
        ("promised", True),
        ("statutory", True),
        ("notify", False),
    ]
    view = view_of(number, resident, at=MONDAY)
    for one in told[:2]:
        assert one.days[-1].last == view.due(one.name).day == one.due


def test_a_day_that_nobody_has_published_yet_is_said_to_be_provisional():
    clock = Clock(5, CALENDAR.last_published - timedelta(days=1))
    steps = counted(days_of(clock, CALENDAR), clock, CALENDAR)
    assert [one.provisional for one in steps] == [one.first > CALENDAR.last_published for one in steps]
    assert steps[-1].provisional
