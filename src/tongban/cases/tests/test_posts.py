"""Lanes name posts: where the body has a post called so, its step is done there and by nobody else."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from tongban.cases import commands
from tongban.cases.queries import acts_for, view_of
from tongban.cases.rules.flowing import waiting_in
from tongban.cases.tests.test_opinions import asking
from tongban.cases.tests.world import MONDAY, World, a_world, an_officer, id_of, kinds_of
from tongban.directory import api as directory
from tongban.engine.flow.tests.drawn import bpmn
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, OfficerId
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("transactional_db")

ON_SITE = (Path(settings.PACKS) / "flows" / "on-site-check.bpmn").read_bytes()


SIGNED_TWICE = bpmn(
    "intake user actor=受理岗 limit=3 act=accept; sign user actor=会签岗 limit=1 many=2;"
    " decide user actor=决定岗 limit=1 act=grant+refuse; deliver user actor=窗口 limit=10 act=deliver;"
    " start > intake; intake > sign; sign > decide; decide > deliver; deliver > end"
)


def in_post(world: World, title: str, role: Role = Role.HANDLER) -> Viewer:
    """An officer of the body with this role alone, in a post of this title."""
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="岗上的人")
    post = directory.ensure_post(body=world.body, title=title, roles=[role])
    directory.appoint(officer, post, since=date(2020, 1, 1))
    directory.forget()
    found = directory.officer(officer, MONDAY.date())
    assert isinstance(found, Officer)
    return Viewer(account=AccountId(uuid4()), officer=found)


def decided(number: str, by: Viewer) -> None:
    commands.grant(number, seen=None, by=by, at=MONDAY, text="符合条件")


def offered(number: str, by: Viewer) -> set[str]:
    return {act.code for act in acts_for(view_of(number, by, at=MONDAY), by, MONDAY)}


def visited(world: World) -> str:
    """A case that was looked at on site and waits for its decision."""
    number = world.accepted()
    commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="visit", outcome="符合")
    return number


def test_a_step_is_done_in_its_post_and_handed_over_to_it() -> None:
    world = a_world(drawn=ON_SITE)
    number, deciding = visited(world), in_post(world, "决定岗")
    before = kinds_of(number)
    assert "grant" not in offered(number, world.handler)
    with pytest.raises(Refusal, match="由“决定岗”办") as refused:
        decided(number, world.handler)
    assert refused.value.code == "cases.flow.other-post"
    assert "岗上的人" in refused.value.do and kinds_of(number) == before
    commands.hand_over(number, seen=None, by=world.handler, at=MONDAY, to=id_of(deciding), text="请作决定")
    assert "grant" in offered(number, deciding)
    decided(number, deciding)
    assert "granted" in kinds_of(number)


def test_a_task_that_is_no_act_has_its_post_too() -> None:
    world = a_world(drawn=ON_SITE)
    number, _ = world.accepted(), in_post(world, "审查岗")
    assert "task-1" not in offered(number, world.handler)
    with pytest.raises(Refusal, match="由“审查岗”办"):
        commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="visit", outcome="符合")


def test_where_no_post_is_called_so_whoever_has_the_case_does_it() -> None:
    world = a_world(drawn=ON_SITE)
    number, _ = visited(world), in_post(world, "别的岗")
    decided(number, world.handler)
    assert "granted" in kinds_of(number)


def test_a_post_that_nobody_holds_any_more_binds_nobody() -> None:
    world = a_world(drawn=ON_SITE)
    number, left = visited(world), in_post(world, "决定岗")
    directory.record_absence(id_of(left), kind=directory.AbsenceKind.SUSPENDED, since=date(2026, 1, 1))
    directory.forget()
    decided(number, world.handler)
    assert "granted" in kinds_of(number)


def on_leave(world: World, officer: Viewer, stand_in: Viewer | None = None) -> None:
    """Away from the day of these tests for a week, with whoever stands in."""
    today, admin = MONDAY.date(), an_officer(world.body, Role.ADMIN)
    planned = directory.Planned(
        id_of(officer),
        directory.AbsenceKind.LEAVE,
        today,
        today + timedelta(days=7),
        id_of(stand_in) if stand_in else None,
    )
    directory.arrange_absence(planned, by=admin, today=today)
    directory.forget()


def test_a_post_whose_only_holder_is_on_leave_binds_nobody() -> None:
    world = a_world(drawn=ON_SITE)
    number = visited(world)
    on_leave(world, in_post(world, "决定岗"))
    assert "grant" in offered(number, world.handler)
    decided(number, world.handler)
    assert "granted" in kinds_of(number)


def test_whoever_stands_in_for_the_holder_is_who_does_it() -> None:
    world = a_world(drawn=ON_SITE)
    number = visited(world)
    on_leave(world, in_post(world, "决定岗"), stand_in=world.colleague)
    with pytest.raises(Refusal) as refused:
        decided(number, world.handler)
    assert refused.value.code == "cases.flow.other-post" and "测试人员" in refused.value.do
    assert "grant" not in offered(number, world.handler)
    to = id_of(world.colleague)
    commands.hand_over(number, seen=None, by=world.handler, at=MONDAY, to=to, text="请作决定")
    decided(number, world.colleague)
    assert "granted" in kinds_of(number)


def test_a_post_whose_holder_has_not_the_duty_for_the_step_binds_nobody() -> None:
    world = a_world(drawn=ON_SITE)
    in_post(world, "受理岗", Role.WINDOW)
    number = world.accepted()
    assert "accepted" in kinds_of(number)


def test_where_several_do_a_step_its_post_binds_nobody_once_all_who_hold_it_have() -> None:
    world = a_world(drawn=SIGNED_TWICE)
    signing, number = in_post(world, "会签岗"), world.accepted()
    sign = partial(commands.complete_task, number, seen=None, at=MONDAY)
    with pytest.raises(Refusal, match=r"^cases\.flow\.other-post"):
        sign(by=world.handler, task="sign#0")
    commands.hand_over(number, seen=None, by=world.handler, at=MONDAY, to=id_of(signing), text="请会签")
    sign(by=signing, task="sign#0")
    commands.hand_over(number, seen=None, by=signing, at=MONDAY, to=id_of(world.handler), text="请会签")
    sign(by=world.handler, task="sign#1")
    decided(number, world.handler)
    assert "granted" in kinds_of(number)


def test_asking_for_an_opinion_is_done_in_its_post_too() -> None:
    world, *_ = asking()
    number = world.accepted()
    view = view_of(number, world.handler, at=MONDAY)
    lane = next(one.node.actor for one in waiting_in(view.state, view.law) if one.key == "traffic")
    in_post(world, lane)
    with pytest.raises(Refusal) as refused:
        commands.ask_in_flow(number, seen=None, by=world.handler, at=MONDAY, task="traffic", text="影响吗？")
    assert refused.value.code == "cases.flow.other-post"
    assert "consultation-asked" not in kinds_of(number)


def test_acts_that_no_drawing_shows_ask_for_no_post() -> None:
    world = a_world(drawn=ON_SITE)
    number, _ = visited(world), in_post(world, "决定岗")
    commands.consult(
        number, seen=None, by=world.handler, at=MONDAY, whom=id_of(world.colleague), days=2, text="怎么看？"
    )
    assert "consultation-asked" in kinds_of(number)
