"""Terms, lights and figures: what holds on every day, for every calendar, after every history."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tongban.engine.calendar import Calendar, legal_day
from tongban.kernel.access import Officer, Role
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
from tongban.kernel.lights import Light
from tongban.kernel.refusal import Refusal
from tongban.plans import events as told
from tongban.plans.rules import decide
from tongban.plans.rules.clocks import WARNED, light, standing, sunday_of, workdays_late
from tongban.plans.rules.decide import Acting, Done, Report
from tongban.plans.rules.figures import MARKS, Narrowing, by_lead, figures_of
from tongban.plans.rules.life import LIFE, Act, open_acts
from tongban.plans.rules.state import OPEN, OVER, MeasureState, Stage, begun, evolve, fold
from tongban.plans.rules.terms import STANDING, Term, later, term_in, term_of, term_on, written

LEAD, PART, WATCH = BodyCode("LEAD"), BodyCode("PART"), BodyCode("WATCH")
BEGUN = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
CALENDAR = Calendar(date(2019, 1, 1), date(2026, 12, 31), date(2028, 12, 31), [])

days = st.dates(date(2026, 1, 6), date(2027, 12, 31))
terms = st.one_of(
    st.just(STANDING),
    days.map(term_on),
    days.map(lambda day: term_of(f"{day:%Y-%m}")),
    st.builds(
        lambda year, quarter: term_of(f"{year}-Q{quarter}"), st.integers(2026, 2027), st.integers(1, 4)
    ),
    st.integers(2026, 2027).map(lambda year: term_of(str(year))),
)


def an_officer(body: BodyCode) -> Officer:
    return Officer(OfficerId(UUID(int=1)), body, RegionCode("510104"), frozenset({Role.LEADER}))


def acting(body: BodyCode, day: int = 0) -> Acting:
    return Acting(an_officer(body), BEGUN + timedelta(days=day))


BY_JUNE = term_of("2026-06-30")


def a_measure(term: Term = BY_JUNE) -> told.MeasureAdded:
    signed = acting(WATCH).signed()
    return told.MeasureAdded(
        **signed,
        number="一1",
        text="要做的事",
        job="",
        lead=LEAD,
        responsible=(LEAD, PART),
        term=term.code,
        reason="",
    )


@given(terms)
def test_a_term_that_is_written_is_read_as_the_same(term: Term) -> None:
    assert term_in(written(term)) == term == term_of(term.code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026年6月30日前", "2026-06-30"),
        ("2026/6/30", "2026-06-30"),
        ("２０２６年６月底前", "2026-06"),
        ("2026年6月", "2026-06"),
        ("2026年第二季度", "2026-Q2"),
        ("2026年二季度末前", "2026-Q2"),
        ("2026年上半年", "2026-Q2"),
        ("2026年底前", "2026"),
        ("2026年年底前完成", "2026"),
        ("长期坚持", "standing"),
        ("持续推进", "standing"),
    ],
)
def test_terms_are_read_as_plans_write_them(text: str, code: str) -> None:
    found = term_in(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "尽快", "2026-13", "2026年2月30日", "第二季度", "1999年底", "6月底"])
def test_what_is_no_term_is_none(text: str) -> None:
    assert term_in(text) is None


@given(terms, terms)
def test_of_two_terms_at_most_one_is_later(one: Term, other: Term) -> None:
    assert not (later(one, other) and later(other, one))
    if one.last and other.last:
        assert later(one, other) == (one.last > other.last)


@given(days, days)
def test_a_light_follows_from_the_working_days_alone(due: date, day: date) -> None:
    late, found = workdays_late(due, day, CALENDAR), light(due, day, CALENDAR)
    assert (found is Light.RED) == (late > 0)
    if found is Light.GREEN:
        assert CALENDAR.workdays_between(day, due) > WARNED
    if late:
        assert late == CALENDAR.workdays_between(due, day)


@given(days, days)
def test_a_light_never_goes_back_as_days_pass(due: date, day: date) -> None:
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    assume(day < date(2027, 12, 31))
    today, tomorrow = light(due, day, CALENDAR), light(due, day + timedelta(days=1), CALENDAR)
    assert order.index(today) <= order.index(tomorrow)


def test_a_day_of_rest_makes_nobody_late() -> None:
    friday = date(2026, 6, 26)
    assert light(friday, friday + timedelta(days=2), CALENDAR) is Light.YELLOW
    assert workdays_late(friday, friday + timedelta(days=3), CALENDAR) == 1


def test_a_term_past_the_calendar_is_far_away() -> None:
    assert light(date(2035, 12, 31), date(2026, 3, 9), CALENDAR) is Light.GREEN


@given(days)
def test_nobody_is_late_while_others_look_whether_it_is_done(today: date) -> None:
    declared = evolve(begun(a_measure()), decide.declare(begun(a_measure()), DONE, acting(LEAD, 30)))
    assume(today >= legal_day(BEGUN + timedelta(days=30)))
    assert standing(declared, 1, today, CALENDAR).late == 0


DONE = Done("做成了", "有验收")


@given(days, st.integers(1, 12))
def test_who_has_said_nothing_for_the_interval_is_silent_and_who_just_did_is_not(
    today: date, every: int
) -> None:
    state = begun(a_measure())
    silent = standing(state, every, today, CALENDAR).silent
    assert not standing(replace(state, reported_on=today), every, today, CALENDAR).silent
    assert silent == (today > date(2026 + (every == 12), every % 12 + 1, 5))


@given(days)
def test_what_is_for_good_is_due_a_year_after_its_last_report(today: date) -> None:
    state = replace(begun(a_measure(STANDING)), reported_on=today)
    found = standing(state, 1, today, CALENDAR)
    assert found.due is not None
    assert (found.yearly, found.silent, found.late) == (True, False, 0)
    assert 365 <= (found.due - today).days <= 366


@given(days)
def test_due_this_week_is_from_today_to_sunday(today: date) -> None:
    for ahead in range(10):
        due = today + timedelta(days=ahead)
        found = standing(begun(a_measure(term_on(due))), 1, today, CALENDAR)
        assert found.this_week == (due <= sunday_of(today))


ACTS = {
    Act.REPORT: lambda state, day: decide.report(state, Report("stuck", "开了会", "缺钱"), acting(LEAD, day)),
    Act.REPORT_PART: lambda state, day: decide.report(
        state, Report("under-way", "开了会"), acting(PART, day)
    ),
    Act.DECLARE: lambda state, day: decide.declare(state, DONE, acting(LEAD, day)),
    Act.ASK_POSTPONEMENT: lambda state, day: decide.ask_postponement(
        state, (state.term.last or date(2026, 1, 1)) + timedelta(days=9), "设备晚到", acting(LEAD, 0)
    ),
    Act.CONFIRM: lambda state, day: decide.confirm(state, "看过了", acting(WATCH, day)),
    Act.SEND_BACK: lambda state, day: decide.send_back(state, "没看到", acting(WATCH, day)),
    Act.GRANT: lambda state, day: decide.grant(state, "属实", acting(WATCH, day)),
    Act.DECLINE: lambda state, day: decide.decline(state, "不必", acting(WATCH, day)),
    Act.CHANGE_LEAD: lambda state, day: decide.change_lead(
        state, LEAD if state.lead == PART else PART, "改革", acting(WATCH, day)
    ),
    Act.REOPEN: lambda state, day: decide.reopen(state, "下线了", acting(WATCH, day)),
    Act.DROP: lambda state, day: decide.drop(state, "调整", acting(WATCH, day)),
}


def after(acts: list[Act], term: Term) -> tuple[MeasureState, list[told.Event]]:
    """A measure after those of these acts that its rules let happen, and its story."""
    story: list[told.Event] = [a_measure(term)]
    for day, act in enumerate(acts):
        state = fold(story)
        try:
            story.append(ACTS[act](state, day))
        except Refusal:
            assert act not in open_acts(state) or state.lead != LEAD
    return fold(story), story


histories = st.lists(st.sampled_from([one for one in Act if one is not Act.CHANGE_LEAD]), max_size=14)


@given(histories, terms)
def test_whatever_happened_the_first_term_stays_and_postponements_are_counted(
    acts: list[Act], term: Term
) -> None:
    state, story = after(acts, term)
    assert state.first == term
    assert state.postponed == sum(isinstance(one, told.PostponementGranted) for one in story)
    assert not later(state.first, state.term)


@given(histories, terms)
def test_whatever_happened_only_another_body_confirmed_it(acts: list[Act], term: Term) -> None:
    state, story = after(acts, term)
    assert (state.stage is Stage.CONFIRMED) == (state.confirmed_by is not None)
    assert state.confirmed_by != state.lead
    assert all(one.body != LEAD for one in story if isinstance(one, told.DoneConfirmed))
    assert state.version == len(story)


@given(histories, terms)
def test_what_is_open_can_be_done_and_what_is_not_is_refused(acts: list[Act], term: Term) -> None:
    state, _ = after(acts, term)
    for act in Act:
        if act in open_acts(state):
            assert evolve(state, ACTS[act](state, 40)).version == state.version + 1
        else:
            with pytest.raises(Refusal):
                ACTS[act](state, 40)


def test_every_measure_that_is_not_over_can_still_be_brought_to_its_end() -> None:
    ends = {Act.CONFIRM, Act.DROP, Act.DECLARE}
    assert all(LIFE[stage] & ends for stage in set(Stage) - OVER)


@given(st.lists(st.tuples(histories, terms), max_size=6), days)
def test_every_number_is_that_of_its_list_and_they_add_up(
    told_: list[tuple[list[Act], Term]], today: date
) -> None:
    assume(today > date(2026, 1, 25))
    found = [standing(after(*one)[0], 1, today, CALENDAR) for one in told_]
    figures = figures_of(found)
    assert all(figures[mark] == sum(map(Narrowing(mark).holds, found)) for mark in MARKS)
    assert figures["all"] + figures["dropped"] == len(found) == sum(figures[stage] for stage in Stage)
    assert figures["red"] + figures["yellow"] + figures["green"] == figures["to-do"] + figures["declared"]
    assert figures["to-do"] == sum(figures[stage] for stage in OPEN)
    assert sum(len(led) for led in by_lead(found).values()) == len(found)
