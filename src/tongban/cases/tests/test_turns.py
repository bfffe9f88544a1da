"""Turns: in the order of arrival, each to one officer, and the public log tells the truth about it."""

from datetime import timedelta

import pytest

from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.commands.turns import place_of
from tongban.cases.queries import queues
from tongban.cases.rules.clocks import UNTOUCHED_AFTER
from tongban.cases.tests.waiting import after_waiting
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    MONDAY,
    World,
    a_resident,
    kinds_of,
    seal_all,
    version_of,
)
from tongban.engine.fairness import Fairness, replay
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run


def replayed(world: World) -> Fairness:
    """The fairness of this world's queue, replayed from the leaves as anyone would."""
    seal_all()
    rows = run("select index, entry from ledger_leaf order by index")
    return replay((index, entry.encode()) for index, entry in rows if f'"queue":"{world.queue}"' in entry)


def overtakings(world: World) -> list[str | None]:
    return [one.reason for one in replayed(world).queues[world.queue].overtakings]


def test_cases_are_taken_in_the_order_of_their_leaves(world):
    numbers = [world.submit().number for _ in range(5)]
    assert [world.take_next() for _ in range(5)] == numbers
    assert commands.take_next(world.queue, by=world.handler, at=MONDAY) is None
    assert overtakings(world) == []


def test_a_case_whose_arrival_is_not_sealed_cannot_be_taken(world):
    number = world.submit(sealed=False).number
    assert commands.take_next(world.queue, by=world.handler, at=MONDAY) is None
    with pytest.raises(Refusal, match="cases.take.unsealed"):
        commands.take(number, seen=None, by=world.handler, at=MONDAY, reason=None, text="")
    seal_all()
    assert world.take_next() == number


def test_many_officers_at_once_never_get_the_same_case_and_overtake_nobody(world, at_once):
    for _ in range(24):
        world.submit(sealed=False)
    seal_all()
    taken = []

    def take_three(by):
        for _ in range(3):
            taken.append(commands.take_next(world.queue, by=by, at=MONDAY).number)

    at_once(*(lambda by=by: take_three(by) for by in [world.handler, world.colleague] * 4))
    assert len(taken) == len(set(taken)) == 24
    assert overtakings(world) == []


def test_while_one_taker_has_not_committed_the_next_waits_and_the_log_tells_their_true_order(world):
    first, second = world.submit().number, world.submit().number
    got = after_waiting(
        lambda: commands.take_next(world.queue, by=world.handler, at=MONDAY).number,
        lambda: commands.take_next(world.queue, by=world.colleague, at=MONDAY).number,
        waits_for="cases_queue%for update",
        meanwhile=seal_all,
    )
    assert got == (first, second)
    assert overtakings(world) == []


def test_a_released_case_goes_back_to_its_own_place(world):
    first, second = world.submit().number, world.submit().number
    assert world.take_next() == first
    commands.release(first, seen=None, by=world.handler, at=MONDAY)
    assert [world.take_next(), world.take_next()] == [first, second]
    assert overtakings(world) == []


