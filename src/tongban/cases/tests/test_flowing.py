"""Flows of cases: tasks come when they are due, legal acts complete theirs, and nothing else moves."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import translation

from tongban.cases import commands
from tongban.cases.events import CaseFlowMoved
from tongban.cases.models.stored import story
from tongban.cases.queries import drawing_of, steps_of, view_of
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.flowing import (
    done,
    offered,
    state_of,
    waits,
    with_a_flow,
)
from tongban.cases.tests.programs import Program
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    MONDAY,
    World,
    a_resident,
    an_officer,
    kinds_of,
)
from tongban.engine.flow.tests.drawn import bpmn
from tongban.kernel.access import Role
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_a_case_goes_along_its_drawing_to_the_end() -> None:
    world = with_a_flow()
    number = world.accepted()
    assert waits(number, world) == ["visit"]
    assert {"task-1"} <= offered(world, number)
    assert offered(world, number).isdisjoint({"grant", "refuse"})
    done(world, number, "visit", "符合")
    assert waits(number, world) == ["decide"]
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    commands.deliver(number, seen=None, by=world.handler, at=MONDAY, way="window")
    assert waits(number, world) == []
    events = story(state_of(number, world).head.id)
    moves = [event.done for event in events if isinstance(event, CaseFlowMoved)]
    assert moves == [None, "intake", "visit", "decide", "deliver"]


def test_an_act_whose_task_has_not_come_is_refused_and_nothing_is_written() -> None:
    world = with_a_flow()
    number = world.accepted()
    before = kinds_of(number)
    with pytest.raises(Refusal) as refused:
        commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    assert (refused.value.code, refused.value.do) == ("cases.grant.not-yet", "请先办完：两人以上现场核查。")
    assert kinds_of(number) == before


def test_acts_that_the_drawing_does_not_show_hang_on_the_legal_life_alone() -> None:
    world = with_a_flow()
    number = world.accepted()
    assert {"extend", "terminate", "start-special-procedure"} <= offered(world, number)
    commands.start_special_procedure(
        number,
        seen=None,
        by=world.handler,
        at=MONDAY,
        procedure="hearing",
        told_until=date(2026, 3, 20),
        text="依申请组织听证",
    )
    assert waits(number, world) == ["visit"]


@pytest.mark.parametrize(
    ("task", "outcome", "code"),
    [
        ("visit", "也许", "cases.flow.outcome"),
        ("visit", "", "cases.flow.outcome"),
        ("mend", "符合", "cases.flow.not-open"),
        ("intake", "", "cases.flow.not-open"),
        ("nothing", "", "cases.flow.not-open"),
    ],
)
def test_what_does_not_wait_or_ends_with_no_such_word_is_refused(task: str, outcome: str, code: str) -> None:
    world = with_a_flow()
    number = world.accepted()
    with pytest.raises(Refusal, match=code):
        done(world, number, task, outcome)
    assert waits(number, world) == ["visit"]


def test_a_task_bound_to_a_legal_act_is_done_by_that_act_alone() -> None:
    world = with_a_flow()
    number = world.accepted()
    done(world, number, "visit", "符合")
    with pytest.raises(Refusal, match=r"cases\.flow\.not-open"):
        done(world, number, "decide")


def test_a_task_pressed_twice_is_done_once() -> None:
    world = with_a_flow()
    number = world.accepted()
    done(world, number, "visit", "不符合")
    with pytest.raises(Refusal, match=r"cases\.flow\.not-open"):
        done(world, number, "visit", "符合")
    assert waits(number, world) == ["mend"]


def test_only_who_has_the_case_in_hand_completes_its_tasks() -> None:
    world = with_a_flow()
    number = world.accepted()
    for other in (world.colleague, world.leader, with_a_flow().handler):
        with pytest.raises(Refusal):
            commands.complete_task(number, seen=None, by=other, at=MONDAY, task="visit", outcome="符合")


def test_a_correction_leads_back_to_the_same_task() -> None:
    world, resident = with_a_flow(), a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    fault = commands.CorrectionFault(place="图", basis="法", do="请补上。")
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    assert waits(number, world) == ["correct"]
    commands.resubmit(number, seen=None, by=resident, at=MONDAY, answers=FOOD_ANSWERS)
    assert waits(number, world) == ["intake"]


def test_silence_accepts_and_the_flow_goes_on_as_if_an_officer_had() -> None:
    world = with_a_flow()
    number = world.submit().number
    commands.fire_due(MONDAY + timedelta(days=14), body=world.body)
    assert state_of(number, world).stage == Stage.ACCEPTED
    assert waits(number, world) == ["visit"]


def test_an_act_undone_leads_back_to_where_the_case_was() -> None:
    world = with_a_flow()
    number = world.accepted()
    done(world, number, "visit", "符合")
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    approval = commands.reverse(number, seen=None, by=world.leader, at=MONDAY, text="适用法律错误")
    assert approval is not None
    commands.approve(approval, by=an_officer(world.body, Role.LEADER), at=MONDAY)
    assert waits(number, world) == ["decide"]


def test_the_row_is_the_fold_of_the_events() -> None:
    world = with_a_flow()
    number = world.accepted()
    done(world, number, "visit", "不符合")
    view = view_of(number, world.handler, at=MONDAY)
    assert fold(CaseState(view.state.head), story(view.state.head.id)).facts == view.state.facts


def test_every_step_has_its_last_day_and_people_read_it() -> None:
    world, resident = with_a_flow(), a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    view = view_of(number, resident, at=MONDAY)
    assert [(step.name, step.standing, step.due) for step in steps_of(view)][:3] == [
        ("受理审查", "done", None),
        ("等申请人补正", "ahead", None),
        ("两人以上现场核查", "now", date(2026, 3, 16)),
    ]
    assert re.search(r'is-here"><rect[^>]*/><text[^>]*>两人以上现场核查', drawing_of(view))


def test_what_the_officer_found_is_sealed_and_the_applicant_does_not_read_it() -> None:
    world, resident = with_a_flow(), a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    done(world, number, "visit", "符合")
    told = view_of(number, world.handler, at=MONDAY).acted[-1]
    assert (told.detail, told.text) == ("两人以上现场核查：符合", "看过了")
    theirs = view_of(number, resident, at=MONDAY).acted[-1]
    assert (theirs.detail, theirs.text) == ("两人以上现场核查：符合", None)
    with translation.override("en"):
        assert theirs.detail == "Check on site by two or more: meets the conditions"
    assert all("看过了" not in str(told.event) for told in view_of(number, resident, at=MONDAY).story)


def test_completing_a_task_costs_as_much_as_any_act(django_assert_max_num_queries) -> None:
    world = with_a_flow()
    number = world.accepted()
    with django_assert_max_num_queries(4):
        done(world, number, "visit", "符合")


def test_a_case_that_is_withdrawn_waits_for_nothing() -> None:
    world, resident = with_a_flow(), a_resident()
    number = world.submit(by=resident).number
    commands.withdraw(number, seen=None, by=resident, at=MONDAY)
    assert waits(number, world) == []
    assert Act.ACCEPT not in view_of(number, resident, at=MONDAY).acts


def test_programs_are_told_the_tasks_that_wait_and_complete_them() -> None:
    world = with_a_flow()
    number, handler = world.accepted(), Program(world.handler)
    told = handler.get(f"/cases/{number}").json()
    [task] = told["tasks"]
    assert (task["task"], task["name"], task["asks"]) == ("visit", "两人以上现场核查", None)
    assert "complete-task" in told["acts"] and "grant" not in told["acts"]
    assert handler.act(number, "complete-task", task="visit", outcome="也许").status_code == 422
    completed = handler.act(number, "complete-task", task="visit", outcome="符合", text="看过了")
    assert completed.status_code == 200
    told = handler.get(f"/cases/{number}").json()
    assert told["tasks"] == [] and "grant" in told["acts"]


TIMED = bpmn("""
    intake user actor=受理岗 limit=5 act=accept+refuse-acceptance+return-for-correction+remind
    again xor; taken xor; correct receive actor=申请人 limit=30 act=resubmit; declined end
    start > again; again > intake; intake > taken; taken > declined: act == 'refuse-acceptance'
    taken > correct x9: act in ['return-for-correction', 'remind']; correct > again
    taken > split: act == 'accept'; split and; join and
    split > review; split > both; review > join; both > join
    review user actor=审查岗 limit=4; late timer on=review every=3+workday beside
    remind user actor=科长 limit=1
    told end; late > remind; remind > told
    both user actor=会签 limit=4 many=2 outcome=yes+no
    join > big; big xor; extra user actor=审查岗 limit=1
    big > extra: area > 100000; big > decide *; extra > decide
    decide user actor=决定岗 limit=1 act=grant+refuse; decide > deliver
    deliver user actor=窗口 limit=10 act=deliver; deliver > end""")


def signs_too(world: World, number: str, task: str, outcome: str) -> None:
    """A colleague does their part of what several do: the case goes to them, and comes back."""
    one, other = world.handler.officer, world.colleague.officer
    assert one is not None
    assert other is not None
    hand_over = partial(commands.hand_over, number, seen=None, at=MONDAY, text="请会签")
    hand_over(by=world.handler, to=other.id)
    commands.complete_task(
        number, seen=None, by=world.colleague, at=MONDAY, task=task, outcome=outcome, text="看过了"
    )
    hand_over(by=world.colleague, to=one.id)


def test_timers_go_off_once_and_several_sign_and_conditions_ask_the_form() -> None:
    world = with_a_flow(TIMED)
    number = world.accepted()
    assert waits(number, world) == ["review", "both#0", "both#1"]
    commands.fire_due(MONDAY + timedelta(days=2), body=world.body)
    assert "remind" not in waits(number, world)
    for _ in range(2):
        commands.fire_due(MONDAY + timedelta(days=4), body=world.body)
    assert sorted(waits(number, world)) == ["both#0", "both#1", "remind", "review"]
    for task, outcome in (("review", ""), ("both#1", "yes")):
        done(world, number, task, outcome)
    signs_too(world, number, "both#0", "no")
    assert sorted(waits(number, world)) == ["decide", "remind"]


EARLY = """
    look user actor=窗口 limit=1; intake user actor=受理岗 limit=2 act=accept
    decide user actor=决定岗 limit=2 act=grant+refuse; deliver user actor=窗口 limit=10 act=deliver
    start > look; look > intake; intake > decide; decide > deliver; deliver > end"""


def test_silence_passes_the_step_that_would_have_taken_the_case_in() -> None:
    world = with_a_flow(bpmn(EARLY))
    number = world.submit().number
    world.take_next()
    commands.fire_due(MONDAY + timedelta(days=14), body=world.body)
    assert state_of(number, world).facts.deemed
    assert waits(number, world) == ["look"]
    world.take_next(at=MONDAY + timedelta(days=14))
    done(world, number, "look", at=MONDAY + timedelta(days=14))
    assert waits(number, world) == ["decide"]


SIGNED = """
    intake user actor=受理岗 limit=2 act=accept; sign user actor=审查岗 limit=1 many=2 outcome=同意+不同意
    decide user actor=决定岗 limit=2 act=grant+refuse; deliver user actor=窗口 limit=10 act=deliver
    start > intake; intake > sign; sign > decide; decide > deliver; deliver > end"""


def test_what_several_sign_nobody_signs_twice() -> None:
    """会签: each part is another officer's; the case goes from hand to hand."""
    world = with_a_flow(bpmn(SIGNED))
    number = world.accepted()
    assert waits(number, world) == ["sign#0", "sign#1"]
    done(world, number, "sign#0", "同意")
    with pytest.raises(Refusal) as refused:
        done(world, number, "sign#1", "同意")
    assert refused.value.code == "cases.flow.signed"
    assert not [code for code in offered(world, number) if code.startswith("task-")]
    signs_too(world, number, "sign#1", "同意")
    assert waits(number, world) == ["decide"]
    assert fold(CaseState(state_of(number, world).head), story(state_of(number, world).head.id)).facts == (
        state_of(number, world).facts
    )
