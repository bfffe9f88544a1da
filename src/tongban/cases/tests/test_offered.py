"""What an officer is offered on a case, and what each act says it will do; what the applicant is told."""

from datetime import timedelta

import pytest

from tongban.cases import commands
from tongban.cases.queries import acts_for, look_at, looks_at, standing_of, view_of
from tongban.cases.tests.world import MONDAY, World, a_resident, seal_all
from tongban.kernel.access import Viewer

AMONG_OFFICERS = ("consult", "hand-over", "note")
"""What moves no clock: a question, a note, into a colleague's hands."""


def offered(number: str, viewer: Viewer) -> list[str]:
    return [act.code for act in acts_for(view_of(number, viewer, at=MONDAY), viewer, MONDAY)]


def effect(number: str, viewer: Viewer, code: str) -> str:
    acts = acts_for(view_of(number, viewer, at=MONDAY), viewer, MONDAY)
    return next(act.effect for act in acts if act.code == code)


def test_the_usual_act_stands_first_and_only_whoever_took_the_case_is_offered_it(world: World) -> None:
    world.submit()
    number = world.take_next()
    assert offered(number, world.handler) == [
        "accept",
        "return-for-correction",
        "refuse-acceptance",
        "release",
        *AMONG_OFFICERS,
    ]
    assert offered(number, world.colleague) == []
    assert offered(number, world.leader) == ["hand-over", "note"]


def test_each_act_that_is_offered_is_one_the_command_does(world: World) -> None:
    number = world.accepted()
    for code in offered(number, world.handler):
        assert effect(number, world.handler, code)
    assert set(offered(number, world.handler)) == {
        "grant",
        "refuse",
        "extend",
        "start-special-procedure",
        "terminate",
        "release",
        "reverse",
        *AMONG_OFFICERS,
    }


def test_the_effect_of_accepting_names_the_days_that_accepting_then_sets(world: World) -> None:
    world.submit()
    number = world.take_next()
    told = effect(number, world.handler, "accept")
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    view = view_of(number, world.handler, at=MONDAY)
    for name in ("promised", "statutory"):
        due = view.due(name)
        assert due is not None
        assert f"{due.day.month} 月 {due.day.day} 日" in told
    assert "《行政许可法》第四十二条第一款" in told


@pytest.mark.parametrize("place", [0, 1])
def test_taking_out_of_order_asks_for_a_reason_and_an_approval(world: World, place: int) -> None:
    number = [world.submit().number for _ in range(2)][place]
    view = view_of(number, world.handler, at=MONDAY)
    [take] = acts_for(view, world.handler, MONDAY)
    assert (take.code, take.approval, bool(take.asks)) == ("take", place > 0, place > 0)


def test_the_days_left_are_those_that_still_count(world: World) -> None:
    resident = a_resident()
    number = world.submit(by=resident).number
    seen = [
        standing_of(
            view_of(number, resident, at=MONDAY + timedelta(days=days)), MONDAY + timedelta(days=days)
        )
        for days in (0, 4, 5, 7, 8)
    ]
    assert [(one.left, one.unit, one.late) for one in seen] == [
        (5, "个工作日", 0),
        (1, "个工作日", 0),
        (1, "个工作日", 0),
        (0, "个工作日", 0),
        (0, "个工作日", 1),
    ]


def test_the_person_is_told_who_looked_and_why(world: World) -> None:
    resident = a_resident()
    world.submit(by=resident)
    number = world.take_next()
    look_at(number, world.handler, at=MONDAY)
    look_at(number, world.colleague, at=MONDAY)
    seal_all()
    [look] = looks_at(view_of(number, resident, at=MONDAY))
    assert look.purpose == "办理"
    assert look.who.startswith("测**员") or look.who.startswith("测*")
    assert "测试机关" in look.who
