"""Steps of a flow with their state stored, each its own transaction, on one database, in turns, in one run.

A step of a case (its lock, its event, its leaf, its place in the flow), beside SpiffWorkflow, which reads its
state from a row, does the same step and writes it back, and beside the very statements that a step causes.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.installation import Installation
from bench.recorded import Sent, recorded
from tongban.cases import commands
from tongban.cases.queries import tasks_to_do, view_of
from tongban.cases.tests.world import World, a_world
from tongban.engine.flow.tests.drawn import bpmn
from tongban.kernel.clock import now

STAGES = 5
"""Of the examination; each of three tasks at once, then one that says whether all is well."""

FLOW = "\n".join(
    [
        "intake user actor=受理岗 limit=5 act=accept",
        "decide user actor=决定岗 limit=0 act=grant+refuse",
        "deliver user actor=窗口 limit=10 act=deliver",
        "start > intake; intake > split0; decide > deliver; deliver > end",
        *(
            f"""split{at} and
            join{at} and
            a{at} user actor=审查岗 limit=0
            b{at} user actor=审查岗 limit=0
            c{at} user actor=审查岗 limit=0
            sum{at} user actor=审查岗 limit=0 outcome=well+ill
            well{at} xor
            split{at} > a{at}; split{at} > b{at}; split{at} > c{at}
            a{at} > join{at}; b{at} > join{at}; c{at} > join{at}; join{at} > sum{at}; sum{at} > well{at}
            well{at} > {f"split{at + 1}" if at + 1 < STAGES else "decide"}: outcome == 'well'
            well{at} > decide *"""
            for at in range(STAGES)
        ),
    ]
)
Rates = tuple[float, float, float]
Steps = list[list[Sent]]
"""What each step of a case sends: its statements with their parameters."""

STEPS = 4 * STAGES
CASES, ROUNDS = 6, 5
AGAINST_SPIFF, AGAINST_SQL = 2.0, 0.3


def main(house: Installation, seconds: float) -> None:
    """One JSON line: steps a second of each, the medians of the rounds' ratios."""
    drawn = bpmn(FLOW)
    world = a_world(drawn=drawn)
    with psycopg.connect(house.url) as line:
        other, steps = Spiff(drawn, line), _recorded(world)
        rounds = [_round(world, other, line, steps) for _ in range(ROUNDS + 1)]
    # The first warms all three up.
    rates = rounds[1:]
    spiff = median(ours / theirs for ours, theirs, _ in rates)
    sql = median(ours / floor for ours, _, floor in rates)
    figures = {
        "bench": "flows.stored",
        "steps_per_second": round(median(one for one, _, _ in rates)),
        "spiff_per_second": round(median(one for _, one, _ in rates)),
        "floor_per_second": round(median(one for _, _, one in rates)),
        "against_spiff": round(spiff, 2),
        "wanted": AGAINST_SPIFF,
        "ratio": round(sql, 2),
        "at_least": AGAINST_SQL,
    }
    good = spiff >= AGAINST_SPIFF and sql >= AGAINST_SQL
    print(json.dumps(figures | {"ok": good}), flush=True)
    if not good:
        raise SystemExit(f"{spiff:.2f} times SpiffWorkflow, {sql:.2f} of the floor")


def _round(world: World, other: "Spiff", line: psycopg.Connection[Any], steps: Steps) -> Rates:
    """Steps a second of a case, of SpiffWorkflow, and of the statements alone, on fresh cases each."""
    cases = [world.accepted(at=now()) for _ in range(2 * CASES)]
    begun = [other.begin() for _ in range(CASES)]
    return (
        _rate([partial(_walk, world, number) for number in cases[:CASES]]),
        _rate([partial(other.walk, case) for case in begun]),
        _rate([partial(_replay, line, steps, number) for number in cases[CASES:]]),
    )


def _rate(walks: Sequence[Callable[[], object]]) -> float:
    """Steps a second over all of these."""
    begun = perf_counter()
    for walk in walks:
        walk()
    return len(walks) * STEPS / (perf_counter() - begun)


def _walk(world: World, number: str) -> None:
    """Every task of the examination of a case, one after the other."""
    for task, outcome in _ORDER:
        commands.complete_task(number, seen=None, by=world.handler, at=now(), task=task, outcome=outcome)


_TASKS = [f"{name}{at}" for at in range(STAGES) for name in ("a", "b", "c", "sum")]
_ORDER = [(task, "well" if task.startswith("sum") else "") for task in _TASKS]
"""Each task with the word it ends with."""


def _recorded(world: World) -> Steps:
    """What the steps of one case send, and that they lead to its decision."""
    number, steps = world.accepted(at=now()), []
    for task, outcome in _ORDER:
        with recorded() as wire:
            commands.complete_task(number, seen=None, by=world.handler, at=now(), task=task, outcome=outcome)
        steps.append(wire.statements)
    assert tasks_to_do(view_of(number, world.handler, at=now())) == []
    return steps


def _replay(line: psycopg.Connection[Any], steps: Steps, number: str) -> None:
    """The same rows of another case, by the same statements and nothing else."""
    with line.cursor() as cursor:
        [(case,)] = cursor.execute("select id from cases_case where number = %s", (number,)).fetchall()
    line.commit()
    raw = psycopg.RawCursor(line)
    for step in steps:
        for sent in step:
            given: list[Any] = list(sent.parameters)
            # The document of a step says of its case nothing but what it changes: it fits any other.
            at, whose = (1, case) if "update cases_case" in sent.sql else (0, number)
            given[at] = whose
            raw.execute(sent.sql, given, prepare=True)
            if raw.description:
                raw.fetchall()
        line.commit()


class Spiff:
    """SpiffWorkflow with its state in a row, read and written back at every step, as durably as ours."""

    def __init__(self, drawn: bytes, line: psycopg.Connection[Any]) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(drawn))
        self._spec, self._inner = parser.get_spec("p"), parser.get_subprocess_specs("p")
        self._serializer, self._line = BpmnWorkflowSerializer(), line
        # As any application would have it: a temporary table would be spared the log on disk.
        line.execute(
            "create table spiff (id bigint generated always as identity primary key, state text not null)"
        )
        line.commit()

    def walk(self, case: int) -> None:
        """The same tasks with the same words."""
        for name, outcome in _ORDER:
            [(state,)] = self._line.execute("select state from spiff where id = %s for update", (case,))
            flow = self._serializer.deserialize_json(state)
            self._do(flow, name, outcome)
            state = self._serializer.serialize_json(flow)
            self._line.execute("update spiff set state = %s where id = %s", (state, case))
            self._line.commit()

    def begin(self) -> int:
        """One that waits for its first examination."""
        flow = BpmnWorkflow(self._spec, self._inner)
        flow.do_engine_steps()
        self._do(flow, "intake", "")
        state = self._serializer.serialize_json(flow)
        [(case,)] = self._line.execute("insert into spiff (state) values (%s) returning id", (state,))
        self._line.commit()
        return int(case)

    def _do(self, flow: BpmnWorkflow, name: str, outcome: str) -> None:
        task = next(one for one in _ready(flow) if one.task_spec.name == name)
        task.data["outcome"] = outcome
        task.run()
        flow.do_engine_steps()


def _ready(flow: BpmnWorkflow) -> Iterator[Any]:
    yield from flow.get_tasks(state=TaskState.READY, manual=True)
