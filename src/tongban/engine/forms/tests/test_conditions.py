"""Conditions: what each means, and what is no condition."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.forms import ConditionError, Value, condition_of, fields_of, holds

ANSWERS: dict[str, Value] = {"ground": "study", "seats": 0, "online": True, "projects": ["pastry", "drinks"]}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
CONDITIONS = st.recursive(
    st.sampled_from(
        [
            {"field": "ground", "equals": "study"},
            {"field": "ground", "equals": "work"},
            {"field": "nobody", "present": True},
        ]
    ),
    lambda inner: (
        st.builds(lambda one: {"not": one}, inner)
        | st.builds(lambda many: {"all": many}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda many: {"any": many}, st.lists(inner, min_size=1, max_size=3))
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("data", "so"),
    [
        ({"field": "ground", "equals": "study"}, True),
        ({"field": "ground", "equals": "work"}, False),
        ({"field": "seats", "equals": 0}, True),
        ({"field": "online", "equals": True}, True),
        ({"field": "ground", "in": ["work", "study"]}, True),
        ({"field": "ground", "in": ["work"]}, False),
        ({"field": "seats", "present": True}, True),
        ({"field": "absent", "present": True}, False),
        ({"field": "absent", "present": False}, True),
        ({"field": "absent", "equals": "study"}, False),
        ({"field": "projects", "equals": "pastry"}, True),
        ({"field": "projects", "in": ["raw", "drinks"]}, True),
        ({"field": "projects", "in": ["raw"]}, False),
        ({"not": {"field": "ground", "equals": "study"}}, False),
        ({"all": [{"field": "ground", "equals": "study"}, {"field": "online", "equals": True}]}, True),
        ({"all": [{"field": "ground", "equals": "study"}, {"field": "online", "equals": False}]}, False),
        ({"any": [{"field": "ground", "equals": "work"}, {"field": "online", "equals": True}]}, True),
        ({"any": [{"field": "ground", "equals": "work"}, {"field": "online", "equals": False}]}, False),
    ],
)
def test_a_condition_means_what_it_says(data: Any, so: bool) -> None:
    assert holds(condition_of(data), ANSWERS) is so


@given(CONDITIONS, CONDITIONS)
def test_not_both_is_either_not(one: Any, other: Any) -> None:
    not_both = condition_of({"not": {"all": [one, other]}})
    either_not = condition_of({"any": [{"not": one}, {"not": other}]})
    assert holds(not_both, ANSWERS) == holds(either_not, ANSWERS)


def test_a_condition_names_every_field_it_speaks_of() -> None:
    data = {
        "all": [
            {"field": "a", "equals": 1},
            {"any": [{"field": "b", "in": [1]}, {"not": {"field": "c", "present": True}}]},
        ]
    }
    assert fields_of(condition_of(data)) == {"a", "b", "c"}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        "ground == 'study'",
        {"field": "ground"},
        {"field": 7, "equals": 1},
        {"field": "ground", "equals": [1]},
        {"field": "ground", "equals": 1.5},
        {"field": "ground", "in": []},
        {"field": "ground", "in": "study"},
        {"field": "ground", "present": "yes"},
        {"field": "ground", "equals": 1, "in": [1]},
        {"field": "ground", "matches": ".*"},
        {"all": []},
        {"any": {}},
    ],
)
def test_what_is_no_condition_is_refused(data: Any) -> None:
    with pytest.raises(ConditionError):
        condition_of(data)


def test_a_condition_too_deep_to_read_is_refused_and_not_followed() -> None:
    data: object = {"field": "ground", "present": True}
    for _ in range(5_000):
        data = {"not": data}
    with pytest.raises(ConditionError):
        condition_of(data)


@given(JSON)
def test_whatever_the_data_it_is_a_condition_or_refused(data: Any) -> None:
    try:
        condition = condition_of(data)
    except ConditionError:
        return
    assert holds(condition, {}) in (True, False)
