"""All ways to answer a few questions are gone through, and too many are refused."""

import pytest

from tongban.engine.forms import Equals, Field, Kind, Option
from tongban.engine.joint import MOST_WAYS, TooManyWays, ways

SIGN = Field(
    "sign", "shop-sign", "招牌", Kind.CHOICE, options=(Option("none", "无"), Option("large", "大型"))
)
WIDE = Field("wide", "wide", "宽吗", Kind.BOOLEAN, when=Equals("sign", "large"))


def test_every_way_comes_once_and_what_is_not_asked_is_not_answered() -> None:
    assert list(ways([SIGN, WIDE])) == [
        {"sign": "none"},
        {"sign": "large", "wide": True},
        {"sign": "large", "wide": False},
    ]


def test_more_than_anybody_goes_through_is_refused() -> None:
    many = [Field(f"q{at}", f"q{at}", "?", Kind.BOOLEAN) for at in range(MOST_WAYS.bit_length())]
    with pytest.raises(TooManyWays):
        list(ways(many))
