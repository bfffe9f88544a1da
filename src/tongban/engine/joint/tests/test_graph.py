"""Members wait for each other in an order that can be kept, and the longest path is the joint clock."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.joint import Circle, finishes, in_order, longest

NEWBORN = {
    "birth": (),
    "vaccination": ("birth",),
    "household": ("birth",),
    "insurance": ("household",),
    "payment": ("insurance",),
    "card": ("household",),
    "expenses": (),
}
LENGTHS = {
    "birth": 1,
    "vaccination": 2,
    "household": 2,
    "insurance": 1,
    "payment": 1,
    "card": 3,
    "expenses": 4,
}


@st.composite
def graphs(draw: st.DrawFn) -> Mapping[str, tuple[str, ...]]:
    """Members that wait only for earlier ones, written down in any order."""
    names = [f"m{at}" for at in range(draw(st.integers(1, 8)))]
    waits = {
        name: tuple(draw(st.lists(st.sampled_from(names[:at]), unique=True))) if at else ()
        for at, name in enumerate(names)
    }
    return {name: waits[name] for name in draw(st.permutations(names))}


def test_the_longest_path_of_the_newborn_is_from_the_birth_to_the_card() -> None:
    assert longest(NEWBORN, LENGTHS) == 1 + 2 + 3
    assert finishes(NEWBORN, 0, lambda member, begins: begins + LENGTHS[member])["payment"] == 5


def test_who_waits_for_themselves_in_the_end_is_named() -> None:
    with pytest.raises(Circle) as caught:
        in_order({"a": ("c",), "b": ("a",), "c": ("b",), "d": ("a",)})
    assert caught.value.members == ("a", "c", "b", "a")


@given(graphs())
def test_every_member_comes_once_and_after_all_that_it_waits_for(
    waits: Mapping[str, tuple[str, ...]],
) -> None:
    order = in_order(waits)
    assert sorted(order) == sorted(waits)
    assert all(order.index(need) < order.index(member) for member in waits for need in waits[member])


@given(graphs(), st.data())
def test_nobody_is_done_before_those_waited_for_and_no_member_can_be_left_out_of_the_longest(
    waits: Mapping[str, tuple[str, ...]], data: st.DataObject
) -> None:
    lengths = {member: data.draw(st.integers(0, 30)) for member in waits}
    done = finishes(waits, 0, lambda member, begins: begins + lengths[member])
    for member, needs in waits.items():
        assert done[member] == max((done[need] for need in needs), default=0) + lengths[member]
    assert longest(waits, lengths) == max(done.values())
    assert max(lengths.values()) <= longest(waits, lengths) <= sum(lengths.values())


def test_nothing_takes_no_time() -> None:
    assert longest({}, {}) == 0
