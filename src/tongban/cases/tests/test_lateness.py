"""A late case is explained to its applicant; whoever supervises orders that it is seen to; red stays red."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.events import LatenessExplained, SupervisionOrdered
from tongban.cases.queries import acts_for, explained, open_order, standing_of, to_explain, view_of
from tongban.cases.rules import lateness
from tongban.cases.rules.clocks import Light, light, lit_by
from tongban.cases.rules.evolve import evolve, fold
from tongban.cases.rules.leaves import kind_of
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.test_rules import accepted, taken
from tongban.cases.tests.world import MONDAY, World, a_resident, an_officer, copies_of
from tongban.engine.calendar import legal_day
from tongban.engine.tlog import Kind
from tongban.kernel.access import Role, Viewer
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import OfficerId
from tongban.kernel.refusal import Refusal

LATE = MONDAY + timedelta(days=60)
"""Long after every deadline, the law's own among them."""

TEXT = "现场核查已经排在周四，做完两天内作出决定。"


def explain(number: str, by: Viewer, *, at: datetime = LATE, days: int = 3, cause: str = "on-site") -> Any:
    until = legal_day(at) + timedelta(days=days)
    return commands.explain(number, seen=None, by=by, at=at, cause=cause, until=until, text=TEXT)


def order(number: str, by: Viewer, *, at: datetime = LATE, days: int = 2) -> Any:
    return commands.supervise(
        number, seen=None, by=by, at=at, days=days, text="请本周内办结，并向申请人说明。"
    )


def owed(viewer: Viewer, at: datetime = LATE) -> list[str]:
    return [one.row.number for one in to_explain(viewer, at=at)]


DUES = [due.day for state in (taken(), accepted()) if (due := lit_by(state.facts))]
ORDER = SupervisionOrdered(at=LATE, text="", answer_by={"due": "2026-06-01"})


@given(
    st.sampled_from([taken(), accepted()]),
    st.lists(
        st.one_of(
            st.just(ORDER),
            st.builds(
                LatenessExplained,
                at=st.just(LATE),
                cause=st.sampled_from(["staff", "system"]),
                due=st.sampled_from([*DUES, date(2026, 3, 2)]),
                until=st.dates(date(2026, 3, 1), date(2026, 6, 1)),
                text=st.just(""),
            ),
        )
    ),
    st.dates(date(2026, 3, 1), date(2026, 6, 1)),
)
def test_whatever_is_said_no_clock_light_turn_or_public_line_changes(
    state: CaseState, said: list[Any], today: date
) -> None:
    after = fold(state, said)
    assert (after.facts, after.turn) == (state.facts, state.turn)
    assert light(after.facts, today) == light(state.facts, today)
    assert {kind_of(event) for event in said} <= {Kind.OTHER}
    assert lateness.standing(after, today) == meant(state, said, today)


def meant(state: CaseState, said: list[Any], today: date) -> str | None:
    """How it stands with its being late, told from the last word alone."""
    due, last = lit_by(state.facts), said[-1] if said else None
    assert due is not None
    if isinstance(last, SupervisionOrdered):
        return lateness.ORDERED
    if light(state.facts, today) is not Light.RED:
        return None
    holds = last is not None and last.due == due.day and today <= last.until
    return last.cause if holds and last else lateness.UNEXPLAINED


def test_the_applicant_reads_why_and_until_when_and_the_light_stays_red(world: World) -> None:
    resident = a_resident()
    world.submit(resident)
    number = world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    assert explained(view_of(number, resident, at=LATE), at=LATE) is None
    explain(number, world.handler)
    view = view_of(number, resident, at=LATE)
    told = explained(view, at=LATE)
    assert told is not None
    assert (told.text, told.cause, told.holds) == (TEXT, "现场核查、检验检测还没有完成", True)
    assert view.light is Light.RED
    assert standing_of(view, LATE).late > 0
    assert "现在预计最晚" in view.story[-1].detail
    past = LATE + timedelta(days=4)
    gone = explained(view_of(number, resident, at=past), at=past)
    assert gone is not None
    assert not gone.holds


def test_a_word_is_owed_by_whoever_has_the_case_and_by_the_leader_until_it_is_said_and_again_after_its_day(
    world: World,
) -> None:
    first, second = world.accepted(), world.accepted()
    assert owed(world.handler, MONDAY) == owed(world.leader, MONDAY) == []
    assert set(owed(world.handler)) == set(owed(world.leader)) == {first, second}
    assert owed(world.colleague) == []
    explain(first, world.handler)
    assert owed(world.handler) == owed(world.leader) == [second]
    again = LATE + timedelta(days=4)
    assert set(owed(world.leader, again)) == {first, second}
    explain(first, world.leader, at=again)
    commands.grant(second, seen=None, by=world.handler, at=again, text="符合条件")
    assert owed(world.leader, again) == []


def test_a_case_that_waits_in_the_queue_is_its_leaders_to_explain(world: World) -> None:
    number = world.submit().number
    late = MONDAY + timedelta(days=20)
    assert (owed(world.handler, late), owed(world.leader, late)) == ([], [number])
    with pytest.raises(Refusal, match="access.not-allowed"):
        explain(number, world.handler, at=late)
    explain(number, world.leader, at=late)


