"""Flows: steps a second of our engine and of SpiffWorkflow, each with its state written down at every step.

No database on either side. The floor is SpiffWorkflow, which serialises as it stores. And how long the
largest of the shipped flows takes to be checked.
"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tongban.cases.rules.life import LIFE_OF_FLOWS
from tongban.engine.flow import Net, Setting, as_bytes, check, complete, from_bytes, open_in, parse, start
from tongban.engine.flow.tests.drawn import written
from tongban.engine.flow.tests.generated import VALUES, Maker

FLOWS = Path(__file__).resolve().parents[1] / "packs" / "flows"
SEEDS = range(40)
TASKS = 12
ROUNDS = 5
AT_LEAST = 20
AT_MOST_SECONDS = 1.0


def main() -> None:
    """One JSON line for the steps, one for the check."""
    _steps()
    _checked()


def _steps() -> None:
    """The same generated flows with the same data, one after the other, in turn by either engine."""
    drawn = [written(Maker(Random(seed)).process(TASKS)) for seed in SEEDS]
    data = dict.fromkeys(VALUES, 2)
    nets, others = [parse(one) for one in drawn], [_spiff_of(one) for one in drawn]
    rates, floors = [], []
    for _ in range(ROUNDS):
        rates.append(_rate([partial(_ours, net, data) for net in nets]))
        floors.append(_rate([partial(_theirs, *one, data) for one in others]))
    ratios = [rate / floor for rate, floor in zip(rates, floors, strict=True)]
    figures = {
        "steps_per_second": round(median(rates)),
        "spiff_per_second": round(median(floors)),
        "ratio": round(median(ratios), 1),
        "wanted": AT_LEAST,
    }
    print(json.dumps({"bench": "flows.steps", **figures, "ok": median(ratios) >= AT_LEAST}), flush=True)


def _rate(runs: list[Callable[[], int]]) -> float:
    """Steps a second over all of these."""
    begun = perf_counter()
    steps = sum(run() for run in runs)
    return steps / (perf_counter() - begun)


def _ours(net: Net, data: dict[str, Any]) -> int:
    """From start to end, the marking stored and read back at every step; how many steps."""
    now, steps = start(net, data), 0
    while not now.ended:
        marking = from_bytes(as_bytes(now.marking))
        wait = open_in(net, marking)[0]
        now, steps = complete(net, marking, wait.node, data, wait.instance), steps + 1
    return steps


def _spiff_of(drawn: bytes) -> tuple[Any, Any]:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(drawn))
    return parser.get_spec("p"), parser.get_subprocess_specs("p")


def _theirs(spec: Any, inner: Any, data: dict[str, Any]) -> int:
    """The same by SpiffWorkflow: its state serialised at every step, and kept in memory meanwhile."""
    serializer = BpmnWorkflowSerializer()
    flow, steps = BpmnWorkflow(spec, inner), 0
    flow.task_tree.data.update(data)
    flow.do_engine_steps()
    while not flow.is_completed():
        serializer.serialize_json(flow)
        flow.get_next_task(state=TaskState.READY, manual=True).run()
        flow.do_engine_steps()
        steps += 1
    return steps


def _checked() -> None:
    """The largest flow that is shipped, through the life of a case."""
    net = max((parse(file.read_bytes()) for file in FLOWS.glob("*.bpmn")), key=lambda net: len(net.nodes))
    # Its form is not at hand: that its conditions fit one is checked where an item follows it.
    setting = Setting(LIFE_OF_FLOWS, promise=20, statute=20)
    took = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        problems = check(net, setting)
        took.append(perf_counter() - begun)
    figures = {"flow": net.id, "nodes": len(net.nodes), "problems": len(problems)}
    seconds = median(took)
    line = {"bench": "flows.check", **figures, "seconds": round(seconds, 4), "at_most": AT_MOST_SECONDS}
    print(json.dumps(line | {"ok": seconds <= AT_MOST_SECONDS and not problems}), flush=True)
