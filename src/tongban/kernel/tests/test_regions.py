"""Codes of regions lie in one another as the map says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.access import covers
from tongban.kernel.ids import RegionCode
from tongban.kernel.tests.regions import AROUND, REGIONS


@pytest.mark.parametrize(
    ("region", "other", "inside"),
    [
        ("510000", "510100", True),
        ("510100", "510104", True),
        ("510104", "510104", True),
        ("510104", "510104022", True),
        ("510104022000", "510104022001", True),
        ("510104000000", "510104022", True),
        ("511000", "511002", True),
        ("510104", "510100", False),
        ("510104", "510105", False),
        ("510100", "511002", False),
        ("510110", "510111", False),
        ("510104022001", "510104022002", False),
        ("510104022001", "510104022000", False),
    ],
)
def test_a_region_holds_what_lies_inside_it(region: str, other: str, inside: bool) -> None:
    assert covers(RegionCode(region), RegionCode(other)) is inside


@pytest.mark.parametrize(
    "broken", ["", "5", "51", "0", "000000", "51010", "51o104", "５１０１０４", "510100 ", "%"]
)
@pytest.mark.parametrize("region", REGIONS)
def test_what_is_no_region_holds_nothing_and_lies_in_nothing(broken: str, region: str) -> None:
    assert not covers(RegionCode(broken), RegionCode(region))
    assert not covers(RegionCode(region), RegionCode(broken))


@given(st.sampled_from(REGIONS), st.sampled_from(sorted(AROUND)))
def test_regions_lie_in_one_another_as_the_map_says(region: str, inner: str) -> None:
    assert covers(RegionCode(region), RegionCode(inner)) == (region in AROUND[inner])
