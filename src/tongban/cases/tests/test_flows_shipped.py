"""The flows that we ship, and the one in the handbook: each may run as it stands."""

import re
from pathlib import Path
from time import perf_counter

import pytest
from django.conf import settings

from tongban.cases.rules.flowing import ACT_OF
from tongban.cases.rules.life import LIFE_OF_FLOWS
from tongban.engine import decisions
from tongban.engine.decisions import read, trials_of
from tongban.engine.expressions import Sort, Type
from tongban.engine.flow import Setting, Timer, ahead_of, check, in_order, parse

FLOWS = Path(settings.PACKS) / "flows"
HANDBOOK = Path(settings.PACKS).parent / "docs" / "flows.md"

LONGEST = 20
"""Working days that the Licensing Law gives for a decision (行政许可法 Art. 42)."""


ASKED = {"commitment": {"procedure": Type(Sort.TEXT, choices=("commitment", "ordinary"))}}
"""What a flow asks of the form, which every item that follows it has to have."""

TOLD = {"site-when-needed": {"site-visit": {"outcome": Type(Sort.TEXT, choices=("看现场", "看图"))}}}
"""What the tables of a flow may say, each of which has to have its way."""


def drawn() -> dict[str, bytes]:
    """Every flow, by name, the handbook's example among them."""
    [example] = re.findall(r"```xml\n(.*?)```", HANDBOOK.read_text("utf-8"), re.S)
    return {file.stem: file.read_bytes() for file in FLOWS.glob("*.bpmn")} | {"handbook": example.encode()}


@pytest.mark.parametrize("name", sorted(drawn()))
def test_it_may_run_and_that_is_known_within_a_second(name: str) -> None:
    net = parse(drawn()[name])
    began = perf_counter()
    setting = Setting(
        LIFE_OF_FLOWS, ASKED.get(name, {}), TOLD.get(name, {}), promise=LONGEST, statute=LONGEST
    )
    assert check(net, setting) == []
    assert perf_counter() - began < 1


@pytest.mark.parametrize("name", sorted(drawn()))
def test_it_tells_people_what_happens_in_plain_steps(name: str) -> None:
    steps = in_order(parse(drawn()[name]))
    assert len(steps) >= 3
    assert all(step.name and step.actor and step.limit for step in steps)


def test_the_handbook_names_the_flows_that_are_shipped() -> None:
    told = HANDBOOK.read_text("utf-8").split("Shipped:")[1].split("\n## ")[0]
    assert set(re.findall(r"`([a-z-]+)`", told)) == {file.stem for file in FLOWS.glob("*.bpmn")}


def test_the_handbook_names_every_act_that_a_task_may_be_bound_to() -> None:
    told = HANDBOOK.read_text("utf-8").split("| `act` |")[1].split("\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", told)) == {str(act) for act in ACT_OF.values()}


def test_a_review_by_experts_stops_the_clock() -> None:
    net = parse((FLOWS / "expert-review.bpmn").read_bytes())
    limit = net.node("review").limit
    assert limit is not None
    assert limit.value > LONGEST
    counted = net.limited({"announce": Timer(LONGEST, "workday")})
    assert [one.code for one in check(counted, Setting(LIFE_OF_FLOWS, promise=LONGEST))] == ["OVER-PROMISE"]


def test_what_comes_after_the_decision_does_not_count_towards_the_promise() -> None:
    net = parse((FLOWS / "commitment.bpmn").read_bytes())
    setting = Setting(LIFE_OF_FLOWS, facts=ASKED["commitment"], promise=LONGEST)
    after = {one.id: Timer(10 * LONGEST, "workday") for one in ahead_of(net, "at-once")}
    assert {"hand-over", "check", "order", "revoke"} <= after.keys()
    assert check(net.limited(after), setting) == []
    before = net.limited({"at-once": Timer(LONGEST + 1, "workday")})
    assert [one.code for one in check(before, setting)] == ["OVER-PROMISE"]


def test_the_table_of_the_handbook_is_whole_and_its_tests_come_out() -> None:
    told, tests = re.findall(r"```csv\n(.*?)```", HANDBOOK.read_text("utf-8"), re.S)
    table, _, faults = read(told.encode())
    assert table is not None
    assert (faults, decisions.check(table)) == ([], [])
    trials, _, wrong = trials_of(tests.encode(), table)
    assert (len(trials), all(one.passes for one in trials), wrong) == (3, True, [])
