"""A running case is moved to another drawing of its item: by an act of its own, and where it can be."""

import pytest

from tongban.cases import commands
from tongban.cases.queries import acts_for, view_of
from tongban.cases.tests.flowing import (
    ON_SITE,
    done,
    republished,
    state_of,
    waiting_names,
    waits,
    with_a_flow,
)
from tongban.cases.tests.world import MONDAY, kinds_of
from tongban.engine.flow.tests.drawn import bpmn
from tongban.kernel.access import Viewer
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_a_new_version_leaves_running_cases_alone_until_one_is_moved() -> None:
    world = with_a_flow()
    number = world.accepted()
    longer = ON_SITE.replace("两人以上现场核查".encode(), "三人以上现场核查".encode())
    version = republished(world, longer)
    assert waiting_names(number, world) == ["两人以上现场核查"]
    commands.change_flow(number, seen=None, by=world.leader, at=MONDAY, version=version, text="按新流程办")
    assert waiting_names(number, world) == ["三人以上现场核查"]
    done(world, number, "visit", "符合")
    assert waits(number, world) == ["decide"]
    assert state_of(number, world).head.item_version == version - 1


def test_a_leader_is_offered_the_newest_drawing_where_the_case_has_its_place_in_it() -> None:
    world = with_a_flow()
    number = world.accepted()

    def offers(by: Viewer) -> set[str]:
        return {act.code for act in acts_for(view_of(number, by, at=MONDAY), by, MONDAY)}

    assert "change-flow" not in offers(world.leader)
    republished(world, ON_SITE.replace("两人以上现场核查".encode(), "三人以上现场核查".encode()))
    assert "change-flow" in offers(world.leader) and "change-flow" not in offers(world.handler)
    republished(world, ON_SITE.replace(b'"visit"', b'"inspect"').replace(b">visit<", b">inspect<"))
    assert "change-flow" not in offers(world.leader)


def test_a_case_is_not_moved_where_its_place_is_gone() -> None:
    world = with_a_flow()
    number = world.accepted()
    version = republished(world, ON_SITE.replace(b'"visit"', b'"inspect"').replace(b">visit<", b">inspect<"))
    before = kinds_of(number)
    with pytest.raises(Refusal, match=r"cases\.flow\.does-not-map") as refused:
        commands.change_flow(number, seen=None, by=world.leader, at=MONDAY, version=version, text="换")
    assert refused.value.faults == [{"element": "visit"}]
    assert kinds_of(number) == before
    with pytest.raises(Refusal):
        commands.change_flow(number, seen=None, by=world.handler, at=MONDAY, version=version, text="换")


TURNS = """
    intake user actor=受理岗 limit=2 act=accept; a user actor=审查岗 limit=1; b user actor=审查岗 limit=1
    decide user actor=决定岗 limit=2 act=grant+refuse; deliver user actor=窗口 limit=10 act=deliver
    start > intake; decide > deliver; deliver > end; """


ONE_AFTER_THE_OTHER = TURNS + "intake > a; a > b; b > decide"


AT_ONCE = TURNS + "g and; j and; intake > g; g > a; g > b; a > j; b > j; j > decide"


@pytest.mark.parametrize(("was", "becomes"), [(ONE_AFTER_THE_OTHER, AT_ONCE), (AT_ONCE, ONE_AFTER_THE_OTHER)])
def test_a_case_is_not_moved_to_where_it_could_never_stand(was: str, becomes: str) -> None:
    """Each task has its like; but what waits for both would wait for ever, or come twice over."""
    world = with_a_flow(bpmn(was))
    number = world.accepted()
    if was == ONE_AFTER_THE_OTHER:
        done(world, number, "a")
    version = republished(world, bpmn(becomes))
    with pytest.raises(Refusal) as refused:
        commands.change_flow(number, seen=None, by=world.leader, at=MONDAY, version=version, text="换")
    assert refused.value.code == "cases.flow.strands"
    acts = acts_for(view_of(number, world.leader, at=MONDAY), world.leader, MONDAY)
    assert "change-flow" not in {act.code for act in acts}
