"""Comparing a promise with the statute where their units differ."""

from collections.abc import Mapping
from math import inf
from typing import Any

# How few natural days a unit may last, and how many. A working day may be followed by any number of days off.
_AT_LEAST = {"hour": 1 / 24, "day": 1.0, "workday": 1.0, "month": 28.0}
_AT_MOST = {"hour": 1 / 24, "day": 1.0, "workday": inf, "month": 31.0}


def surely_within(promise: Mapping[str, Any], statute: Mapping[str, Any]) -> bool:
    """Whether the promise can never end after the statute, whatever the calendar. Both are {value, unit}."""
    if promise["unit"] == statute["unit"]:
        return bool(promise["value"] <= statute["value"])
    if promise["value"] == 0:
        return True
    longest = promise["value"] * _AT_MOST[promise["unit"]]
    return bool(longest <= statute["value"] * _AT_LEAST[statute["unit"]])


def same_day(promise: Mapping[str, Any]) -> bool:
    """Whether the promise ends on the day it starts."""
    return bool(promise["value"] == 0) and promise["unit"] in ("workday", "day", "hour")
