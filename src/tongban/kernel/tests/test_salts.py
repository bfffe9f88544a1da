"""A salt hides what it salts from everyone who does not have the key."""

from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel import keys


@given(st.integers(0, 2**64 - 1), st.binary(max_size=12))
def test_a_salt_is_its_keys_own(seq: int, purpose: bytes) -> None:
    assert keys.salt(keys.new_key(), seq, purpose) != keys.salt(keys.new_key(), seq, purpose)
