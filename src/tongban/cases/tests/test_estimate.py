"""How long it will probably take: from what really took so long, the applicant's own time apart."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.queries import estimate_in_words, estimate_of, view_of
from tongban.cases.rules.estimate import Took, estimate, passed_of, sentences
from tongban.cases.rules.state import Facts
from tongban.cases.tests.world import FOOD_ANSWERS, MONDAY, World, a_resident, a_world
from tongban.engine.durations import LEAST
from tongban.kernel.sql import load, run

DAY = 86_400
times = st.integers(0, 400 * DAY)


def decided(world: World, *, days: int, corrected: int = 0) -> str:
    """A case decided so many days after it arrived, with so many of them in the applicant's hands."""
    resident = a_resident()
    number, at = world.submit(by=resident).number, MONDAY
    assert world.take_next(at=at) == number
    if corrected:
        fault = commands.CorrectionFault("图", "", "请补上。")
        commands.return_for_correction(number, seen=None, by=world.handler, at=at, faults=[fault])
        at += timedelta(days=corrected)
        commands.resubmit(number, seen=None, by=resident, at=at, answers=FOOD_ANSWERS)
        assert world.take_next(at=at) == number
    commands.accept(number, seen=None, by=world.handler, at=at)
    until = MONDAY + timedelta(days=days)
    commands.grant(number, seen=None, by=world.handler, at=until, text="准予")
    return number


def times_of(number: str) -> tuple[int, int]:
    [row] = run("select office_seconds, applicant_seconds from cases_case where number = $1::text", (number,))
    return row


def as_long_as(number: str, lengths: list[int]) -> None:
    """As many decided cases of the same queue as there are lengths, in days."""
    run(
        "insert into cases_case select r.* from cases_case c,"
        " unnest($2::int[]) with ordinality as u(days, nth),"
        " jsonb_populate_record(c, jsonb_build_object('id', -(c.id * 10000 + nth), 'tag', c.tag || nth,"
        " 'number', c.number || '/' || nth, 'office_seconds', days * 86400, 'applicant_seconds', 0)) r"
        " where c.number = $1::text",
        (number, lengths),
    )


def test_what_the_applicant_had_it_for_is_no_time_of_the_office(world):
    assert times_of(decided(world, days=5)) == (5 * DAY, 0)
    assert times_of(decided(world, days=7, corrected=3)) == (4 * DAY, 3 * DAY)


def test_an_undone_decision_is_not_counted_until_it_is_decided_again(world):
    number = decided(world, days=1)
    later = MONDAY + timedelta(days=2)
    asked = commands.reverse(number, seen=None, by=world.handler, at=later, text="依据有误")
    commands.approve(asked, by=world.leader, at=later)
    assert times_of(number) == (None, None)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY + timedelta(days=3), text="准予")
    assert times_of(number) == (3 * DAY, 0)


def test_too_few_say_nothing_and_enough_say_the_middle_and_the_range(world):
    number = decided(world, days=5)
    resident = a_resident()
    waiting = world.submit(by=resident, at=MONDAY + timedelta(days=9)).number
    at = MONDAY + timedelta(days=10)
    few = estimate_of(view_of(waiting, resident, at=at), at)
    assert few is not None and few.spread is None
    assert len(estimate_in_words(few)) == 1
    as_long_as(number, [*range(1, 5), *range(6, 101)])
    with CaptureQueriesContext(connection) as captured:
        view = view_of(waiting, resident, at=at)
        told = estimate_of(view, at)
    assert len(captured) == 2
    assert told is not None and told.spread is not None and told.here
    assert (told.spread.count, told.spread.low, told.spread.high) == (100, 10 * DAY, 90 * DAY)
    assert told.passed == DAY
    assert "十件里有八件用了 10 到 90 天" in estimate_in_words(told)[0]


def test_where_an_office_decided_few_those_of_the_same_item_elsewhere_speak(world):
    number = decided(world, days=5)
    as_long_as(number, list(range(1, 40)))
    run(
        "insert into cases_queue (id, item, body, region, head)"
        " select 'other.' || id, item, 'other', region, 0"
        " from cases_queue where id = $1::text",
        (world.queue,),
    )
    run("update cases_case set queue = 'other.' || queue where number like $1::text || '/%'", (number,))
    resident, at = a_resident(), MONDAY + timedelta(days=10)
    waiting = world.submit(by=resident, at=at).number
    told = estimate_of(view_of(waiting, resident, at=at), at)
    assert told is not None and told.spread is not None
    assert not told.here
    assert "全市" in " ".join(estimate_in_words(told))


def test_a_decided_case_is_not_estimated_any_more(world):
    resident = a_resident()
    world.submit(by=resident)
    number = world.take_next()
    assert estimate_of(view_of(number, resident, at=MONDAY), MONDAY) is not None
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予")
    assert estimate_of(view_of(number, resident, at=MONDAY), MONDAY) is None


def test_the_estimate_is_read_along_an_index_and_not_from_all_that_is_stored(world):
    number = decided(world, days=5)
    as_long_as(number, [3] * 2_000)
    run("analyze cases_case")
    resident, at = a_resident(), MONDAY + timedelta(days=10)
    view = view_of(world.submit(by=resident, at=at).number, resident, at=at)
    told = estimate_of(view, at)
    assert told is not None and told.spread is not None
    assert told.spread.count == 200
    head, least = view.state.head, (MONDAY, at, LEAST, 200)
    plan = run(f"explain {load('tongban.cases', 'took_of')}", (head.queue, head.item, *least))
    scans = [line for (line,) in plan if "Scan" in line and "cases_case" in line]
    assert scans and all("using cases_decided_of_a_queue" in line for line in scans)


@given(st.lists(st.builds(Took, times, times), max_size=60), times)
def test_whatever_others_took_the_estimate_says_as_much_as_they_allow_and_no_more(took, passed):
    facts = Facts(queued_at=MONDAY)
    told = estimate(took, here=True, facts=facts, at=MONDAY + timedelta(seconds=passed))
    assert told.passed == passed
    assert (told.spread is None) == (len(took) < LEAST)
    words = list(sentences(told))
    assert words and all(sentence.endswith("。") for sentence in words)
    if told.spread is not None:
        assert f"{len(took)} 件" in " ".join(words)
        assert "不是承诺" in words[-1]


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_while_the_applicant_has_it_the_offices_time_stands_still(before, first, later):
    back = MONDAY + timedelta(hours=before)
    facts = Facts(queued_at=MONDAY, asked_back_at=back)
    assert passed_of(facts, back + timedelta(hours=first)) == passed_of(facts, back + timedelta(hours=later))


def test_items_of_other_worlds_do_not_speak_for_this_one(world):
    as_long_as(decided(world, days=5), [3] * 30)
    other, resident = a_world(), a_resident()
    told = estimate_of(view_of(other.submit(by=resident).number, resident, at=MONDAY), MONDAY)
    assert told is not None and told.spread is None


@pytest.mark.parametrize("days", [0, 3])
def test_days_are_rounded_up_and_never_none(days):
    told = estimate([Took(days * DAY, 0)] * LEAST, here=True, facts=Facts(queued_at=MONDAY), at=MONDAY)
    assert f"一般要 {max(1, days)} 天" in next(iter(sentences(told)))
