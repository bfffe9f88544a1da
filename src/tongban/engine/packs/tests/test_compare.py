"""Differences say where a document changed, and put together again they lead from one to the other."""

from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.packs import Difference, differences

BEFORE = {
    "name": "许可",
    "promise": {"value": 7, "unit": "workday"},
    "materials": [{"kind": "a", "need": "required"}, {"kind": "b", "need": "required"}],
    "words": ["开饭店", "办证"],
}


def changed(**after):
    return list(differences(BEFORE, BEFORE | after))


def test_nothing_differs_from_itself():
    assert changed() == []


def test_a_value_is_told_with_its_place():
    assert changed(promise={"value": 5, "unit": "workday"}) == [Difference("promise.value", 7, 5)]


def test_a_key_that_comes_or_goes_is_told():
    assert changed(visits=0) == [Difference("visits", None, 0)]
    assert list(differences({"a": 1}, {})) == [Difference("a", 1, None)]


def test_entries_of_a_list_are_known_again_by_their_kind():
    first, second = BEFORE["materials"]
    assert changed(materials=[second, first | {"need": "optional"}, {"kind": "c"}]) == [
        Difference("materials[a].need", "required", "optional"),
        Difference("materials[c]", None, {"kind": "c"}),
    ]


def test_a_mere_change_of_order_is_told():
    assert changed(materials=BEFORE["materials"][::-1]) == [Difference("materials[]", ["a", "b"], ["b", "a"])]


def test_plain_lists_are_told_whole():
    assert changed(words=["开饭店"]) == [Difference("words", ["开饭店", "办证"], ["开饭店"])]


def test_entries_that_nothing_tells_apart_are_told_whole():
    before, after = [{"kind": "a"}, {"kind": "a"}], [{"kind": "a"}]
    assert list(differences(before, after)) == [Difference("", before, after)]


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abk"), inner, max_size=3),
    max_leaves=12,
)


@given(documents, documents)
def test_whatever_differs_is_told_and_what_is_told_differs(before, after):
    told = list(differences(before, after))
    assert all(one.before != one.after for one in told)
    if not told:
        assert _without_nothing(before) == _without_nothing(after)


def _without_nothing(value):
    """A key that is missing and a key that holds null are one to a reader."""
    if isinstance(value, dict):
        return {key: _without_nothing(one) for key, one in value.items() if one is not None}
    return [_without_nothing(one) for one in value] if isinstance(value, list) else value
