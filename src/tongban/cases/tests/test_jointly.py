"""Licences that several bodies handle together: one time for all of them, longer once, by the government."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.events import CaseExtendedJointly
from tongban.cases.models.stored import state_of, story
from tongban.cases.queries import (
    acts_for,
    approvals_of,
    approvals_shown,
    ceiling_for,
    joint_of,
    paper_of,
    papers_of,
    view_of,
)
from tongban.cases.rules import jointly
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.clocks import deadlines
from tongban.cases.rules.evolve import evolve
from tongban.cases.rules.jointly import Licence, Period, period_of
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState, Facts
from tongban.cases.tests.jointly import FIRST, LATE, LONGER_BY, OWN_BY, WHOLE_BY, Late, asked, late, noon
from tongban.cases.tests.joints import ADVERT, FOOD, TOBACCO, Joint, a_joint
from tongban.cases.tests.laws import HANDLER, LEADER, STARTED, licensing, published_promise
from tongban.cases.tests.waiting import after_waiting
from tongban.cases.tests.world import World, a_government, a_resident, an_officer
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

LAW = licensing()
ONE, OTHER = BodyCode("11510104MB0000001X"), BodyCode("11510104MB00000028")
COUNTY, CITY, ELSEWHERE = RegionCode("510104"), RegionCode("510100"), RegionCode("510105")


def accepted(day: date | None, **facts: Any) -> Facts:
    return Facts(stage=Stage.ACCEPTED, accepted_on=day, **facts)


def licence(day: date | None, body: BodyCode = ONE, region: RegionCode = COUNTY, **facts: Any) -> Licence:
    return Licence(LAW, accepted(day, **facts), body, region, open=True)


def period(*licences: Licence) -> Period:
    found = period_of(licences)
    assert found is not None
    return found


GIVEN: dict[str, Any] = {"extended_jointly_by": 15, "extended_jointly_unit": "workday"}


def test_forty_five_days_and_fifteen_more_as_another_calendar_counts_them() -> None:
    first, second = licence(date(2025, 8, 18)), licence(date(2025, 9, 1), OTHER)
    assert period(first, second).due.day == date(2025, 10, 24)
    longer = period(first, replace(second, facts=accepted(date(2025, 9, 1), **GIVEN)))
    assert (longer.due.day, longer.longer) == (date(2025, 11, 14), True)


@pytest.mark.parametrize(
    "none",
    [
        [licence(date(2026, 3, 9))],
        [licence(date(2026, 3, 9)), licence(date(2026, 3, 9))],
        [licence(None), licence(None, OTHER)],
        [replace(licence(date(2026, 3, 9)), open=False), replace(licence(None, OTHER), open=False)],
    ],
    ids=["one alone", "both of one body", "none accepted", "all decided"],
)
def test_no_time_runs_together_for(none: Sequence[Licence]) -> None:
    assert period_of(none) is None


def test_only_a_law_that_says_so_bounds_what_is_done_together() -> None:
    assert jointly.bounds(LAW)
    assert not jointly.bounds(published_promise())


days = st.dates(date(2025, 1, 2), date(2026, 6, 30))
stops = st.lists(st.tuples(days, days).map(lambda pair: tuple(sorted(pair))), max_size=2).map(tuple)
licences = st.builds(
    lambda day, body, stops: licence(day, body, stops=stops),
    st.none() | days,
    st.sampled_from([ONE, OTHER]),
    stops,
)


@given(st.lists(licences, min_size=2, max_size=4), st.data())
def test_the_time_of_the_whole_hangs_on_no_order_and_leave_only_lengthens_it(
    several: list[Licence], data: st.DataObject
) -> None:
    found = period_of(several)
    shuffled = period_of(data.draw(st.permutations(several)))
    assert (found and found.due) == (shuffled and shuffled.due)
    if found is None:
        return
    assert found.clock.started == min(one.facts.accepted_on for one in several if one.facts.accepted_on)
    at = data.draw(st.integers(0, len(several) - 1))
    asked_in = replace(several[at], facts=replace(several[at].facts, **GIVEN))
    longer = period_of([*several[:at], asked_in, *several[at + 1 :]])
    if longer is not None:
        assert longer.longer
        assert longer.due.day > found.due.day
        assert longer.clock.limit == 60


@given(days)
def test_leave_for_the_whole_moves_no_days_of_the_licence_itself(day: date) -> None:
    facts = accepted(day)
    assert deadlines(replace(facts, **GIVEN), LAW) == deadlines(facts, LAW)


@pytest.mark.parametrize(
    ("regions", "over"),
    [((COUNTY, COUNTY), COUNTY), ((COUNTY, CITY), CITY), ((COUNTY, ELSEWHERE), None)],
)
def test_the_government_is_the_one_over_every_body(
    regions: tuple[RegionCode, RegionCode], over: RegionCode | None
) -> None:
    one, other = regions
    day = date(2026, 3, 9)
    assert period(licence(day, ONE, one), licence(day, OTHER, other)).government == over


def in_hand(day: date) -> CaseState:
    facts = accepted(day, joint="510104-20260105-0000001-0")
    held = replace(STARTED, facts=replace(facts, deadlines=deadlines(facts, LAW)))
    return replace(held, turn=replace(held.turn, taken_by=HANDLER.id))


def test_the_fifteen_days_are_given_once_before_the_last_day_has_passed() -> None:
    first, case = licence(date(2026, 1, 5), OTHER), in_hand(date(2026, 3, 2))
    own = Licence(LAW, case.facts, ONE, COUNTY, open=True)
    by = Acting(HANDLER, noon("2026-03-13"), LAW)
    event = jointly.extend(
        case, by, period(first, own), text="", approver=LEADER.id, government="某区人民政府"
    )
    assert (event.value, event.unit, event.period["due"][:10]) == (15, "workday", LONGER_BY.isoformat())
    longer = evolve(case, event)
    assert longer.facts.deadlines == case.facts.deadlines
    again = period(first, replace(own, facts=longer.facts))
    assert again.due.day == LONGER_BY
    with pytest.raises(Refusal, match="cases.extend-jointly.once"):
        jointly.may_extend(longer, by, again)
    with pytest.raises(Refusal, match="cases.extend-jointly.too-late"):
        jointly.may_extend(case, Acting(HANDLER, noon("2026-03-14"), LAW), period(first, own))


def test_what_its_own_days_bind_gains_nothing_and_is_refused() -> None:
    case = in_hand(date(2026, 1, 6))
    whole = period(licence(date(2026, 1, 5), OTHER), Licence(LAW, case.facts, ONE, COUNTY, open=True))
    with pytest.raises(Refusal, match="cases.extend-jointly.own-binds"):
        jointly.may_extend(case, Acting(HANDLER, noon("2026-01-20"), LAW), whole)


def test_what_is_alone_has_no_time_together() -> None:
    case = in_hand(date(2026, 3, 2))
    with pytest.raises(Refusal, match="cases.extend-jointly.not-joint"):
        jointly.may_extend(case, Acting(HANDLER, noon("2026-03-03"), LAW), None)


@pytest.fixture
def government(transactional_db: None) -> Viewer:
    return a_government()


def state(number: str) -> CaseState:
    return state_of(run(load("tongban.cases", "case_for_update"), (number,))[0])


def test_the_government_gives_leave_and_only_the_time_of_the_whole_is_longer(
    joint: Joint, government: Viewer
) -> None:
    by = a_resident()
    one = late(joint, by)
    before = state(one.number).facts.deadlines
    found = joint_of(one.joint, by, at=LATE).ceiling
    assert found is not None
    assert (found.until, found.longer) == (WHOLE_BY, False)
    approval = asked(one)
    assert approval in [shown.id for shown in approvals_shown(government, at=LATE)]
    commands.approve(approval, by=government, at=LATE)
    event = story(state(one.number).head.id)[-1]
    assert isinstance(event, CaseExtendedJointly)
    assert government.officer is not None
    assert (event.approver, event.government) == (government.officer.id, "测试区人民政府")
    assert state(one.number).facts.deadlines == before
    assert before["statutory"]["due"][:10] == OWN_BY.isoformat()
    found = joint_of(one.joint, by, at=LATE).ceiling
    assert found is not None
    assert (found.until, found.longer) == (LONGER_BY, True)
    assert found == ceiling_for(view_of(one.number, by, at=LATE), LATE)
    assert approval not in [shown.id for shown in approvals_shown(government, at=LATE)]


def test_a_day_that_has_passed_is_told_as_passed(joint: Joint, transactional_db: None) -> None:
    by = a_resident()
    one = late(joint, by)
    last, after = noon(WHOLE_BY.isoformat()), noon("2026-03-14")
    told = [ceiling_for(view_of(one.number, by, at=at), at) for at in (last, after)]
    assert [found.over for found in told if found] == [False, True]


def test_the_applicant_has_a_paper_with_the_reason_the_day_and_who_gave_leave(
    joint: Joint, government: Viewer
) -> None:
    by = a_resident()
    one = late(joint, by)
    commands.approve(asked(one), by=government, at=LATE)
    view = view_of(one.number, by, at=LATE)
    told = view.story[-1]
    assert (told.text, told.words) == ("现场核查还没有做完。", "延长联合办理的期限")
    assert "4 月 3 日（周五）全部办完。测试区人民政府负责人已批准" in told.detail
    paper = papers_of(view)[0]
    assert paper.title == "延长联合办理期限告知书"
    assert paper_of(view, told.seq).content.startswith(b"%PDF")


def test_what_is_asked_is_read_by_that_government_with_its_reason_and_without_the_content(
    joint: Joint, government: Viewer
) -> None:
    one = late(joint, a_resident())
    with pytest.raises(Refusal, match="not-allowed"):
        view_of(one.number, government, at=LATE)
    approval = asked(one)
    view = view_of(one.number, government, at=LATE)
    assert (view.answers, view.materials, view.purpose) == (None, [], None)
    [found] = approvals_of(view, government, at=LATE)
    assert (found.text, found.may_answer, found.act) == ("现场核查还没有做完。", True, "延长联办期限")
    [found] = approvals_of(view_of(one.number, one.handler, at=LATE), one.handler, at=LATE)
    assert (found.government, found.may_answer) == ("测试区人民政府", False)
    commands.decline(approval, by=government, at=LATE)
    with pytest.raises(Refusal, match="not-allowed"):
        view_of(one.number, government, at=LATE)
    assert state(one.number).facts.extended_jointly_by is None


def test_a_reason_between_colleagues_is_not_the_governments_to_read(joint: Joint, government: Viewer) -> None:
    one = late(joint, a_resident())
    commands.extend(one.number, seen=None, by=one.handler, at=LATE, text="只给本单位看")
    asked(one)
    texts = [told.text for told in view_of(one.number, government, at=LATE).story]
    assert "现场核查还没有做完。" in texts
    assert "只给本单位看" not in texts


@pytest.mark.parametrize(
    "who", ["the body's own leader", "the city's government", "a clerk of the government"]
)
def test_nobody_else_gives_leave(joint: Joint, government: Viewer, who: str) -> None:
    assert government.officer is not None
    one = late(joint, a_resident())
    others: dict[str, Callable[[], Viewer]] = {
        "the body's own leader": lambda: an_officer(joint.members[TOBACCO].body, Role.LEADER),
        "the city's government": lambda: a_government("510100"),
        "a clerk of the government": lambda: an_officer(government.officer.body, Role.HANDLER),  # type: ignore[union-attr]
    }
    approval = asked(one)
    with pytest.raises(Refusal, match="not-allowed"):
        commands.approve(approval, by=others[who](), at=LATE)


def test_once_given_it_is_offered_and_given_no_more(joint: Joint, government: Viewer) -> None:
    one = late(joint, a_resident())
    assert "extend-jointly" in offered(one)
    approval = asked(one)
    assert "extend-jointly" not in offered(one)
    with pytest.raises(Refusal, match="already-asked"):
        asked(one)
    commands.approve(approval, by=government, at=LATE)
    assert "extend-jointly" not in offered(one)
    with pytest.raises(Refusal, match="cases.extend-jointly.once"):
        asked(one)


def offered(one: Late) -> list[str]:
    view = view_of(one.number, one.handler, at=LATE)
    return [act.code for act in acts_for(view, one.handler, LATE)]


def test_of_two_that_ask_at_once_one_is_told_that_the_other_did(government: Viewer) -> None:
    both = a_joint(promise=25, advert={"after": [{"result_of": FOOD}]})
    one = late(both, a_resident(), wide=True)
    other = replace(one, number=one.advert, handler=both.members[ADVERT].handler)
    _, refused = after_waiting(lambda: asked(one), lambda: asked(other), waits_for="cases_joint")
    assert refused.code == "cases.extend-jointly.already-asked"


def test_what_is_decided_before_its_question_was_answered_keeps_nobody_from_asking(
    government: Viewer,
) -> None:
    both = a_joint(promise=25, advert={"after": [{"result_of": FOOD}]})
    one = late(both, a_resident(), wide=True)
    other = replace(one, number=one.advert, handler=both.members[ADVERT].handler)
    unanswered = asked(one)
    assert "extend-jointly" not in offered(other)
    commands.grant(one.number, seen=None, by=one.handler, at=LATE, text="准予")
    assert unanswered not in [shown.id for shown in approvals_shown(government, at=LATE)]
    assert "extend-jointly" in offered(other)
    commands.approve(asked(other), by=government, at=LATE)
    assert state(other.number).facts.extended_jointly_by == 15


def test_where_nobody_leads_the_government_that_is_said(joint: Joint, government: Viewer) -> None:
    one = late(joint, a_resident(), since=noon("2025-08-18"), late=noon("2025-10-10"))
    with pytest.raises(Refusal, match="cases.extend-jointly.no-government"):
        asked(one, at=noon("2025-10-10"))


def test_a_licence_by_itself_is_offered_nothing_and_costs_nothing(
    world: World, django_assert_num_queries: Any
) -> None:
    number = world.accepted()
    view = view_of(number, world.handler, at=FIRST)
    with django_assert_num_queries(0):
        assert ceiling_for(view, FIRST) is None
        assert "extend-jointly" not in [act.code for act in acts_for(view, world.handler, FIRST)]
    with pytest.raises(Refusal, match="cases.extend-jointly.not-joint"):
        commands.extend_jointly(number, seen=None, by=world.handler, at=FIRST, text="来不及")


def test_of_a_licence_among_several_the_time_of_the_whole_costs_one_statement(
    joint: Joint, django_assert_num_queries: Any
) -> None:
    by = a_resident()
    view = view_of(late(joint, by).number, by, at=LATE + timedelta(hours=1))
    with django_assert_num_queries(1):
        assert ceiling_for(view, LATE) is not None
