"""Regions: what their codes say, and which lies in which."""

import pytest

from tongban.directory import api as directory
from tongban.directory.rules import Level, level_of
from tongban.directory.tests.conftest import CITY, DISTRICT
from tongban.kernel.ids import RegionCode
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("city")


def test_having_a_region_twice_renames_it() -> None:
    directory.ensure_region(code=DISTRICT, name="锦江", parent=CITY)
    assert {row.code: row.name for row in directory.regions()}[DISTRICT] == "锦江"


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("000000", Level.COUNTRY),
        ("510000", Level.PROVINCE),
        ("510100", Level.CITY),
        ("510110", Level.COUNTY),
        ("511602000000", Level.COUNTY),
        ("510104022", Level.TOWNSHIP),
        ("510104022000", Level.TOWNSHIP),
        ("510104022001", Level.VILLAGE),
        ("510104022001003", Level.GROUP),
    ],
)
def test_the_level_of_a_region_is_told_by_its_code(code: str, level: Level) -> None:
    assert level_of(RegionCode(code)) is level


@pytest.mark.parametrize("code", ["", "51", "5101041", "51010A", "５１０１０４", "510104\n"])
def test_a_code_of_another_shape_is_refused(code: str) -> None:
    with pytest.raises(Refusal, match=r"directory\.region\.code"):
        directory.ensure_region(code=RegionCode(code), name="某地")


@pytest.mark.parametrize("parent", ["530000", "510104", "510105"])
def test_a_region_lies_inside_its_parent(parent: str) -> None:
    with pytest.raises(Refusal, match=r"directory\.region\.parent"):
        directory.ensure_region(code=DISTRICT, name="锦江区", parent=RegionCode(parent))
