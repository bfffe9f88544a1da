"""The ring is made once, kept from others, turned without loss; what is sealed opens in its own place."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel import keys
from tongban.kernel.keys import KeyRing, RingDamaged, RingExposed, Unreadable, store
from tongban.kernel.keys.keyring import _Held, master_of

AAD = b"case/1/answers"


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def ring(var: Path) -> KeyRing:
    return keys.ring(var)


class Watch:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(plaintext=st.binary(max_size=3000), aad=st.binary(max_size=40))
def test_what_is_sealed_opens_again(plaintext: bytes, aad: bytes) -> None:
    key = keys.new_key()
    assert keys.open_(key, keys.seal(key, plaintext, aad), aad) == plaintext


@given(aad=st.binary(max_size=40), other=st.binary(max_size=40))
def test_what_is_sealed_for_one_place_does_not_open_in_another(aad: bytes, other: bytes) -> None:
    key = keys.new_key()
    sealed = keys.seal(key, b"answers", aad)
    if aad != other:
        with pytest.raises(Unreadable):
            keys.open_(key, sealed, other)


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_one_changed_bit_makes_the_whole_unreadable(place: int, bit: int) -> None:
    key = keys.new_key()
    sealed = bytearray(keys.seal(key, b"answers", AAD))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(Unreadable):
        keys.open_(key, bytes(sealed), AAD)


@pytest.mark.parametrize("damaged", [b"", b"\x01", b"\x01" + bytes(12), b"\x02" + bytes(60)])
def test_what_was_never_sealed_is_unreadable(damaged: bytes) -> None:
    with pytest.raises(Unreadable):
        keys.open_(keys.new_key(), damaged, AAD)


def test_another_key_opens_nothing_and_a_short_one_seals_nothing() -> None:
    with pytest.raises(Unreadable):
        keys.open_(keys.new_key(), keys.seal(keys.new_key(), b"answers", AAD), AAD)
    with pytest.raises(Unreadable):
        keys.seal(b"short", b"answers", AAD)


def test_the_same_answers_never_look_the_same() -> None:
    key = keys.new_key()
    assert keys.seal(key, b"answers", AAD) != keys.seal(key, b"answers", AAD)


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.binary(max_size=12)), unique=True, max_size=12))
def test_every_salt_and_derived_key_is_its_own(asked: list[tuple[int, bytes]]) -> None:
    key = keys.new_key()
    made = [keys.salt(key, seq, purpose) for seq, purpose in asked]
    made += [keys.derive(key, purpose) for purpose in {purpose for _, purpose in asked}]
    assert len(set(made)) == len(made)
    assert all(len(one) == 32 for one in made)
    assert key not in made


def test_a_derived_key_follows_rfc_5869() -> None:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    key = keys.new_key()
    assert keys.derive(key, b"leaf") == HKDFExpand(SHA256(), 32, b"derive\x00leaf").derive(key)


def test_a_wrapped_key_opens_for_its_owner_alone(ring: KeyRing) -> None:
    key = keys.new_key()
    wrapped = ring.wrap(key, b"case/1")
    assert ring.unwrap(wrapped, b"case/1") == key
    with pytest.raises(Unreadable):
        ring.unwrap(wrapped, b"case/2")


def test_a_wrapped_key_does_not_open_under_another_ring(ring: KeyRing, tmp_path: Path) -> None:
    wrapped = ring.wrap(keys.new_key(), b"case/1")
    with pytest.raises(Unreadable):
        keys.ring(tmp_path / "elsewhere").unwrap(wrapped, b"case/1")


@pytest.mark.parametrize(
    "damaged", [b"", b"\x01", b"\x01\x09m1", b"\x02\x02m1", b"\x01\x02\xff\xff" + bytes(60)]
)
def test_bytes_that_no_ring_wrapped_are_unreadable(ring: KeyRing, damaged: bytes) -> None:
    with pytest.raises(Unreadable):
        ring.unwrap(damaged, b"case/1")


def test_rotation_wraps_under_the_new_master_and_still_opens_the_old(ring: KeyRing, var: Path) -> None:
    old = ring.wrap(b"k" * 32, b"case/1")
    assert keys.rotate(var) == "m2"
    turned = keys.ring(var)
    new = turned.wrap(b"k" * 32, b"case/1")
    assert (master_of(old), master_of(new), turned.current) == ("m1", "m2", "m2")
    assert turned.unwrap(old, b"case/1") == turned.unwrap(new, b"case/1")


def test_a_retired_master_opens_nothing_more_and_the_current_one_stays(ring: KeyRing, var: Path) -> None:
    old = ring.wrap(b"k" * 32, b"case/1")
    keys.rotate(var)
    new = keys.ring(var).wrap(b"k" * 32, b"case/1")
    assert [keys.retire("m1", var), keys.retire("m1", var)] == [True, False]
    assert keys.ring(var).masters == ("m2",)
    assert keys.ring(var).unwrap(new, b"case/1") == b"k" * 32
    with pytest.raises(Unreadable):
        keys.ring(var).unwrap(old, b"case/1")
    with pytest.raises(ValueError, match="wraps now"):
        keys.retire("m2", var)
    assert keys.rotate(var) == "m3"


def test_rotation_changes_no_keyed_hash_and_no_signature(ring: KeyRing, var: Path) -> None:
    keys.rotate(var)
    turned = keys.ring(var)
    assert turned.person_key("person", "1") == ring.person_key("person", "1")
    assert turned.token_digest("t") == ring.token_digest("t")
    assert (turned.log_seed, turned.receipt_seed) == (ring.log_seed, ring.receipt_seed)
    assert turned.django_secret == ring.django_secret


def test_a_running_process_sees_a_rotation_a_second_later(var: Path) -> None:
    watch = Watch()
    held = _Held(var, watch)
    store.add_master(var)
    assert held.ring().current == "m1"
    watch.now = 1.0
    assert held.ring().current == "m2"


def test_a_running_process_keeps_its_ring_when_the_file_is_taken_away(var: Path) -> None:
    watch = Watch()
    held = _Held(var, watch)
    wrapped = held.ring().wrap(b"k" * 32, AAD)
    store.path_of(var).unlink()
    watch.now = 5.0
    assert held.ring().unwrap(wrapped, AAD) == b"k" * 32
    assert not store.path_of(var).exists()


def test_the_ring_is_for_its_owner_alone(ring: KeyRing, var: Path) -> None:
    path = store.path_of(var)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["ring.json"]


@pytest.mark.parametrize("name", [".", "ring.json"])
def test_a_ring_that_others_may_read_is_not_used(ring: KeyRing, var: Path, name: str) -> None:
    (var / "keys" / name).chmod(0o644 if name == "ring.json" else 0o755)
    with pytest.raises(RingExposed, match="chmod"):
        store.read(var)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"current": "m1", "masters": {}}', '{"current": "m1", "masters": {"m1": "00"}}']
)
def test_a_damaged_ring_is_never_replaced_by_a_new_one(ring: KeyRing, var: Path, text: str) -> None:
    store.path_of(var).write_text(text)
    with pytest.raises(RingDamaged):
        store.read(var)
    assert store.path_of(var).read_text() == text


def test_processes_that_start_at_once_get_one_ring(var: Path) -> None:
    ask = (
        "import sys, pathlib; from tongban.kernel.keys import store; sys.stdin.read();"
        "print(store.read(pathlib.Path(sys.argv[1])).person)"
    )
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", ask, str(var)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.close()
    said = {racer.stdout.read() for racer in racers if racer.stdout}
    assert [racer.wait() for racer in racers] == [0, 0, 0, 0]
    assert len(said) == 1
    assert os.listdir(var / "keys") == ["ring.json"]


def test_of_two_rings_made_at_once_the_second_maker_takes_the_first(var: Path) -> None:
    first = store.read(var).person
    store._create(store.path_of(var))
    assert store.read(var).person == first
    assert os.listdir(var / "keys") == ["ring.json"]


def test_nothing_secret_is_shown(ring: KeyRing, var: Path) -> None:
    shown = f"{ring!r} {ring} {store.read(var)!r}"
    held = store.read(var)
    for secret in [*held.masters.values(), held.person, held.token, held.django, held.log, held.receipt]:
        assert secret not in shown


def test_a_person_is_one_however_the_number_is_typed(ring: KeyRing) -> None:
    typed = [
        "11010519491231002X",
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ]
    assert len({ring.person_key("person", number) for number in typed}) == 1


def test_a_keyed_hash_says_what_it_is_of(ring: KeyRing) -> None:
    made = {
        ring.person_key("person", "1").hex(),
        ring.person_key("enterprise", "1").hex(),
        ring.name_digest("1"),
        ring.address_digest("1"),
        ring.token_digest("1").hex(),
    }
    assert len(made) == 5
    assert all(len(digest) == 64 for digest in made)


def test_an_empty_number_is_nobody(ring: KeyRing) -> None:
    with pytest.raises(ValueError, match="empty"):
        ring.person_key("person", " ")
