"""Figures: of whom they are told, and that each light is counted as the rule sees it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tongban.cases import commands
from tongban.cases.queries import Figures, Filters, cases, figures_of
from tongban.cases.tests.world import MONDAY, World, a_resident, a_world
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import RegionCode
from tongban.kernel.refusal import Refusal


def all_of(viewer: Viewer, days: int = 0) -> Figures:
    """The figures of everything, so many days after Monday."""
    return sum((one.figures for one in figures_of(viewer, at=MONDAY + timedelta(days=days))), Figures())


def test_a_leader_sees_the_figures_of_the_own_body_and_nobody_elses(world: World) -> None:
    leader, stranger = world.leader, a_world().leader
    for _ in range(3):
        world.submit(at=MONDAY)
    taken = world.take_next(at=MONDAY)
    commands.accept(taken, seen=None, by=world.handler, at=MONDAY)
    assert all_of(leader) == Figures(received=3, open=3, waiting=2)
    assert all_of(stranger) == Figures()
    with pytest.raises(Refusal, match="access.not-allowed"):
        figures_of(world.handler, at=MONDAY)


@pytest.mark.parametrize("days", [0, 4, 5, 11, 14, 30, 90])
def test_each_light_is_counted_as_the_rule_sees_it(world: World, days: int) -> None:
    leader = world.leader
    for _ in range(4):
        world.submit(at=MONDAY)
    accepted, stopped, *_ = [world.take_next(at=MONDAY) for _ in range(3)]
    for number in (accepted, stopped):
        commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.start_special_procedure(
        stopped,
        seen=None,
        by=world.handler,
        at=MONDAY,
        procedure="hearing",
        told_until=date(2026, 4, 1),
        text="依申请组织听证",
    )
    at = MONDAY + timedelta(days=days)
    lights = [row.light for row in cases(leader, Filters(open=True), at=at)]
    counted = all_of(leader, days)
    assert (counted.yellow, counted.red) == (lights.count("yellow"), lights.count("red"))  # type: ignore[arg-type]
    assert counted.stopped == 1


def test_what_is_decided_and_what_ends_otherwise_is_told_apart(world: World) -> None:
    leader = world.leader
    resident = a_resident()
    for _ in range(3):
        world.submit(resident, at=MONDAY)
    granted, refused, withdrawn = [world.take_next(at=MONDAY) for _ in range(3)]
    for number in (granted, refused):
        commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.grant(granted, seen=None, by=world.handler, at=MONDAY, text="准予。")
    commands.refuse(refused, seen=None, by=world.handler, at=MONDAY, text="不符合条件。")
    commands.withdraw(withdrawn, seen=None, by=resident, at=MONDAY)
    assert all_of(leader) == Figures(received=3, open=2, granted=1, refused=1, ended_otherwise=1)
    region = replace(leader.officer, roles=frozenset({Role.SUPERVISOR}), region=RegionCode("510100"))  # type: ignore[type-var]
    assert all_of(replace(leader, officer=region)).received >= 3
