"""Figures tell what the events tell, and every number opens the very cases that it counted."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tongban.cases import commands
from tongban.cases.queries import (
    Narrowing,
    Sorting,
    Where,
    exports_of,
    narrowed,
    overview_of,
)
from tongban.cases.rules.life import Stage
from tongban.cases.rules.overview import Figures, steps_of
from tongban.cases.tests.truth import assert_true, listed, lived_a_week
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    MONDAY,
    World,
    a_resident,
    a_world,
    an_officer,
    id_of,
    seal_all,
)
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Role, Viewer
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

SAID: dict[str, dict[str, Any]] = {
    "grant": {"text": "准予。"},
    "refuse": {"text": "不符合条件。"},
    "refuse_acceptance": {"ground": "not-ours", "text": "不归本局管。"},
    "return_for_correction": {"faults": [commands.CorrectionFault(place="场所", basis="", do="请写明。")]},
    "start_special_procedure": {"procedure": "hearing", "text": "听证"},
    "deliver": {"way": "post"},
    "resubmit": {"answers": FOOD_ANSWERS},
    "reverse": {"text": "办错了。"},
    "take": {"reason": "emergency", "text": "救灾急用。"},
}
"""What is said with an act."""

FIRST_LOOK = ("accept", "accept", "accept", "return_for_correction", "refuse_acceptance", "release")
REVIEW = ("grant", "grant", "refuse", "start_special_procedure", "reverse", "release")
ACTS = {
    ("submitted", False): ("take", "take", "withdraw"),
    ("submitted", True): FIRST_LOOK,
    ("awaiting-correction", False): ("resubmit", "resubmit", "withdraw", "reverse"),
    ("resubmitted", True): ("accept",),
    ("accepted", False): ("take",),
    ("accepted", True): REVIEW,
    ("special-procedure", True): ("end_special_procedure", "reverse"),
    ("granted", True): ("deliver", "reverse"),
    ("refused", True): ("deliver", "reverse"),
    ("delivered", True): ("complete",),
    ("not-accepted", True): ("reverse",),
}
"""What may be tried, by where a case stands and whether somebody has it."""


class Busy(RuleBasedStateMachine):
    """A body on busy days; at the end all its figures are held against its events."""

    def __init__(self) -> None:
        super().__init__()
        self.world = a_world()
        self.resident = a_resident()
        self.numbers: list[str] = []
        self.now = MONDAY

    def teardown(self) -> None:
        for later in (timedelta(), timedelta(days=9)):
            assert_true(self.world, self.now + later)

    @rule(many=st.integers(1, 2))
    def submit(self, many: int) -> None:
        for _ in range(many):
            self.numbers.append(self.world.submit(by=self.resident, at=self.now).number)

    @rule(hours=st.integers(1, 20))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        commands.fire_due(self.now)

    @precondition(lambda self: self.numbers)
    @rule(first=st.booleans(), accepts=st.booleans())
    def take_next(self, first: bool, accepts: bool) -> None:
        officer = self.world.handler if first else self.world.colleague
        taken = commands.take_next(self.world.queue, by=officer, at=self.now)
        if taken and accepts:
            with suppress(Refusal):
                commands.accept(taken.number, seen=None, by=officer, at=self.now)

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), times=st.integers(1, 4))
    def act(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            self.one_act(data)

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), days=st.integers(0, 9), explains=st.booleans())
    def something_is_said_of_its_being_late(self, data: st.DataObject, days: int, explains: bool) -> None:
        number, by = data.draw(st.sampled_from(self.numbers)), self.world.leader
        acting: dict[str, Any] = {"seen": None, "by": by, "at": self.now, "text": "说明。"}
        with suppress(Refusal):
            if explains:
                until = legal_day(self.now) + timedelta(days=days)
                commands.explain(number, **acting, cause="staff", until=until)
            else:
                commands.supervise(number, **acting, days=3)

    def one_act(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.numbers))
        [(stage, taker)] = run(
            "select stage, taken_by from cases_case where number = $1::text and queue = $2::text",
            (number, self.world.queue),
        )
        possible = ACTS.get((stage, taker is not None), ())
        colleague = self.world.colleague
        taken = colleague.officer is not None and taker == colleague.officer.id
        # What the law of the day does not allow, as a second reversal of the same act, is refused.
        with suppress(Refusal):
            for act in [data.draw(st.sampled_from(possible))] if possible else []:
                self.done(act, number, colleague if taken else self.world.handler)

    def done(self, act: str, number: str, officer: Viewer) -> None:
        said = SAID.get(act, {})
        acting: dict[str, Any] = {"seen": None, "by": officer, "at": self.now}
        if act in ("resubmit", "withdraw"):
            acting["by"] = self.resident
        if act == "start_special_procedure":
            acting["told_until"] = legal_day(self.now) + timedelta(days=8)
        if act == "complete":
            commands.complete(number, at=self.now)
            return
        asked = getattr(commands, act)(number, **acting, **said)
        if asked and act in ("reverse", "take"):
            commands.approve(asked, by=self.world.leader, at=self.now)
        seal_all(self.now)


def test_after_any_days_every_number_is_that_of_the_events_and_opens_its_cases(
    transactional_db: None,
) -> None:
    run_state_machine_as_test(
        Busy,
        settings=settings(
            max_examples=6,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )


def test_a_week_in_which_everything_happens(world: World) -> None:
    lived_a_week(world)
    overview = assert_true(world, MONDAY + timedelta(days=3))
    assert overview.all == Figures(
        received=10,
        open=6,
        waiting=1,
        with_applicant=1,
        stopped=1,
        green=5,
        yellow=0,
        soon=2,
        red=0,
        granted=1,
        refused=1,
        ended_otherwise=3,
    )
    assert overview.overtook == [("emergency", 1)] and overview.overtaken == 1
    assert [(day.arrived, day.accepted, day.decided, day.ended, day.left) for day in overview.flow][:5] == [
        (0, 0, 0, 0, 6), (0, 0, 0, 2, 6), (0, 0, 3, 2, 8), (10, 5, 0, 0, 10), (0, 0, 0, 0, 0),
    ]  # fmt: skip
    assert [(one.figures.open) for one in overview.items] == [6]
    for days in (6, 7, 14, 45):
        assert_true(world, MONDAY + timedelta(days=days))


def test_why_cases_are_late_is_counted_and_every_count_opens_its_cases(world: World) -> None:
    numbers = [world.accepted() for _ in range(4)]
    late = MONDAY + timedelta(days=60)
    acting: dict[str, Any] = {"seen": None, "at": late, "text": "请说明。"}
    commands.supervise(numbers[0], **acting, by=world.leader, days=3)
    until = legal_day(late) + timedelta(days=2)
    for number, cause in ((numbers[1], "staff"), (numbers[2], "other-body")):
        commands.explain(number, **acting, by=world.handler, cause=cause, until=until)
    assert assert_true(world, late).said == {"ordered": 1, "staff": 1, "other-body": 1, "unexplained": 1}
    # What was said holds until the day that was named, and no longer.
    after = late + timedelta(days=3)
    assert assert_true(world, after).said == {"ordered": 1, "unexplained": 3}


def test_where_cases_stand_is_told_in_days_and_the_step_where_most_time_lies_is_named(world: World) -> None:
    for _ in range(4):
        world.submit(at=MONDAY)
    for _ in range(2):
        world.take_next(at=MONDAY)
    back = world.take_next(at=MONDAY)
    fault = commands.CorrectionFault(place="场所", basis="", do="请写明。")
    commands.return_for_correction(back, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    # Monday of the week after: five working days for the office, seven days for the applicant.
    steps = overview_of(world.leader, at=MONDAY + timedelta(days=7)).steps
    told = [(one.stage, one.where, one.count, one.middle, one.longest, one.narrowest) for one in steps]
    assert told == [
        (Stage.SUBMITTED, Where.QUEUE, 1, 5, 5, False),
        (Stage.SUBMITTED, Where.OFFICER, 2, 5, 5, True),
        (Stage.AWAITING_CORRECTION, Where.NEITHER, 1, 7, 7, False),
    ]


def test_half_of_the_cases_have_stood_no_longer_than_the_middle() -> None:
    today, calendar = date(2026, 3, 16), calendar_in_force()
    since = {date(2026, 3, 16): 1, date(2026, 3, 13): 1, date(2026, 3, 2): 2}
    [step] = steps_of({(Stage.ACCEPTED, Where.OFFICER): since}, today, calendar)
    assert (step.count, step.middle, step.longest, step.workdays) == (4, 1, 10, True)


def test_a_leader_sees_the_figures_of_the_own_body_and_nobody_elses(world: World) -> None:
    stranger = a_world()
    for _ in range(3):
        world.submit(at=MONDAY)
    world.take_next(at=MONDAY)
    assert overview_of(world.leader, at=MONDAY).all.received == 3
    assert overview_of(stranger.leader, at=MONDAY).all == Figures()
    assert listed(stranger.leader, Narrowing(), MONDAY) == set()
    assert listed(stranger.leader, Narrowing(body=world.body, open=True), MONDAY) == set()
    assert listed(stranger.leader, Narrowing(arrived=MONDAY.date()), MONDAY) == set()
    [(holder, _)] = overview_of(world.leader, at=MONDAY).officers
    assert listed(stranger.leader, Narrowing(officer=holder), MONDAY) == set()
    with pytest.raises(Refusal, match="access.not-allowed"):
        overview_of(world.handler, at=MONDAY)
    for nobody in (a_resident(), an_officer(world.body, Role.ADMIN)):
        for asked in (Narrowing(), Narrowing(open=True)):
            with pytest.raises(Refusal, match="access.not-allowed"):
                narrowed(nobody, asked, at=MONDAY, sorting=Sorting.NEWEST, limit=3)
        with pytest.raises(Refusal, match="access.not-allowed"):
            overview_of(nobody, at=MONDAY)


def numbers_listed(viewer: Viewer, asked: Narrowing) -> set[str]:
    found = narrowed(viewer, asked, at=MONDAY, sorting=asked.sortings[0], limit=9)
    return {one.row.number for one in found.rows}


def test_whoever_serves_at_a_body_finds_its_cases_and_nobody_elses(world: World) -> None:
    stranger, window = a_world(), an_officer(world.body, Role.WINDOW)
    all_of_them = {world.submit(at=MONDAY).number for _ in range(2)}
    taken = world.take_next(at=MONDAY)
    holder = Narrowing(officer=id_of(world.handler))
    for viewer in (world.colleague, window, world.leader):
        assert numbers_listed(viewer, Narrowing(open=True)) == all_of_them
        assert numbers_listed(viewer, Narrowing()) == all_of_them
        assert numbers_listed(viewer, holder) == {taken}
    for asked in (Narrowing(open=True), Narrowing(), holder, Narrowing(body=world.body)):
        assert numbers_listed(stranger.handler, asked) == set()


def test_a_supervisor_sees_every_body_of_the_region_and_each_alone(world: World) -> None:
    other = a_world()
    world.submit(at=MONDAY)
    other.submit(at=MONDAY)
    at_the_city = an_officer(world.body, Role.SUPERVISOR, region="510100")
    elsewhere = an_officer(world.body, Role.SUPERVISOR, region="530700")
    bodies = dict(overview_of(at_the_city, at=MONDAY).bodies)
    assert {bodies[one.body].received for one in (world, other)} == {1}
    alone = overview_of(at_the_city, at=MONDAY, body=other.body)
    assert (alone.all.received, [body for body, _ in alone.bodies]) == (1, [other.body])
    assert overview_of(elsewhere, at=MONDAY, body=other.body).all == Figures()
    assert overview_of(world.leader, at=MONDAY, body=other.body).all == Figures()


@pytest.mark.parametrize("length", [1, 12])
def test_figures_and_lists_cost_the_same_however_many_cases(world: World, length: int) -> None:
    for _ in range(length):
        world.submit(at=MONDAY, sealed=False)
    with CaptureQueriesContext(connection) as captured:
        overview_of(world.leader, at=MONDAY)
    assert len(captured) == 5
    for asked in (
        Narrowing(),
        Narrowing(open=True),
        Narrowing(left=MONDAY.date()),
        Narrowing(overtook="any"),
    ):
        with CaptureQueriesContext(connection) as captured:
            narrowed(world.leader, asked, at=MONDAY, sorting=Sorting.NEWEST, limit=30)
        assert len(captured) == 1


def test_an_export_is_on_record_for_those_who_answer_for_the_officer_and_stays_there(world: World) -> None:
    export = commands.Export("cases", "light=red", 3, cut=False)
    commands.record_export(export, by=world.leader, at=MONDAY)
    assert world.leader.officer
    [made] = exports_of(world.leader, limit=5)
    assert (made.at, made.officer, made.narrowed, made.rows) == (
        MONDAY,
        world.leader.officer.id,
        "light=red",
        3,
    )
    assert exports_of(a_world().leader, limit=5) == exports_of(world.handler, limit=5) == []
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.record_export(export, by=world.handler, at=MONDAY)
    for breach in ("update cases_export set rows = 0", "delete from cases_export"):
        with pytest.raises(DatabaseError, match="stays on record"):
            run(breach)