def test_an_order_stands_first_on_the_desk_until_it_is_answered_or_the_case_decided(world: World) -> None:
    first, second = world.accepted(), world.accepted()
    order(second, world.leader)
    assert owed(world.handler) == [second, first]
    assert open_order(view_of(second, world.handler, at=LATE)) is not None
    shown = to_explain(world.handler, at=LATE)[0]
    assert (shown.answer_by, shown.late) == (date(2026, 5, 11), False)
    assert to_explain(world.handler, at=LATE + timedelta(days=9))[0].late
    explain(second, world.handler)
    assert open_order(view_of(second, world.handler, at=LATE)) is None
    order(first, world.leader)
    commands.grant(first, seen=None, by=world.handler, at=LATE, text="符合条件")
    assert open_order(view_of(first, world.handler, at=LATE)) is None
    assert owed(world.leader) == []


def test_a_supervisor_orders_and_reads_the_answer_and_never_the_content(world: World) -> None:
    number = world.accepted()
    supervisor = an_officer(world.body, Role.SUPERVISOR, region="510100")
    assert [act.code for act in acts_for(view_of(number, supervisor, at=LATE), supervisor, LATE)] == [
        "supervise"
    ]
    order(number, supervisor)
    explain(number, world.handler)
    view = view_of(number, supervisor, at=LATE)
    assert view.answers is None
    assert view.purpose is None
    texts = {told.event.kind: told.text for told in view.story}
    assert texts["lateness-explained"] == TEXT
    assert texts["supervision-ordered"] == "请本周内办结，并向申请人说明。"
    assert texts["accepted"] is None
    assert acts_for(view, supervisor, LATE) != []


def test_the_applicant_is_told_that_it_was_ordered_and_not_in_which_words(world: World) -> None:
    resident = a_resident()
    world.submit(resident)
    number = world.take_next()
    late = MONDAY + timedelta(days=20)
    order(number, world.leader, at=late)
    told = view_of(number, resident, at=late).story[-1]
    assert told.event.kind == "supervision-ordered"
    assert told.text is None


REFUSED: dict[str, tuple[Callable[[World, str], Any], str]] = {
    "in time": (lambda world, number: explain(number, world.handler, at=MONDAY), "cases.explain.in-time"),
    "twice": (
        lambda world, number: [explain(number, world.handler) for _ in range(2)],
        "cases.explain.in-time",
    ),
    "no such cause": (
        lambda world, number: explain(number, world.handler, cause="tired"),
        "cases.cause.unknown",
    ),
    "a day that is past": (
        lambda world, number: explain(number, world.handler, days=-1),
        "cases.explain.until",
    ),
    "a far hope": (lambda world, number: explain(number, world.handler, days=40), "cases.explain.until"),
    "not in hand": (lambda world, number: explain(number, world.colleague), "access.not-allowed"),
    "no pressing case": (
        lambda world, number: order(number, world.leader, at=MONDAY),
        "cases.supervise.in-time",
    ),
    "ordered twice": (
        lambda world, number: [order(number, world.leader) for _ in range(2)],
        "cases.supervise.already",
    ),
    "so many days": (lambda world, number: order(number, world.leader, days=4), "cases.supervise.days"),
    "a colleague": (lambda world, number: order(number, world.colleague), "access.not-allowed"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_is_refused(case: str, world: World) -> None:
    attempt, code = REFUSED[case]
    with pytest.raises(Refusal, match=code):
        attempt(world, world.accepted())


def test_while_the_law_s_last_day_lies_ahead_no_later_one_may_be_hoped_for() -> None:
    state = accepted()
    promised, statutory = state.facts.due("promised"), state.facts.due("statutory")
    assert promised is not None
    assert statutory is not None
    calendar = calendar_in_force()
    assert lateness.latest_hope(state, promised.day + timedelta(days=1), calendar) == statutory.day
    past = statutory.day + timedelta(days=1)
    assert past < lateness.latest_hope(state, past, calendar) <= past + timedelta(days=20)


def test_nobody_orders_themselves(world: World) -> None:
    both = an_officer(world.body, Role.HANDLER, Role.LEADER)
    world.submit()
    number = world.take_next(both)
    with pytest.raises(Refusal, match=r"cases\.supervise\.own"):
        order(number, both, at=MONDAY + timedelta(days=20))


def test_what_is_owed_costs_one_statement_however_many_cases(
    world: World, django_assert_num_queries: Any
) -> None:
    copies_of(world.accepted(), 300)
    with django_assert_num_queries(1):
        found = to_explain(world.handler, at=LATE)
    assert len(found) == 50
    holder = world.handler.officer
    assert holder is not None
    stands_in = replace(
        world.colleague,
        officer=replace(world.colleague.officer, stands_in_for=frozenset({OfficerId(holder.id)})),  # type: ignore[type-var]
    )
    assert len(to_explain(stands_in, at=LATE)) == 50


def test_an_explanation_answers_only_what_is_still_open() -> None:
    state = evolve(accepted(), ORDER)
    assert state.lateness.answer_by == date(2026, 6, 1)
    due = state.facts.due("promised")
    assert due is not None
    said = LatenessExplained(at=LATE, cause="staff", due=due.day, until=date(2026, 5, 4), text="")
    assert evolve(state, said).lateness.answer_by is None
