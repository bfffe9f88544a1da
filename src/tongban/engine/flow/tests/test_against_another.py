"""Two engines that were written apart, on the same flows: at every step the same must be possible."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from tongban.engine.flow import Advance, Net, complete, fire, open_in, parse, start
from tongban.engine.flow.tests.drawn import bpmn, written
from tongban.engine.flow.tests.generated import VALUES, Maker
from tongban.engine.flow.tests.spiff import Spiff

PARTS, EACH = 8, 250

SUB = "s sub; s0 start in=s; x user in=s; s1 end in=s; start > s; "

DRAWN = {
    "timer between": "a user; t timer every=P1D; b user; start > a; a > t; t > b; b > end",
    "message between": "m message; b user; start > m; m > b; b > end",
    "receive task": "r receive message=paid; b user; start > r; r > b; b > end",
    "timer breaks off a task": """
        a user; t timer on=a every=P3D; b user; j xor
        start > a; a > j; t > b; b > j; j > end""",
    "message beside a task": """
        a user; m message on=a beside; b user; f end
        start > a; a > end; m > b; b > f""",
    "timer and message at one task": """
        a user; t timer on=a every=P3D beside; m message on=a; b user; c user; f end; g end
        start > a; a > end; t > b; b > f; m > c; c > g""",
    "sub-process": SUB + "y user in=s; s0 > x; x > y; y > s1; s > end",
    "sub-process broken off": SUB
    + """
        g and in=s; y user in=s; j and in=s; m message on=s; b user; f end
        s0 > g; g > x; g > y; x > j; y > j; j > s1; s > end; m > b; b > f""",
    "sub-process with two ends": SUB
    + """
        g and in=s; y user in=s; s2 end in=s; b user
        s0 > g; g > x; g > y; x > s1; y > s2; s > b; b > end""",
    "error caught": SUB
    + """
        g xor in=s; bad throw code=e1 in=s; c error on=s code=e1; b user; f end
        s0 > x; x > g; g > bad: v0 > 1; g > s1 *; s > end; c > b; b > f""",
    "error past a sub-process": """
        s sub; s0 start in=s; r sub in=s; s1 end in=s; r0 start in=r; x user in=r; bad throw code=e1 in=r
        c error on=s; b user; f end; start > s
        s0 > r; r > s1; r0 > x; x > bad; s > end; c > b; b > f""",
    "terminate all": "g and; a user; b user; t terminate; start > g; g > a; g > b; a > t; b > end",
    "terminate inside": SUB
    + """
        g and in=s; y user in=s; t terminate in=s; b user
        s0 > g; g > x; g > y; x > t; y > s1; s > b; b > end""",
    "several at once": "a user many=3; b user; start > a; a > b; b > end",
    "several in turn": "a user many=3 sequential; b user; start > a; a > b; b > end",
    "several sub-processes": """
        s sub many=2; s0 start in=s; x user in=s; y user in=s; s1 end in=s
        s0 > x; x > y; y > s1; start > s; s > end""",
    "several broken off": """
        a user many=2; t timer on=a every=P1D; b user; f end
        start > a; a > end; t > b; b > f""",
    "a way back": "j xor; a user; g xor; start > j; j > a; a > g; g > j: v0 > 5; g > end *",
    "some of the branches": """
        g or; a user; b user; j or; start > g
        g > a: v0 > 0; g > b: v1 > 0; g > j *; a > j; b > j; j > end""",
}


def walked(bpmn_file: bytes, random: Random) -> list[str]:
    """Both run side by side with the same choices until the end; what was done. They agree at every step."""
    net, data = parse(bpmn_file), {name: random.randint(0, 3) for name in VALUES}
    ours, theirs = start(net, data), Spiff(bpmn_file, data)
    done: list[str] = []
    while True:
        possible = Counter(wait.node.rpartition("/")[2] for wait in open_in(net, ours.marking))
        assert (possible, ours.ended) == (theirs.enabled(), theirs.ended), (done, data)
        if ours.ended:
            return done
        name = random.choice(sorted(possible))
        ours = happened(net, ours, name, data)
        theirs.complete(name)
        done.append(name)


def happened(net: Net, now: Advance, name: str, data: dict[str, Any]) -> Advance:
    """The first of this name is done, or happens."""
    wait = next(one for one in open_in(net, now.marking) if one.node.rpartition("/")[2] == name)
    act = complete if net.node(wait.node).is_task else fire
    return act(net, now.marking, wait.node, data, wait.instance)


@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_generated_flows_go_the_same_way(part: int) -> None:
    steps = 0
    for seed in range(part * EACH, (part + 1) * EACH):
        random = Random(seed)
        steps += len(walked(written(Maker(random).process(random.randint(1, 12))), random))
    assert steps > EACH


@pytest.mark.parametrize("name", DRAWN)
def test_every_kind_of_event_goes_the_same_way(name: str) -> None:
    ways = {tuple(walked(bpmn(DRAWN[name]), Random(seed))) for seed in range(12)}
    assert ways


def test_a_called_process_goes_the_same_way() -> None:
    called = [("visit", "v0 start; v user; w user; v1 end; v0 > v; v > w; w > v1")]
    drawn = "a user; c call calls=visit; start > a; a > c; c > end"
    assert walked(bpmn(drawn, called), Random(1)) == ["a", "v", "w"]
