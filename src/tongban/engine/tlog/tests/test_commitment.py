"""A commitment as anyone can compute it who was given salt and body."""

from base64 import b64encode
from hashlib import sha256

from tongban.engine.tlog import commitment_of


def test_a_commitment_is_the_hash_of_salt_and_body() -> None:
    assert commitment_of(b"salt", b"body") == b64encode(sha256(b"saltbody").digest()).decode()
    assert commitment_of(b"salt", b"body") != commitment_of(b"pepper", b"body")
