"""What a list is narrowed to stands in its address, and in words that can be taken away."""

from dataclasses import fields
from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import api as cases
from tongban.desk.pages.counts import COUNTED, Counts
from tongban.desk.pages.narrowed import address_of, filters_of, narrowing_in, sorting_in
from tongban.kernel.refusal import Refusal

DAYS = st.sampled_from([None, date(2000, 1, 1), date(2026, 11, 22), date(2099, 12, 31)])
CODES = st.sampled_from([None, "food-licence", "11510104MB9000015X"])
NARROWINGS = st.builds(
    cases.Narrowing,
    open=st.booleans(),
    stage=st.none() | st.sampled_from(cases.Stage),
    where=st.none() | st.sampled_from(cases.Where),
    light=st.none() | st.sampled_from(cases.Light),
    outcome=st.none() | st.sampled_from(cases.Outcome),
    item=CODES,
    body=CODES,
    overtook=st.none() | st.sampled_from(["any", *cases.OVERTAKING_REASONS]),
    **dict.fromkeys(("due_by", "arrived", "accepted", "decided", "ended", "left", "since"), DAYS),
)


def read(address: str) -> cases.Narrowing:
    return narrowing_in(dict(parse_qsl(address)))


@given(NARROWINGS)
def test_an_address_says_what_its_list_is_narrowed_to(narrowing: cases.Narrowing) -> None:
    assert read(address_of(narrowing)) == narrowing
    assert sorting_in({"sort": "sideways"}, narrowing) == narrowing.sortings[0]


@given(NARROWINGS)
def test_each_filter_has_words_and_can_be_taken_away_alone(narrowing: cases.Narrowing) -> None:
    found = filters_of(narrowing, {})
    given_ = [one.name for one in fields(narrowing) if getattr(narrowing, one.name)]
    assert len(found) == len(given_)
    left = [
        {one.name for one in fields(narrowing) if getattr(read(each.without), one.name)} for each in found
    ]
    assert all(len(each) == len(given_) - 1 for each in left)
    assert len({frozenset(each) for each in left}) == len(found)


@pytest.mark.parametrize(
    "address",
    [
        *("light=purple", "open=no", "stage=done", "where=elsewhere", "officer=1", "overtook=because"),
        *("arrived=yesterday", "left=0001-01-01", "ended=9999-12-31", "item=a%00b", "body=" + "1" * 81),
    ],
)
def test_what_no_list_can_be_narrowed_to_is_refused(address: str) -> None:
    with pytest.raises(Refusal, match="desk.narrowing.unknown"):
        read(address)


def test_every_figure_that_is_counted_has_the_address_of_its_cases() -> None:
    one = cases.Figures(*[1] * len(fields(cases.Figures)))
    today = date(2026, 3, 9)
    told = cases.Overview(one, [], [], [], [], [], [], [], {}, [], today, today, today)
    counts = Counts(told, cases.Narrowing(body=cases.Narrowing().body))
    addresses = [cell.address for cell in counts.cells(one)]
    assert len(set(addresses)) == len(COUNTED) == len(fields(cases.Figures))
    assert {cell.address for cell in counts.cells(cases.Figures())} == {""}
