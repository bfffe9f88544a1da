"""The checker's verdict on spoilt flows, against that of running them in every order with every answer."""

from collections import Counter
from random import Random

import pytest

from tongban.engine.flow import BadFlow, Net, check, parse
from tongban.engine.flow.tests.brute import is_sound
from tongban.engine.flow.tests.drawn import Drawn, written
from tongban.engine.flow.tests.generated import Maker, spoilt

BY_DRAWING = {"JOIN-UNMATCHED", "NO-DEFAULT", "LOOP-UNBOUNDED"}
"""What the drawing alone shows, and running it would only show after long, or not at all."""


def a_net(random: Random) -> Net | None:
    """A flow that was sound before somebody led lines elsewhere; None where it cannot even be read."""
    drawn = Maker(random, apart=True).process(random.randint(2, 7))
    for _, kind, said in drawn.nodes:
        if kind in ("user", "manual"):
            said |= {"actor": "窗口", "limit": "1"} | ({"at-most": "3"} if "sequential" in said else {})
        elif "sequential" in said:
            said |= {"at-most": "3"}
    try:
        return parse(written(spoilt(Drawn(drawn.nodes, drawn.flows), random)))
    except BadFlow:
        return None


@pytest.mark.parametrize("part", range(4))
def test_the_verdict_is_that_of_running_it_in_every_way(part: int) -> None:
    verdicts: Counter[bool] = Counter()
    for seed in range(part * 500, (part + 1) * 500):
        net = a_net(Random(seed))
        if net is None or len([flow for flow in net.flows if flow.condition]) > 5:
            continue
        problems = check(net)
        if {problem.code for problem in problems} & BY_DRAWING:
            continue
        sound = is_sound(net)
        assert (problems == []) == sound, (seed, problems)
        verdicts[sound] += 1
    assert min(verdicts.values()) > 20, verdicts
