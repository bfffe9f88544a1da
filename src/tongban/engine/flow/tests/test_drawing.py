"""Drawings: nothing stands on anything else; the place of a case is seen; names are text."""

from itertools import combinations
from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.flow import in_order, is_sure, parse, svg
from tongban.engine.flow.layout import Box, laid_out
from tongban.engine.flow.net import ROOT
from tongban.engine.flow.tests.drawn import bpmn, written
from tongban.engine.flow.tests.generated import Maker


def apart(one: Box, other: Box) -> bool:
    """Whether two shapes do not touch."""
    across = one.x + one.width <= other.x or other.x + other.width <= one.x
    return across or one.bottom <= other.y or other.bottom <= one.y


@given(st.integers(0, 2**32))
def test_shapes_stand_apart_and_in_the_picture_and_in_what_they_belong_to(seed: int) -> None:
    random = Random(seed)
    net = parse(written(Maker(random).process(random.randint(1, 12))))
    layout = laid_out(net)
    for (at, one), (other_at, other) in combinations(enumerate(layout.boxes), 2):
        if net.nodes[at].scope == net.nodes[other_at].scope:
            assert apart(one, other)
    for node, box in zip(net.nodes, layout.boxes, strict=True):
        around = Box(0, 0, layout.width, layout.height) if node.scope == ROOT else layout.boxes[node.scope]
        assert around.x <= box.x
        assert around.y <= box.y
        assert box.x + box.width <= around.x + around.width
        assert box.bottom <= around.bottom
    for way in layout.ways:
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in way)


def test_a_name_is_text_and_never_a_part_of_the_page() -> None:
    net = parse(bpmn("a user name=<script>alert(1)</script>; start > a; a > end"))
    drawn = svg(net, 'the "flow"')
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn).get("aria-label") == 'the "flow"'


def test_what_waits_and_what_was_done_are_marked() -> None:
    net = parse(bpmn("a user; b user; start > a; a > b; b > end"))
    marked = {
        group.get("class"): "".join(group.itertext())
        for group in ElementTree.fromstring(svg(net, "", here=["b"], done=["a"])).iter(
            "{http://www.w3.org/2000/svg}g"
        )
        if "is-" in (group.get("class") or "")
    }
    assert marked == {"is-done": "a", "is-here": "b"}


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        ("a user; b user; start > a; a > b; b > end", "ab"),
        ("g xor; b user; a user; j xor; start > g; g > b *; g > a: v > 1; a > j; j > b; b > end", "ab"),
        ("k xor; a user; g xor; b user; start > k; k > a; a > g; g > k x2: v > 1; g > b *; b > end", "ab"),
        (
            "a user; t timer on=a; b user; f end; c user; start > a; a > c; t > b; b > f; c > end",
            "acb",
        ),
        (
            "s sub; x end in=s; a user in=s; b user; y start in=s; start > s; y > a; a > x; s > b; b > end",
            "ab",
        ),
    ],
)
def test_a_step_stands_after_all_that_may_come_before_it(lines: str, order: str) -> None:
    assert "".join(node.id for node in in_order(parse(bpmn(lines)))) == order


@pytest.mark.parametrize(
    ("lines", "sure"),
    [
        ("a user; b user; start > a; a > b; b > end", ["a", "b"]),
        ("g xor; a user; b user; j xor; start > g; g > a: v > 1; g > j *; a > j; j > b; b > end", ["b"]),
        ("a user; t timer on=a; b user; f end; start > a; a > end; t > b; b > f", ["a"]),
    ],
)
def test_steps_that_come_in_every_case_are_told_from_those_that_may(lines: str, sure: list[str]) -> None:
    net = parse(bpmn(lines))
    assert [node.id for node in in_order(net) if is_sure(net, node.id)] == sure
