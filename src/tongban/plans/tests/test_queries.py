"""What is asked: who sees what, what waits for whom, and its price at ten and at five hundred measures."""

from datetime import UTC, date, datetime

import pytest

from tongban.kernel.access import NOBODY, Role
from tongban.kernel.refusal import Refusal
from tongban.plans import commands, queries
from tongban.plans.queries import Act, Narrowing
from tongban.plans.tests.world import ELSEWHERE, NOW, TODAY, Undertaking, a_body, an_officer, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Undertaking:
    return Undertaking().enter()


def acts_of(city: Undertaking, who: str, number: str = "一1") -> list[str]:
    viewer = getattr(city, who)
    view = queries.measure_of(viewer, city.slug, city.row(number).id, at=NOW)
    return [one.code for one in view.acts]


@pytest.mark.parametrize("length", [10, 500])
def test_plans_cost_the_same_however_long_they_are(length, django_assert_num_queries) -> None:
    city = Undertaking().enter(length)
    commands.publish(city.slug, by=city.supervisor, at=NOW)
    measure = city.row().id
    queries.measure_of(city.leader, city.slug, measure, at=NOW)
    for price, ask in (
        (3, lambda: queries.home_of(city.leader, at=NOW)),
        (4, lambda: queries.plan_of(city.leader, city.slug, at=NOW)),
        (3, lambda: queries.measure_of(city.leader, city.slug, measure, at=NOW)),
        (1, lambda: queries.awaited(city.leader, at=NOW)),
        (3, lambda: queries.published(at=NOW)),
        (3, lambda: queries.published_plan(city.slug, at=NOW)),
    ):
        with django_assert_num_queries(price):
            ask()
    view = queries.plan_of(city.leader, city.slug, at=NOW)
    assert len(view.lines) == len(view.narrowed(Narrowing(lead=city.lead))) == length


def test_a_plan_is_adopted_at_the_same_price_however_long(django_assert_max_num_queries) -> None:
    for length in (10, 500):
        city = Undertaking()
        with django_assert_max_num_queries(8):
            city.enter(length)


def test_who_has_to_do_with_a_plan_sees_it_and_nobody_else(city) -> None:
    stranger = an_officer(a_body(ELSEWHERE), Role.SUPERVISOR, region=ELSEWHERE)
    for viewer in (city.leader, city.handler, city.part, city.supervisor, city.watcher):
        assert queries.plan_of(viewer, city.slug, at=NOW).head.slug == city.slug
        assert city.slug in [one.slug for one in queries.home_of(viewer, at=NOW).plans]
    for viewer in (city.outsider, stranger, NOBODY):
        with pytest.raises(Refusal):
            queries.plan_of(viewer, city.slug, at=NOW)
        with pytest.raises(Refusal):
            queries.measure_of(viewer, city.slug, city.row().id, at=NOW)
        assert city.slug not in [one.slug for one in queries.home_of(viewer, at=NOW).plans]


def test_each_is_offered_what_is_theirs_to_do(city) -> None:
    assert acts_of(city, "leader") == [Act.REPORT, Act.DECLARE, Act.ASK_POSTPONEMENT]
    assert acts_of(city, "handler") == [Act.REPORT]
    assert acts_of(city, "part") == [Act.REPORT_PART]
    assert acts_of(city, "supervisor") == [Act.CHANGE_LEAD, Act.DROP]
    commands.ask_postponement(city.seen(), date(2026, 8, 31), "设备晚到", by=city.leader, at=NOW)
    assert acts_of(city, "supervisor") == [Act.GRANT, Act.DECLINE, Act.CHANGE_LEAD, Act.DROP]
    city.declare()
    assert acts_of(city, "leader") == []
    assert acts_of(city, "supervisor") == [Act.CONFIRM, Act.SEND_BACK]
    assert queries.measure_of(city.watcher, city.slug, city.row().id, at=NOW).barred
    city.confirm()
    assert acts_of(city, "supervisor") == [Act.REOPEN]
    assert acts_of(city, "watcher") == []


def test_what_presses_waits_for_the_body_that_has_it_and_for_who_supervises(city) -> None:
    assert queries.awaited(city.leader, at=NOW) == queries.Awaited(True, 0)
    assert queries.awaited(city.outsider, at=NOW) == queries.Awaited(False, 0)
    silent = days(40)
    assert queries.awaited(city.leader, at=silent).number == 2, "the third is for good: a report a year"
    late = datetime(2026, 7, 2, 2, 0, tzinfo=UTC)
    city.report("一1", at=late)
    city.report("一2", at=late)
    assert queries.awaited(city.leader, at=late).number == 2, "both are late whatever was said"
    before = queries.awaited(city.supervisor, at=late).number
    city.declare("一1", at=late)
    assert queries.awaited(city.leader, at=late).number == 1
    assert queries.awaited(city.supervisor, at=late).number == before + 1
    assert "一1" in [one.state.number for one in queries.home_of(city.supervisor, at=late).to_answer]


def test_the_most_pressing_comes_first_and_what_is_over_last(city) -> None:
    city.declare("一2")
    city.confirm("一2")
    late = datetime(2026, 7, 2, 2, 0, tzinfo=UTC)
    view = queries.plan_of(city.leader, city.slug, at=late)
    assert [one.state.number for one in view.narrowed(Narrowing())] == ["一1", "一3", "一2"]
    assert view.figures["red"] == 1
    [(code, _, figures)] = view.led
    assert (code, figures["all"], figures["confirmed"]) == (city.lead, 3, 1)


def test_everybody_sees_terms_and_stages_and_not_what_stands_in_the_way(city) -> None:
    city.report(stands="stuck", hindered="数据局不开放接口")
    city.postpone(date(2026, 8, 31))
    commands.publish(city.slug, by=city.supervisor, at=NOW)
    [(job, lines)] = queries.published_plan(city.slug, at=NOW).jobs
    assert job is not None
    assert [one.state.number for one in lines] == ["一1", "一2", "一3"]
    assert (lines[0].first, lines[0].term, lines[0].stage) == (
        "2026 年 6 月 30 日前",
        "2026 年 8 月 31 日前",
        "遇到阻力",
    )
    assert city.slug in [one.slug for one in queries.published(at=NOW)]
    assert not any(hasattr(one, "story") for one in lines)


def test_the_story_tells_who_said_what_and_what_proves_it(city) -> None:
    city.report(stands="stuck", hindered="缺接口", next="开协调会", next_by=TODAY, link="/desk/figures")
    view = queries.measure_of(city.part, city.slug, city.row().id, at=NOW)
    last = view.story[0]
    assert (last.words, last.officer, last.link) == ("报告进展", "测试人员", "/desk/figures")
    assert ("卡在哪里", "缺接口") in last.said
    assert ("下一步到", "2026 年 3 月 9 日") in last.said
