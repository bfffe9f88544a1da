"""Tasks of a flow that nobody does: a table says how a case goes on, the applicant is told; and messages."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.events import ApplicantTold, FlowTableApplied
from tongban.cases.models.stored import aad_of, key_of, story
from tongban.cases.queries import acts_for, view_of
from tongban.cases.tests.flowing import republished, waits
from tongban.cases.tests.tables import DRAWN, FILES, TELLS, a_world_with_a_table
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    MONDAY,
    World,
    a_resident,
    a_world,
    kinds_of,
    pack_of,
)
from tongban.catalogue import api as catalogue
from tongban.engine.flow.tests.drawn import bpmn
from tongban.kernel.access import Viewer
from tongban.kernel.keys import open_
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

pytestmark = pytest.mark.usefixtures("transactional_db")

SMALL, LARGE = FOOD_ANSWERS | {"form": "retail"}, FOOD_ANSWERS | {"form": "retail", "area": "500.5"}


def accepted(world: World, answers: Mapping[str, Any], by: Viewer | None = None) -> str:
    """A case with these answers, accepted."""
    world.submit(by, **answers)
    number = world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    return number


def kept(number: str, by: World) -> dict[str, Any]:
    """What the case keeps sealed of what its table went by."""
    [(name, sealed, wrapped, case)] = run(
        "select t.name, t.sealed, k.wrapped, c.id from cases_content t"
        " join cases_case c on c.id = t.case_id join cases_key k on k.case_id = c.id"
        " where c.number = $1::text and t.name like 'applied:%'",
        (number,),
    )
    key = key_of(case, wrapped)
    assert key is not None
    state = view_of(number, by.handler, at=MONDAY).state
    record: dict[str, Any] = orjson.loads(open_(key, bytes(sealed), aad_of(state, name)))
    return record


def test_a_table_says_how_the_case_goes_on_and_why_in_the_same_transaction() -> None:
    world, resident = a_world_with_a_table(), a_resident()
    number = accepted(world, SMALL, resident)
    assert waits(number, world) == ["decide"]
    [event] = [one for one in _told(number, world) if isinstance(one, FlowTableApplied)]
    assert (event.title, event.outcome, event.row, event.by) == ("要不要上门看", "只看材料", 3, None)
    table = catalogue.item(world.item).flow_tables[0]
    assert event.rule == table.name
    assert kept(number, world) == {"table": table.name, "row": 3, "facts": {"form": "retail", "area": 86}}
    read = [told for told in view_of(number, resident, at=MONDAY).story if told.event == event]
    assert [one.text for one in read] == [
        f"按公布的规则（版本 {table.short}）第 3 行：只卖包装好的小店，看材料就行。依据：样例条件。"
    ]


def _told(number: str, world: World) -> list[Any]:
    return story(view_of(number, world.handler, at=MONDAY).state.head.id)


def test_the_applicant_is_told_on_the_way_and_the_case_waits_for_whoever_goes() -> None:
    world = a_world_with_a_table()
    number = accepted(world, LARGE)
    assert waits(number, world) == ["visit", "late"]
    assert [one.says for one in _told(number, world) if isinstance(one, ApplicantTold)] == [TELLS]
    commands.complete_task(
        number, seen=None, by=world.handler, at=MONDAY, task="visit", outcome="符合", text="看过了"
    )
    assert waits(number, world) == ["decide"]


def test_a_message_breaks_off_what_it_hangs_at_once_somebody_says_that_it_came() -> None:
    world = a_world_with_a_table()
    number = accepted(world, LARGE)
    commands.complete_task(number, seen=None, by=world.handler, at=MONDAY, task="late", text="来电话了")
    assert waits(number, world) == ["again"]
    assert "flow-moved" in kinds_of(number)


def test_a_table_asks_what_was_handed_in_last() -> None:
    """Corrected answers are what the flow goes by in the very step in which they come."""
    drawn = """
        intake user actor=受理岗 limit=2 act=accept+return-for-correction
        back user actor=申请人 limit=30 act=resubmit
        needed rule actor=平台 table=site-visit; way xor; visit user actor=核查岗 limit=3; met xor; taken xor
        take user actor=受理岗 limit=2 act=accept+remind; on xor; again xor
        decide user actor=决定岗 limit=2 act=grant+refuse; deliver user actor=窗口 limit=10 act=deliver
        start > intake; intake > taken; taken > on: act == 'accept'; taken > back *
        back > needed; needed > way; way > visit: outcome == '上门看'; way > met: outcome == '只看材料'
        visit > met; met > take; take > again; again > on: act == 'accept'
        again > back x3 *; on > decide; decide > deliver; deliver > end"""
    world, resident = a_world(drawn=bpmn(drawn), files=FILES), a_resident()
    world.submit(resident, **LARGE)
    number = world.take_next()
    fault = CorrectionFault(place="面积", basis="样例条件", do="请按实际填写。")
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    commands.resubmit(number, seen=None, by=resident, at=MONDAY, answers=SMALL)
    assert kept(number, world)["facts"]["area"] == 86
    assert waits(number, world) == ["take"]


def test_a_case_is_not_moved_to_a_drawing_that_asks_what_it_never_said() -> None:
    """What it never said, or said in other words: the table of the new version could not decide it."""
    drawn, files = bpmn(DRAWN), dict(FILES)
    world = a_world(drawn=drawn, files=files)
    number = accepted(world, LARGE)
    _, texts = pack_of("food-operation-licence")
    for name, text in {**texts, **files}.items():
        files[name] = text.replace("name: area,", "name: space,").replace("\narea:", "\nspace:")
    for name, was in (("site-visit.csv", "if area"), ("site-visit-tests.csv", ",area,")):
        files[name] = files[name].replace(was, was.replace("area", "space"))
    version = republished(world, drawn, **files)
    with pytest.raises(Refusal) as refused:
        commands.change_flow(number, seen=None, by=world.leader, at=MONDAY, version=version, text="换")
    assert (refused.value.code, refused.value.faults) == ("cases.flow.unanswered", [{"field": "space"}])
    offered = acts_for(view_of(number, world.leader, at=MONDAY), world.leader, MONDAY)
    assert "change-flow" not in {act.code for act in offered}
