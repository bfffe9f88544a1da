"""Advancing: what opens, what closes, what is kept of it; and that nothing is done that is not open."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.expressions import ExpressionFailed
from tongban.engine.flow import (
    Advance,
    Marking,
    Net,
    NotOpen,
    NoWay,
    Open,
    UsedUp,
    as_bytes,
    awaiting,
    complete,
    fire,
    from_bytes,
    open_in,
    parse,
    start,
)
from tongban.engine.flow.tests.drawn import bpmn, written
from tongban.engine.flow.tests.generated import VALUES, Maker

SUB = """s sub; s0 start in=s; x user in=s; y user in=s; s1 end in=s; g and in=s
    s0 > g; g > x; g > y; start > s; """


def a_net(lines: str) -> Net:
    """The net drawn in lines."""
    return parse(bpmn(lines))


def names(waits: tuple[Open, ...]) -> list[str]:
    """What waits, in order."""
    return [wait.node for wait in waits]


def walked(net: Net, *done: str, **data: Any) -> Advance:
    """The net begun, and these done or happened one after the other."""
    now = start(net, data)
    for name in done:
        act = complete if net.node(name).is_task else fire
        now = act(net, now.marking, name, data)
    return now


def test_a_task_done_opens_the_next_and_closes_what_hung_at_it() -> None:
    net = a_net("a user; t timer on=a every=P2D; b user; f end; start > a; a > end; t > b; b > f")
    begun = start(net)
    assert begun.opened == (Open("a"), Open("t"))
    done = complete(net, begun.marking, "a")
    assert (done.opened, done.closed, done.ended) == ((), (Open("t"),), True)
    late = fire(net, begun.marking, "t")
    assert (late.opened, late.closed) == ((Open("b"),), (Open("a"),))


def test_a_message_beside_a_task_comes_once_and_leaves_the_task_open() -> None:
    net = a_net("a user; m message on=a beside; b user; f end; start > a; a > end; m > b; b > f")
    begun = start(net)
    told = fire(net, begun.marking, "m")
    assert (told.opened, told.closed) == ((Open("b"),), ())
    with pytest.raises(NotOpen):
        fire(net, told.marking, "m")
    assert names(open_in(net, told.marking)) == ["a", "b"]


def test_a_timer_beside_a_task_goes_off_as_often_as_drawn() -> None:
    net = a_net("a user; t timer on=a every=R3/P1D beside; b send; f end; start > a; a > end; t > b; b > f")
    now = start(net)
    for left in (2, 1, 0):
        now = fire(net, now.marking, "t")
        assert ("t" in names(now.opened)) == bool(left)
        now = complete(net, now.marking, "b")
    with pytest.raises(NotOpen):
        fire(net, now.marking, "t")


def test_a_sub_process_broken_off_closes_all_in_it() -> None:
    net = a_net(SUB + "x > s1; y > s1; t timer on=s every=P1D; b user; f end; s > end; t > b; b > f")
    late = walked(net, "x", "t")
    assert (late.opened, set(late.closed)) == ((Open("b"),), {Open("y")})


def test_an_error_breaks_off_its_sub_process_and_goes_where_it_is_caught() -> None:
    net = a_net(
        SUB
        + "bad throw code=e in=s; c error on=s code=e; b user; f end; x > bad; y > s1; s > end; c > b; b > f"
    )
    failed = walked(net, "x")
    assert (failed.opened, failed.closed) == ((Open("b"),), (Open("y"),))
    assert walked(net, "x", "b").ended


def test_an_error_of_one_of_several_breaks_off_all_of_them() -> None:
    net = a_net("""
        s sub many=3; s0 start in=s; x user in=s; g xor in=s; s1 end in=s; bad throw code=e in=s
        c error on=s; b user; f end
        s0 > x; x > g; g > bad: outcome == 'bad'; g > s1 *; start > s; s > end; c > b; b > f""")
    begun = start(net)
    one = complete(net, begun.marking, "x", {"outcome": "good"}, (1,))
    assert (one.opened, one.closed) == ((), ())
    failed = complete(net, one.marking, "x", {"outcome": "bad"}, (0,))
    assert (failed.opened, failed.closed) == ((Open("b"),), (Open("x", (2,)),))


def test_a_sub_process_that_fails_at_once_never_waits() -> None:
    net = a_net("""
        s sub many=2; s0 start in=s; bad throw code=e in=s; c error on=s; b user; f end
        s0 > bad; start > s; s > end; c > b; b > f""")
    assert start(net) == Advance(start(net).marking, (Open("b"),), ())


def test_the_terminate_end_of_one_of_several_ends_that_one() -> None:
    net = a_net("""
        s sub many=2; s0 start in=s; g and in=s; x user in=s; y user in=s; t terminate in=s; s1 end in=s
        s0 > g; g > x; g > y; x > t; y > s1; start > s; s > end""")
    one = complete(net, start(net).marking, "x", {}, (0,))
    assert one.closed == (Open("y", (0,)),)
    assert open_in(net, one.marking) == (Open("x", (1,)), Open("y", (1,)))
    assert complete(net, one.marking, "x", {}, (1,)).ended


def test_several_in_turn_come_one_by_one() -> None:
    net = a_net("a user many=n sequential; start > a; a > end")
    now = start(net, {"n": 2})
    assert now.opened == (Open("a", (0,)),)
    now = complete(net, now.marking, "a", {}, (0,))
    assert now.opened == (Open("a", (1,)),)
    assert complete(net, now.marking, "a", {}, (1,)).ended


def test_nobody_of_several_is_passed_over() -> None:
    net = a_net("a user many=n; b user; start > a; a > b; b > end")
    assert names(start(net, {"n": 0}).opened) == ["b"]


@pytest.mark.parametrize("how_many", [-1, 1.5, "two", None, True])
def test_what_is_no_number_of_people_has_no_way_on(how_many: object) -> None:
    with pytest.raises(NoWay):
        start(a_net("a user many=n; start > a; a > end"), {"n": how_many})


def test_more_than_the_bound_of_several_have_no_way_on() -> None:
    with pytest.raises(NoWay):
        start(a_net("a user many=n at-most=3; start > a; a > end"), {"n": 4})


def test_one_veto_is_enough() -> None:
    net = a_net("a user many=3 until=outcome=='no'; b user; start > a; a > b; b > end")
    vetoed = complete(net, start(net).marking, "a", {"outcome": "no"}, (1,))
    assert (vetoed.opened, vetoed.closed) == ((Open("b"),), (Open("a", (0,)), Open("a", (2,))))


def test_two_of_three_are_enough() -> None:
    net = a_net("a user many=3 until=done>=2; b user; start > a; a > b; b > end")
    one = complete(net, start(net).marking, "a", {}, (0,))
    assert names(open_in(net, one.marking)) == ["a", "a"]
    assert names(complete(net, one.marking, "a", {}, (2,)).opened) == ["b"]


def test_a_bounded_way_back_is_taken_no_oftener() -> None:
    net = a_net("""
        j xor; a user; g xor; start > j; j > a; a > g
        g > j x2: outcome == 'again'; g > end: outcome == 'done'""")
    again = {"outcome": "again"}
    now = start(net)
    for _ in range(2):
        now = complete(net, now.marking, "a", again)
    with pytest.raises(UsedUp):
        complete(net, now.marking, "a", again)
    assert complete(net, now.marking, "a", {"outcome": "done"}).ended


def test_an_inclusive_join_waits_for_the_branches_that_began_and_no_other() -> None:
    net = a_net("""
        g or; a user; b user; c user; j or; d user; start > g
        g > a: v > 0; g > b: v > 1; g > c *; a > j; b > j; c > j; j > d; d > end""")
    assert names(start(net, {"v": 0}).opened) == ["c"]
    both = start(net, {"v": 2})
    assert names(both.opened) == ["a", "b"]
    assert complete(net, both.marking, "b").opened == ()
    assert names(walked(net, "b", "a", v=2).opened) == ["d"]


def test_no_condition_that_holds_and_no_default_is_no_way() -> None:
    net = a_net("g xor; a user; b user; start > g; g > a: v > 1; g > b: v > 2; a > end; b > end")
    with pytest.raises(NoWay):
        start(net, {"v": 0})


def test_a_condition_over_what_it_cannot_compare_is_an_error_and_no_answer() -> None:
    net = a_net("g xor; a user; b user; start > g; g > a: v > 1; g > b *; a > end; b > end")
    with pytest.raises(ExpressionFailed):
        start(net, {"v": "many"})


@pytest.mark.parametrize(
    ("name", "instance"), [("b", ()), ("a", (0,)), ("g", ()), ("t", ()), ("s", ()), ("x", (0,)), ("x", (9,))]
)
def test_what_does_not_wait_is_refused_and_nothing_changes(name: str, instance: tuple[int, ...]) -> None:
    net = a_net("""
        a user; g xor; b user; t timer; s sub many=1; s0 start in=s; x user in=s; s1 end in=s; s0 > x; x > s1
        start > a; a > g; g > b; b > t; t > s; s > end""")
    marking = start(net).marking
    with pytest.raises(NotOpen):
        complete(net, marking, name, {}, instance)
    with pytest.raises(NotOpen):
        fire(net, marking, name, {}, instance)
    assert open_in(net, marking) == (Open("a"),)


def test_who_waits_for_a_message_is_found_by_its_name() -> None:
    net = a_net(
        "g and; a receive message=paid; b message; start > g; g > a; g > b; a > end; b > end2; end2 end"
    )
    assert awaiting(net, start(net).marking, "paid") == (Open("a"),)
    assert awaiting(net, start(net).marking, "unheard") == ()


@given(st.integers(0, 2**32))
def test_a_marking_survives_being_stored_and_stays_small(seed: int) -> None:
    random = Random(seed)
    net = parse(written(Maker(random).process(random.randint(1, 12))))
    data = {name: random.randint(0, 3) for name in VALUES}
    now = start(net, data)
    while not now.ended:
        stored = as_bytes(now.marking)
        assert len(stored) < 500
        assert from_bytes(stored) == now.marking
        wait = random.choice(open_in(net, now.marking))
        now = complete(net, from_bytes(stored), wait.node, data, wait.instance)
    assert now.marking == Marking(0)


@given(st.integers(0, 2**32))
def test_what_is_open_is_what_was_opened_less_what_was_closed_or_done(seed: int) -> None:
    random = Random(seed)
    net = parse(written(Maker(random).process(random.randint(1, 12))))
    data = {name: random.randint(0, 3) for name in VALUES}
    now = start(net, data)
    waiting = set(now.opened)
    while not now.ended:
        assert waiting == set(open_in(net, now.marking))
        wait = random.choice(sorted(waiting))
        now = complete(net, now.marking, wait.node, data, wait.instance)
        waiting = waiting - {wait} - set(now.closed) | set(now.opened)
    assert not waiting
