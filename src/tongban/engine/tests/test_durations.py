"""The spread of lengths holds what it says it holds, whatever the lengths are."""

from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.durations import LEAST, left_after, spread_of

lengths = st.lists(st.integers(0, 10**7), min_size=LEAST, max_size=200)


@given(lengths)
def test_eight_in_ten_lie_in_the_range_and_half_on_either_side_of_the_middle(taken):
    spread = spread_of(taken)
    assert spread is not None and spread.count == len(taken)
    assert sum(spread.low <= each <= spread.high for each in taken) >= 0.8 * len(taken)
    assert sum(each <= spread.middle for each in taken) >= len(taken) / 2
    assert sum(each >= spread.middle for each in taken) >= len(taken) / 2


@given(lengths)
def test_every_quantile_is_a_length_that_occurred(taken):
    spread = spread_of(taken)
    assert spread is not None
    assert {spread.low, spread.middle, spread.high} <= set(taken)
    assert spread.low <= spread.middle <= spread.high


@given(lengths, st.randoms(use_true_random=False))
def test_the_order_in_which_they_came_says_nothing(taken, chance):
    shuffled = list(taken)
    chance.shuffle(shuffled)
    assert spread_of(shuffled) == spread_of(taken)


@given(lengths, st.integers(0, 1000))
def test_a_day_more_for_all_is_a_day_more_for_the_spread(taken, more):
    one, other = spread_of(taken), spread_of(each + more for each in taken)
    assert one is not None and other is not None
    assert (other.low, other.middle, other.high) == (one.low + more, one.middle + more, one.high + more)


@given(st.lists(st.integers(0, 100), max_size=LEAST - 1))
def test_too_few_say_nothing(taken):
    assert spread_of(taken) is None


@given(lengths, st.integers(0, 10**7))
def test_what_is_left_is_told_by_those_alone_that_took_longer(taken, passed):
    left = left_after(taken, passed, least=1)
    longer = [each for each in taken if each > passed]
    assert (left is None) == (not longer)
    if left is not None:
        assert left.count == len(longer)
        assert 0 < left.low <= left.high <= max(longer) - passed


def test_what_is_left_of_a_hundred_days_told_one_by_one():
    hundred = range(1, 101)
    spread = spread_of(hundred)
    assert spread is not None and (spread.low, spread.middle, spread.high) == (10, 50, 90)
    left = left_after(hundred, 50)
    assert left is not None and (left.count, left.low, left.middle, left.high) == (50, 5, 25, 45)
