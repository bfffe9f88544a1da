"""Officers together on one case: handed over, given by a leader, noted, asked about, decided by two."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.events import (
    CaseHandedOver,
    CaseNoted,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationDeclined,
)
from tongban.cases.queries import (
    approvals_open,
    desk_of,
    look_at,
    view_of,
)
from tongban.cases.rules.approvals import last_act
from tongban.cases.rules.clocks import UNTOUCHED_AFTER
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.leaves import kind_of
from tongban.cases.tests.test_rules import accepted, taken
from tongban.cases.tests.test_turns import overtakings, replayed
from tongban.cases.tests.world import (
    MONDAY,
    World,
    a_resident,
    a_world,
    an_officer,
    id_of,
    kinds_of,
    seal_all,
)
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.tlog import Kind
from tongban.kernel.access import Purpose, Role
from tongban.kernel.ids import OfficerId
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

WHY = "我明天起参加专项检查，请接着办。"


def held(world: World, who) -> list[str]:
    return [row.number for row in desk_of(who, at=MONDAY)]


def handed_over(world: World, number: str, to, *, by=None, at=MONDAY, text=WHY):
    return commands.hand_over(number, seen=None, to=id_of(to), by=by or world.handler, at=at, text=text)


def facts_of(number: str):
    return run("select facts::text, due, position from cases_case where number = $1::text", (number,))


def timers_of(number: str):
    return run(
        "select kind, due_at from cases_timer t join cases_case c on c.id = t.case_id"
        " where c.number = $1::text order by kind",
        (number,),
    )


def test_a_case_handed_over_is_in_the_colleagues_hands_and_no_clock_moves(world):
    number = world.accepted()
    before, timers = facts_of(number), timers_of(number)
    handed_over(world, number, world.colleague)
    assert (held(world, world.handler), held(world, world.colleague)) == ([], [number])
    assert (facts_of(number), timers_of(number)) == (before, timers)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    commands.grant(number, seen=None, by=world.colleague, at=MONDAY, text="符合条件")


def test_why_a_case_was_handed_over_is_read_by_both_officers_and_not_by_the_applicant(world):
    resident = a_resident()
    world.submit(by=resident)
    number = world.take_next()
    handed_over(world, number, world.colleague)
    told = {
        who: view_of(number, viewer, at=MONDAY).story[-1]
        for who, viewer in {
            "colleague": world.colleague,
            "leader": world.leader,
            "applicant": resident,
        }.items()
    }
    assert {one.event.kind for one in told.values()} == {"handed-over"}
    assert told["colleague"].text == told["leader"].text == WHY
    assert told["applicant"].text is None
    assert view_of(number, world.handler, at=MONDAY).story[-1].event.kind == "handed-over"


def test_handing_over_gives_no_new_four_hours_and_hides_no_overtaking(world):
    first, second = world.submit().number, world.submit().number
    approval = commands.take(second, seen=None, by=world.handler, at=MONDAY, reason="emergency", text="孕妇")
    commands.approve(approval, by=world.leader, at=MONDAY)
    later = MONDAY + UNTOUCHED_AFTER - timedelta(minutes=1)
    handed_over(world, second, world.colleague, at=later)
    assert overtakings(world) == ["emergency"]
    commands.fire_due(MONDAY + UNTOUCHED_AFTER)
    assert kinds_of(second)[-2:] == ["handed-over", "released"]
    assert [world.take_next(), world.take_next()] == [first, second]
    assert replayed(world).queues[world.queue].taken == 3


@pytest.mark.parametrize(
    ("whom", "code"),
    [
        ("elsewhere", "cases.receiver.elsewhere"),
        ("window", "cases.receiver.no-role"),
        ("nobody", "cases.receiver.off-duty"),
        ("suspended", "cases.receiver.off-duty"),
        ("away", "cases.receiver.away"),
        ("same", "cases.hand-over.same"),
    ],
)
def test_nobody_gets_a_case_who_may_not_handle_it_today(world, whom, code):
    number = world.accepted()
    away, today = an_officer(world.body, Role.HANDLER), legal_day(MONDAY)
    kind = directory.AbsenceKind.SUSPENDED if whom == "suspended" else directory.AbsenceKind.LEAVE
    directory.record_absence(id_of(away), kind=kind, since=today, until=today + timedelta(days=1))
    directory.forget()
    to = {
        "elsewhere": lambda: id_of(a_world().handler),
        "window": lambda: id_of(an_officer(world.body, Role.WINDOW)),
        "nobody": lambda: OfficerId(uuid4()),
        "same": lambda: id_of(world.handler),
    }.get(whom, lambda: id_of(away))()
    for by in (world.handler, world.leader):
        with pytest.raises(Refusal, match=code):
            commands.hand_over(number, seen=None, to=to, by=by, at=MONDAY, text=WHY)
    assert held(world, world.handler) == [number]


def test_only_whoever_has_a_case_or_a_leader_hands_it_over_and_never_what_waits_for_approval(world):
    number = world.accepted()
    for stranger in (world.colleague, a_resident(), an_officer(world.body, Role.WINDOW)):
        with pytest.raises(Refusal, match="access.not-allowed"):
            handed_over(world, number, world.colleague, by=stranger)
    approval = commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    with pytest.raises(Refusal, match="cases.hand-over.approval-open"):
        handed_over(world, number, world.colleague, by=world.leader)
    commands.decline(approval, by=world.leader, at=MONDAY)
    handed_over(world, number, world.colleague, by=world.leader)
    assert held(world, world.colleague) == [number]


def test_a_leader_gives_the_first_that_waits_and_never_another(world):
    first, second = world.submit().number, world.submit().number
    with pytest.raises(Refusal, match="cases.assign.not-first"):
        commands.assign(second, seen=None, to=id_of(world.handler), by=world.leader, at=MONDAY)
    taken = commands.assign_next(world.queue, to=id_of(world.colleague), by=world.leader, at=MONDAY)
    assert taken.number == first
    event = view_of(first, world.leader, at=MONDAY).story[-1].event
    assert (event.kind, event.by, event.assigned_by) == (
        "taken",
        id_of(world.colleague),
        id_of(world.leader),
    )
    commands.assign(second, seen=None, to=id_of(world.handler), by=world.leader, at=MONDAY)
    assert (held(world, world.colleague), held(world, world.handler)) == ([first], [second])
    assert overtakings(world) == []
    assert commands.assign_next(world.queue, to=id_of(world.colleague), by=world.leader, at=MONDAY) is None


def test_only_a_leader_of_the_body_assigns_and_only_to_who_may_take(world):
    number = world.submit().number
    for by in (world.handler, an_officer(world.body, Role.ADMIN)):
        with pytest.raises(Refusal, match="access.not-allowed"):
            commands.assign_next(world.queue, to=id_of(world.colleague), by=by, at=MONDAY)
    with pytest.raises(Refusal, match="cases.receiver.no-role"):
        commands.assign_next(world.queue, to=id_of(world.leader), by=world.leader, at=MONDAY)
    seal_all()
    assert kinds_of(number) == ["submitted"]


def test_a_note_is_read_in_the_office_and_never_by_the_applicant_nor_changed(world):
    resident = a_resident()
    world.submit(by=resident)
    number = world.take_next()
    before = facts_of(number), timers_of(number)
    commands.note(number, seen=None, by=world.handler, at=MONDAY, text=" 已电话核实。 ")
    commands.note(number, seen=None, by=world.leader, at=MONDAY, text="请周四前办完。")
    assert (facts_of(number), timers_of(number)) == before
    told = view_of(number, world.handler, at=MONDAY).story[-2:]
    assert [(one.text, one.who) for one in told] == [
        ("已电话核实。", "测试人员"),
        ("请周四前办完。", "测试人员"),
    ]
    assert view_of(number, resident, at=MONDAY).story[-1].event.kind == "taken"
    for stranger in (world.colleague, resident, an_officer(world.body, Role.WINDOW)):
        with pytest.raises(Refusal, match="access.not-allowed"):
            commands.note(number, seen=None, by=stranger, at=MONDAY, text="我也写一句。")
    for text, code in (("  ", "empty"), ("长" * 1001, "too-long")):
        with pytest.raises(Refusal, match=f"cases.note.{code}"):
            commands.note(number, seen=None, by=world.handler, at=MONDAY, text=text)
    commands.withdraw(number, seen=None, by=resident, at=MONDAY)
    with pytest.raises(Refusal, match="cases.note.over"):
        commands.note(number, seen=None, by=world.leader, at=MONDAY, text="晚了一步。")


def test_where_two_decide_a_colleague_agrees_and_nobody_decides_alone(transactional_db):
    world = a_world(by_two={"says": "这件事由两名工作人员决定"})
    number = world.accepted()
    before = facts_of(number)
    approval = commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    assert (kinds_of(number)[-1], facts_of(number)) == ("approval-asked", before)
    for alone in (world.handler, an_officer(world.body, Role.WINDOW), a_world().handler):
        with pytest.raises(Refusal, match=r"access.not-allowed|cases.approval.own"):
            commands.approve(approval, by=alone, at=MONDAY)
    with pytest.raises(Refusal, match=r"cases.approval.already-asked"):
        commands.refuse(number, seen=None, by=world.handler, at=MONDAY, text="不符合条件")
    for one in (world.colleague, world.leader):
        assert [waits.id for waits in approvals_open(one)] == [approval]
    assert approvals_open(world.handler) == []
    assert look_at(number, world.colleague, at=MONDAY).purpose is Purpose.APPROVAL
    commands.approve(approval, by=world.colleague, at=MONDAY)
    event = view_of(number, world.leader, at=MONDAY).story[-1].event
    assert (event.kind, event.by, event.second) == (
        "granted",
        id_of(world.handler),
        id_of(world.colleague),
    )
    assert look_at(number, world.colleague, at=MONDAY).purpose is None


def test_a_second_who_does_not_agree_leaves_everything_as_it_was(transactional_db):
    world = a_world(by_two={"says": "这件事由两名工作人员决定"})
    number = world.accepted()
    approval = commands.refuse(number, seen=None, by=world.handler, at=MONDAY, text="不符合条件")
    commands.decline(approval, by=world.colleague, at=MONDAY)
    assert kinds_of(number)[-2:] == ["approval-asked", "approval-declined"]
    again = commands.refuse(number, seen=None, by=world.handler, at=MONDAY, text="不符合第三项条件")
    commands.approve(again, by=world.leader, at=MONDAY)
    refused = view_of(number, world.leader, at=MONDAY).story[-1]
    assert refused.event.kind == "refused"
    assert refused.text.startswith("不符合第三项条件\n")


def absent(world: World, stand_in) -> None:
    """The handler is away today, and somebody stands in."""
    today = legal_day(MONDAY)
    planned = directory.Planned(
        id_of(world.handler), directory.AbsenceKind.LEAVE, today, today + timedelta(days=2), stand_in
    )
    directory.arrange_absence(planned, by=world.leader, today=today)
    directory.forget()


def on_duty(viewer, at=MONDAY):
    """The viewer as sign-in would know them that day."""
    return replace(viewer, officer=directory.officer(id_of(viewer), legal_day(at)))


def test_who_stands_in_goes_on_with_the_case_in_their_own_name_and_no_clock_stops(world):
    world.submit()
    number = world.take_next()
    before = facts_of(number)
    absent(world, id_of(world.colleague))
    stand_in = on_duty(world.colleague)
    assert facts_of(number) == before
    [row] = desk_of(stand_in, at=MONDAY)
    assert (row.number, row.absent) == (number, "测试人员")
    assert look_at(number, stand_in, at=MONDAY).purpose is Purpose.HANDLING
    commands.accept(number, seen=None, by=stand_in, at=MONDAY)
    told = view_of(number, world.leader, at=MONDAY).story[-1]
    assert (told.event.by, told.event.stands_in_for) == (
        id_of(world.colleague),
        id_of(world.handler),
    )
    assert told.who == "测试人员，替测试人员"
    commands.fire_due(MONDAY + UNTOUCHED_AFTER)
    assert kinds_of(number)[-1] == "accepted"
    later = MONDAY + timedelta(days=2)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.grant(number, seen=None, by=on_duty(world.colleague, later), at=later, text="符合条件")


def test_who_stands_in_for_the_first_is_not_the_second(transactional_db):
    world = a_world(by_two={"says": "这件事由两名工作人员决定"})
    number = world.accepted()
    approval = commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    absent(world, id_of(world.colleague))
    stand_in = on_duty(world.colleague)
    assert approvals_open(stand_in) == []
    with pytest.raises(Refusal, match=r"access.not-allowed"):
        commands.approve(approval, by=stand_in, at=MONDAY)
    commands.approve(approval, by=world.leader, at=MONDAY)


BEFORE = ["submitted", "taken", "accepted"]
IN_HANDS = [taken(), accepted()]
_TOLD: dict[str, Any] = {"at": MONDAY, "by": uuid4()}
AMONG_OFFICERS = [
    CaseHandedOver(**_TOLD, was=_TOLD["by"], to=uuid4(), text=""),
    CaseNoted(**_TOLD, text=""),
    ConsultationAsked(**_TOLD, body="11510104000000001A", text="", answer_by={"due": "2026-03-12"}),
    ConsultationAnswered(**_TOLD, consultation=4, text=""),
    ConsultationDeclined(**_TOLD, consultation=4, text=""),
]


@given(st.sampled_from(IN_HANDS), st.lists(st.sampled_from(AMONG_OFFICERS), max_size=6))
def test_nothing_that_officers_do_together_moves_a_deadline_a_place_or_a_word(state, events):
    after = fold(state, events)
    assert after.facts == state.facts
    assert (after.turn.waits, after.turn.position, after.turn.taken_at) == (
        state.turn.waits,
        state.turn.position,
        state.turn.taken_at,
    )
    assert after.last_word == state.last_word
    assert {kind_of(event) for event in events} <= {Kind.OTHER}
    assert last_act([*BEFORE, *(event.kind for event in events)]) == (len(BEFORE), "accepted")