def test_a_corrected_case_keeps_its_place(world):
    resident = a_resident()
    first, second = world.submit(by=resident).number, world.submit().number
    world.take_next()
    fault = CorrectionFault(place="场所", basis="食品安全法 第三十三条", do="请写明门牌号。")
    commands.return_for_correction(first, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    commands.resubmit(first, seen=None, by=resident, at=MONDAY, answers=FOOD_ANSWERS)
    assert [world.take_next(), world.take_next()] == [first, second]
    assert overtakings(world) == []


def test_a_case_taken_and_not_touched_goes_back_by_itself_and_this_is_recorded(world):
    number = world.submit().number
    world.take_next()
    commands.fire_due(MONDAY + UNTOUCHED_AFTER - timedelta(seconds=1))
    assert kinds_of(number) == ["submitted", "taken"]
    commands.fire_due(MONDAY + UNTOUCHED_AFTER)
    assert kinds_of(number) == ["submitted", "taken", "released"]
    assert world.take_next(by=world.colleague) == number


def test_taking_another_needs_a_reason_and_another_officers_approval(world):
    world.submit()
    later = world.submit().number
    with pytest.raises(Refusal, match="cases.take.out-of-order"):
        commands.take(later, seen=None, by=world.handler, at=MONDAY, reason=None, text="")
    with pytest.raises(Refusal, match="cases.reason.unknown"):
        commands.take(later, seen=None, by=world.handler, at=MONDAY, reason="friend", text="熟人")
    approval = commands.take(
        later, seen=None, by=world.handler, at=MONDAY, reason="emergency", text="明天开业，急用"
    )
    assert kinds_of(later) == ["submitted", "approval-asked"]
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.approve(approval, by=world.colleague, at=MONDAY)
    commands.approve(approval, by=world.leader, at=MONDAY)
    assert kinds_of(later) == ["submitted", "approval-asked", "approval-given", "taken"]
    assert overtakings(world) == ["emergency"]


def test_taking_the_first_by_name_needs_no_reason(world):
    number = world.submit().number
    assert commands.take(number, seen=None, by=world.handler, at=MONDAY, reason=None, text="") is None
    assert kinds_of(number) == ["submitted", "taken"]


def test_an_overtaking_approved_when_nobody_waits_before_any_more_is_none(world):
    first, later = world.submit().number, world.submit().number
    approval = commands.take(later, seen=None, by=world.handler, at=MONDAY, reason="emergency", text="急用")
    assert world.take_next(by=world.colleague) == first
    commands.approve(approval, by=world.leader, at=MONDAY)
    assert overtakings(world) == []


def test_after_an_overtaking_the_earlier_ones_are_still_served_in_turn(world):
    first, second, third = (world.submit().number for _ in range(3))
    approval = commands.take(third, seen=None, by=world.handler, at=MONDAY, reason="emergency", text="急用")
    commands.approve(approval, by=world.leader, at=MONDAY)
    assert [world.take_next(), world.take_next()] == [first, second]


def test_a_case_withdrawn_before_its_arrival_was_sealed_is_never_served(world):
    resident = a_resident()
    number = world.submit(by=resident, sealed=False).number
    commands.withdraw(number, seen=None, by=resident, at=MONDAY)
    other = world.submit().number
    assert world.take_next() == other
    assert overtakings(world) == []


def test_a_withdrawal_that_races_the_sealer_leaves_no_ghost_in_the_queue(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    place = run(
        "select w.position, c.id from cases_waiting w join cases_case c on c.id = w.case_id"
        " where c.number = $1::text",
        (number,),
    )[0]
    commands.withdraw(number, seen=None, by=resident, at=MONDAY)
    # What a sealer leaves that did not yet see the withdrawal:
    run(
        "insert into cases_waiting (queue, position, case_id) values ($1::text, $2::bigint, $3::bigint)",
        (world.queue, *place),
    )
    assert commands.take_next(world.queue, by=world.handler, at=MONDAY) is None
    assert run("select count(*) from cases_waiting where queue = $1::text", (world.queue,)) == [(0,)]


def test_an_officer_of_another_body_takes_nothing(world):
    from tongban.cases.tests.world import a_world

    world.submit()
    stranger = a_world().handler
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.take_next(world.queue, by=stranger, at=MONDAY)


def test_a_leader_does_not_take(world):
    world.submit()
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.take_next(world.queue, by=world.leader, at=MONDAY)


def test_queues_tell_how_many_wait_and_since_when(world):
    world.submit(at=MONDAY)
    world.submit(at=MONDAY + timedelta(hours=1))
    [queue] = queues(world.handler)
    assert (queue.waiting, queue.first_received_at) == (2, MONDAY)


def test_deemed_acceptance_leaves_a_waiting_case_in_its_place(world):
    first, second = world.submit().number, world.submit().number
    commands.fire_due(MONDAY + timedelta(days=9))
    assert kinds_of(first) == ["submitted", "deemed-accepted"]
    assert [world.take_next(), world.take_next()] == [first, second]
    assert version_of(first) == 3
    assert overtakings(world) == []


def test_place_is_asked_only_under_the_queues_lock(world):
    number = world.submit().number
    from tongban.cases.commands.change import changing

    with changing(number, at=MONDAY, turn=True) as change:
        position, earlier = place_of(change)
    assert position >= 0 and not earlier
