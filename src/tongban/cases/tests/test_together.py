"""Officers together on one case: handed over, given by a leader, noted, asked about, decided by two."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tongban.cases import commands
from tongban.cases.queries import desk_of, view_of
from tongban.cases.rules.clocks import UNTOUCHED_AFTER
from tongban.cases.tests.test_turns import overtakings, replayed
from tongban.cases.tests.world import MONDAY, World, a_resident, a_world, an_officer, kinds_of, seal_all
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Role
from tongban.kernel.ids import OfficerId
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

WHY = "我明天起参加专项检查，请接着办。"


def held(world: World, who) -> list[str]:
    return [row.number for row in desk_of(who, at=MONDAY)]


def handed_over(world: World, number: str, to, *, by=None, at=MONDAY, text=WHY):
    return commands.hand_over(number, seen=None, to=to.officer.id, by=by or world.handler, at=at, text=text)


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
    directory.record_absence(away.officer.id, kind=kind, since=today, until=today + timedelta(days=1))
    directory.forget()
    to = {
        "elsewhere": lambda: a_world().handler.officer.id,
        "window": lambda: an_officer(world.body, Role.WINDOW).officer.id,
        "nobody": lambda: OfficerId(uuid4()),
        "same": lambda: world.handler.officer.id,
    }.get(whom, lambda: away.officer.id)()
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
        commands.assign(second, seen=None, to=world.handler.officer.id, by=world.leader, at=MONDAY)
    taken = commands.assign_next(world.queue, to=world.colleague.officer.id, by=world.leader, at=MONDAY)
    assert taken.number == first
    event = view_of(first, world.leader, at=MONDAY).story[-1].event
    assert (event.kind, event.by, event.assigned_by) == (
        "taken",
        world.colleague.officer.id,
        world.leader.officer.id,
    )
    commands.assign(second, seen=None, to=world.handler.officer.id, by=world.leader, at=MONDAY)
    assert (held(world, world.colleague), held(world, world.handler)) == ([first], [second])
    assert overtakings(world) == []
    assert (
        commands.assign_next(world.queue, to=world.colleague.officer.id, by=world.leader, at=MONDAY) is None
    )


def test_only_a_leader_of_the_body_assigns_and_only_to_who_may_take(world):
    number = world.submit().number
    for by in (world.handler, an_officer(world.body, Role.ADMIN)):
        with pytest.raises(Refusal, match="access.not-allowed"):
            commands.assign_next(world.queue, to=world.colleague.officer.id, by=by, at=MONDAY)
    with pytest.raises(Refusal, match="cases.receiver.no-role"):
        commands.assign_next(world.queue, to=world.leader.officer.id, by=world.leader, at=MONDAY)
    seal_all()
    assert kinds_of(number) == ["submitted"]
