"""Steps of a flow that ask a register: by themselves, outside every transaction, again where it is away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tongban.cases import commands
from tongban.cases.commands.looking_up import look_up
from tongban.cases.events import Event, FlowRegisterAway, RegisterAnswered
from tongban.cases.models.stored import story
from tongban.cases.queries import looks_at, view_of
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.flowing import waits
from tongban.cases.tests.test_instant import NUMBER, Neighbour, a_person, apply
from tongban.cases.tests.world import MONDAY, World, a_world, seal_all
from tongban.engine.flow.tests.drawn import bpmn
from tongban.exchange import api as exchange
from tongban.kernel.sql import run

DRAWN = """
    intake user actor=受理岗 limit=2 act=accept
    look service actor=经办人 limit=3 name=查户口在不在本区; there xor
    ask user actor=经办人 limit=3; met xor
    decide user actor=决定岗 limit=2 act=grant+refuse; deliver user actor=窗口 limit=10 act=deliver
    start > intake; intake > look; look > there; there > met: outcome == '查到'
    there > ask: outcome == '没查到'; ask > met; met > decide; decide > deliver; deliver > end"""
ITEM = "old-age-allowance"
LOOKS = {"look": {"register": "population", "asks": "household", "purpose": "核对户口所在地"}}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def register(transactional_db: None) -> Iterator[Neighbour]:
    """The register of households, as it is today."""
    one = Neighbour({"address": "成都市锦江区总府路1号"})
    exchange.supply({"population": one})
    yield one
    exchange.supply({})


def a_looking_world() -> World:
    """A world whose cases ask where the applicant's household is."""
    return a_world(ITEM, drawn=bpmn(DRAWN), looks=LOOKS)


def accepted(world: World, number: str = NUMBER) -> str:
    """A case of somebody with this number, accepted; the step that asks waits."""
    case: str = apply(world, a_person(), like=ITEM, name="王秀丽", resident_id=number)
    seal_all()
    assert world.take_next() == case
    commands.accept(case, seen=None, by=world.handler, at=MONDAY)
    return case


def told(case: str, by: World) -> CaseState:
    """The case as it stands, which is the fold of its story."""
    state = view_of(case, by.handler, at=MONDAY).state
    assert fold(CaseState(state.head), story(state.head.id)).facts == state.facts
    return state


def of_kind(case: str, by: World, kind: type[Event]) -> list[Any]:
    """The events of this kind in a case."""
    return [one for one in story(told(case, by).head.id) if isinstance(one, kind)]


def by_hand(world: World, case: str, outcome: str) -> None:
    """The handler finds out otherwise."""
    commands.complete_task(
        case, seen=None, by=world.handler, at=MONDAY, task="look", outcome=outcome, text="电话问过"
    )


def swept(world: World, at: datetime = MONDAY) -> None:
    """What is due by now is done, as the worker does it every second."""
    commands.fire_due(at, body=world.body)


def test_the_platform_asks_itself_and_whoever_reads_the_case_reads_the_answer(register: Neighbour) -> None:
    world = a_looking_world()
    case = accepted(world)
    assert waits(case, world) == ["look"]
    swept(world)
    assert waits(case, world) == ["decide"]
    [event] = of_kind(case, world, RegisterAnswered)
    assert (event.outcome, event.by) == ("查到", None)
    for reader in (world.handler, a_person()):
        [read] = [one for one in view_of(case, reader, at=MONDAY).story if one.event == event]
        assert read.text == (
            "向“人口基本信息（样例）”查询“户口登记在哪里”，答复是：常住户口所在地住址：成都市锦江区总府路1号。"
        )
    swept(world)
    assert register.asked == 1
    [look] = [one for one in looks_at(view_of(case, a_person(), at=MONDAY)) if "户口" in one.purpose]
    assert look.purpose == "核对户口所在地"
    told(case, world)


def test_what_the_register_does_not_know_is_a_way_of_its_own(register: Neighbour) -> None:
    world = a_looking_world()
    register.answer = exchange.NothingKnown
    case = accepted(world)
    swept(world)
    assert waits(case, world) == ["ask"]


def test_a_register_that_is_away_is_asked_again_and_nothing_waits_for_it(
    register: Neighbour,
) -> None:
    world = a_looking_world()
    register.answer = exchange.RegisterAway
    case = accepted(world)
    swept(world)
    swept(world, MONDAY + MINUTE / 2)
    assert register.asked == 1
    swept(world, MONDAY + MINUTE)
    assert register.asked == 2
    away = of_kind(case, world, FlowRegisterAway)
    assert [(one.tries, one.asks_at) for one in away] == [(1, MONDAY + MINUTE), (2, MONDAY + 6 * MINUTE)]
    by_hand(world, case, "查到")
    assert waits(case, world) == ["decide"]
    swept(world, MONDAY + timedelta(days=1))
    assert register.asked == 2
    assert told(case, world).facts.flow is not None


def test_what_an_officer_did_while_it_was_asked_stands(register: Neighbour) -> None:
    world = a_looking_world()
    case = accepted(world)
    register.meanwhile = lambda: by_hand(world, case, "没查到")
    look_up(case, at=MONDAY)
    assert waits(case, world) == ["ask"]
    assert not of_kind(case, world, RegisterAnswered)


def test_that_a_register_was_away_is_no_word_against_what_an_officer_found_meanwhile(
    register: Neighbour,
) -> None:
    world = a_looking_world()
    register.answer = exchange.RegisterAway
    case = accepted(world)
    register.meanwhile = lambda: by_hand(world, case, "没查到")
    look_up(case, at=MONDAY)
    assert of_kind(case, world, FlowRegisterAway) == []


def test_nobody_is_asked_about_but_whoever_applies(register: Neighbour) -> None:
    """The number in the form is another's: what it says of them is found out by hand, as before."""
    world = a_looking_world()
    case = accepted(world, "510105194503094316")
    swept(world)
    assert (register.asked, waits(case, world)) == (0, ["look"])
    swept(world, MONDAY + timedelta(days=1))
    assert [one.asks_at for one in of_kind(case, world, FlowRegisterAway)] == [None]
    assert (
        run(
            "select 1 from cases_timer t join cases_case c on c.id = t.case_id"
            " where c.number = $1::text and t.kind = 'look'",
            (case,),
        )
        == []
    )
