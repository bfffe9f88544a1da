"""The replay agrees with a slow and plain one, and names every taking ahead of an earlier waiting case."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.fairness import FEW, REASONS, Fairness, replay
from tongban.engine.tlog import Kind, Leaf, commitment_of

COMMITMENT = commitment_of(bytes(32), b"{}")


def tag(case: int) -> str:
    return f"{case:032x}"


def leaf(kind: str, case: int, *, queue: str = "q", reason: str | None = None) -> Leaf:
    return Leaf(kind, queue, "2026-11-21T02:05Z", tag(case), COMMITMENT, reason)


def replayed(*leaves: Leaf) -> Fairness:
    return replay(enumerate(one.encode() for one in leaves))


def line_of(*acts: tuple[str, int]) -> list[Leaf]:
    return [leaf(kind, case) for kind, case in acts]


def says(fairness: Fairness) -> list[tuple[int, str]]:
    return [(fault.index, fault.says) for fault in fairness.faults]


def test_taking_in_the_order_of_arrival_is_fair() -> None:
    fairness = replayed(*line_of(("arrived", 1), ("arrived", 2), ("taken", 1), ("arrived", 3), ("taken", 2)))
    story = fairness.queues["q"]
    assert (story.arrived, story.taken, story.waiting, story.overtakings) == (3, 2, 1, [])
    assert fairness.is_fair


def test_taking_ahead_of_an_earlier_waiting_case_is_an_overtaking() -> None:
    fairness = replayed(*line_of(("arrived", 1), ("arrived", 2), ("arrived", 3), ("taken", 3)))
    (overtaking,) = fairness.queues["q"].overtakings
    assert (overtaking.index, overtaking.case, overtaking.reason) == (3, tag(3), None)
    assert (overtaking.passed, overtaking.passed_count) == ((tag(1), tag(2)), 2)
    assert (fairness.without_reason, fairness.with_reason, fairness.is_fair) == (1, 0, False)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_an_overtaking_with_a_reason_is_listed_and_fair(reason: str) -> None:
    fairness = replayed(*line_of(("arrived", 1), ("arrived", 2)), leaf("taken", 2, reason=reason))
    assert fairness.queues["q"].overtakings[0].reason == reason
    assert (fairness.without_reason, fairness.with_reason, fairness.is_fair) == (0, 1, True)


def test_a_reason_nobody_published_is_no_reason() -> None:
    fairness = replayed(*line_of(("arrived", 1), ("arrived", 2)), leaf("taken", 2, reason="a-friend"))
    assert (fairness.without_reason, fairness.with_reason) == (1, 0)
    assert says(fairness) == [(2, "unknown reason a-friend")]


@pytest.mark.parametrize("away", ["taken", "set-aside", "left"])
def test_who_does_not_wait_is_not_passed(away: str) -> None:
    fairness = replayed(*line_of(("arrived", 1), ("arrived", 2), (away, 1), ("taken", 2)))
    assert fairness.is_fair


@pytest.mark.parametrize("away_and_back", [("taken", "released"), ("set-aside", "back"), ("left", "back")])
def test_who_comes_back_waits_at_the_place_of_arrival(away_and_back: tuple[str, str]) -> None:
    away, back = away_and_back
    fairness = replayed(*line_of(("arrived", 1), ("arrived", 2), (away, 1), (back, 1), ("taken", 2)))
    assert fairness.queues["q"].overtakings[0].passed == (tag(1),)
    assert not fairness.faults


def test_other_acts_change_nothing() -> None:
    fairness = replayed(*line_of(("arrived", 1), ("arrived", 2), ("other", 1), ("taken", 2)))
    assert fairness.without_reason == 1


def test_queues_do_not_know_each_other() -> None:
    fairness = replayed(
        leaf("arrived", 1, queue="a"), leaf("arrived", 2, queue="b"), leaf("taken", 2, queue="b")
    )
    assert fairness.is_fair
    assert list(fairness.queues) == ["a", "b"]


def test_a_case_that_joined_no_queue_may_leave_other_leaves() -> None:
    assert replayed(*line_of(("other", 1), ("left", 1))).is_fair


@pytest.mark.parametrize(
    ("acts", "index", "fault"),
    [
        ([("taken", 1)], 0, "is taken after no arrival"),
        ([("released", 1)], 0, "is released after no arrival"),
        ([("set-aside", 1)], 0, "is set-aside after no arrival"),
        ([("back", 1)], 0, "is back after no arrival"),
        ([("arrived", 1), ("taken", 1), ("taken", 1)], 2, "is taken after taken"),
        ([("arrived", 1), ("taken", 1), ("other", 1), ("taken", 1)], 3, "is taken after taken"),
        ([("arrived", 1), ("set-aside", 1), ("taken", 1)], 2, "is taken after set-aside"),
        ([("arrived", 1), ("left", 1), ("taken", 1)], 2, "is taken after left"),
        ([("arrived", 1), ("arrived", 1)], 1, "is arrived after arrived"),
        ([("arrived", 1), ("taken", 1), ("arrived", 1)], 2, "arrived in queue q before"),
        ([("arrived", 1), ("released", 1)], 1, "is released after arrived"),
        ([("arrived", 1), ("back", 1)], 1, "is back after arrived"),
    ],
)
def test_a_leaf_that_cannot_follow_is_a_fault(acts: list[tuple[str, int]], index: int, fault: str) -> None:
    fairness = replayed(*line_of(*acts))
    assert says(fairness) == [(index, f"case {tag(1)} {fault}")]
    assert not fairness.is_fair


def test_what_is_sent_on_arrives_last_in_the_other_queue() -> None:
    there = [leaf("arrived", 2, queue="r"), leaf("arrived", 3, queue="r")]
    sent_on = [leaf("arrived", 1), leaf("taken", 1), leaf("other", 1), leaf("arrived", 1, queue="r")]
    fair = replayed(*there, *sent_on, leaf("taken", 2, queue="r"))
    assert fair.is_fair
    assert {name: story.waiting for name, story in fair.queues.items()} == {"q": 0, "r": 2}
    unfair = replayed(*there, *sent_on, leaf("taken", 1, queue="r"))
    [passed] = unfair.queues["r"].overtakings
    assert passed.passed == (tag(2), tag(3)) and not unfair.is_fair


def test_unknown_kinds_foreign_queues_stray_reasons_and_no_leaves_are_faults() -> None:
    assert says(replayed(leaf("promoted", 1))) == [(0, "unknown kind promoted")]
    assert says(replayed(leaf("arrived", 1), leaf("taken", 1, queue="r"))) == [
        (1, f"case {tag(1)} arrived in queue q, not in r")
    ]
    assert says(replayed(leaf("arrived", 1, reason="emergency"))) == [
        (0, "a reason stands in a leaf of kind arrived")
    ]
    assert says(replay([(7, b"{}")])) == [(7, "the entry is not a leaf of version 1")]


def plain(leaves: Sequence[Leaf]) -> tuple[dict[str, int], list[tuple[int, list[str]]], list[int]]:
    """Who still waits by queue, who was passed at which leaf, and which leaves cannot follow: lists only."""
    place: dict[str, int] = {}
    queue: dict[str, str] = {}
    last: dict[str, str] = {}
    passed, faults, arrivals = [], [], []
    for index, one in enumerate(leaves):
        waiting = [case for case in place if last[case] in ("arrived", "released", "back")]
        before = last.get(one.case)
        fits = {
            "arrived": before is None or (before == "taken" and one.queue != queue[one.case]),
            "taken": one.case in waiting,
            "released": before == "taken",
            "set-aside": one.case in waiting or before == "taken",
            "back": before in ("set-aside", "left"),
            "left": True,
            "other": True,
        }
        if not fits[one.kind]:
            faults.append(index)
        if before is None or (before == "taken" and one.kind == "arrived" and fits[one.kind]):
            if one.kind != "arrived":
                continue
            place[one.case], queue[one.case] = index, one.queue
            arrivals.append(one.queue)
        elif one.queue != queue[one.case]:
            faults.append(index)
        if one.kind == "taken":
            ahead = [
                case for case in waiting if queue[case] == queue[one.case] and place[case] < place[one.case]
            ]
            if ahead:
                passed.append((index, sorted(ahead, key=place.__getitem__)))
        if one.kind != "other":
            last[one.case] = one.kind
    waits = dict.fromkeys(arrivals, 0)
    for case, kind in last.items():
        waits[queue[case]] += kind in ("arrived", "released", "back")
    return waits, passed, faults


leaves_of_a_few_cases = st.lists(
    st.builds(
        lambda kind, case, stray: leaf(kind, case, queue="ab"[(case + stray) % 2]),
        st.sampled_from(list(Kind)) | st.just(Kind.ARRIVED),
        st.integers(0, 15),
        st.sampled_from([0] * 19 + [1]),
    ),
    max_size=80,
)


@given(leaves_of_a_few_cases)
def test_any_story_is_told_as_the_plain_replay_tells_it(leaves: list[Leaf]) -> None:
    fairness = replayed(*leaves)
    waits, passed, faults = plain(leaves)
    told = sorted(
        (one.index, one.passed, one.passed_count)
        for story in fairness.queues.values()
        for one in story.overtakings
    )
    assert told == [(index, tuple(ahead[:FEW]), len(ahead)) for index, ahead in passed]
    assert [fault.index for fault in fairness.faults] == faults
    assert {name: story.waiting for name, story in fairness.queues.items()} == waits


def test_who_was_passed_is_counted_over_thousands_who_wait() -> None:
    cases = range(5000)
    fairness = replayed(
        *(leaf("arrived", case) for case in cases),
        *(leaf("taken", case) for case in range(0, 5000, 2)),
        leaf("taken", 4999),
    )
    overtakings = fairness.queues["q"].overtakings
    assert [one.passed_count for one in overtakings] == [*range(1, 2500), 2499]
    assert overtakings[-1].passed == tuple(map(tag, (1, 3, 5, 7, 9)))
    assert fairness.queues["q"].waiting == 2499
