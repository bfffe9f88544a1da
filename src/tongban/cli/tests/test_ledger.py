"""`tongban ledger verify`: an honest log passes, and every tampering is named in one line."""

import json
from pathlib import Path

import pytest

from tongban.cli.tests.served_log import (
    CANNOT_CHECK,
    FAULT,
    GOOD,
    LEAVES,
    LOG_KEY,
    ORIGIN,
    RECEIPT_KEY,
    City,
    ServedLog,
    fault_in,
    leaf,
    log_of,
    receipt_of,
    serving,
)
from tongban.engine.tlog import Checkpoint, Signer, Tree, leaf_hash, sign_checkpoint


def test_an_honest_log_is_good_and_its_keys_are_pinned_at_first_use_only(city: City) -> None:
    code, said = city.verify()
    assert code == GOOD
    assert "first use: pinned the keys" in said
    assert str(LOG_KEY.verifier) in said
    assert "700 entries, their tiles and the root agree" in said
    code, said = city.verify()
    assert (code, "pinned" in said) == (GOOD, False)


def test_only_what_is_new_is_read_the_next_time(city: City) -> None:
    city.verify()
    city.log.add(*(leaf("taken", case) for case in range(300)))
    city.log.path("tile/entries/000").unlink()
    code, said = city.verify()
    assert code == GOOD
    assert "300 entries since the last check at 700" in said


def test_the_empty_log_is_good_and_may_grow(city: City, tmp_path: Path) -> None:
    empty = ServedLog(tmp_path / "empty")
    with serving(empty.root) as city.url:
        assert city.verify()[0] == GOOD
        assert city.fairness()[0] == GOOD
        empty.add(*LEAVES[:256])
        assert city.verify()[0] == GOOD


def test_json_says_the_same(city: City) -> None:
    receipt = city.receipt("r", receipt_of(5).sign(RECEIPT_KEY))
    code, said = city.verify("--json", "--receipt", receipt)
    told = json.loads(said)
    assert (code, told["ok"], told["size"], told["faults"]) == (GOOD, True, 700, [])
    assert told["receipts"] == [{"file": receipt, "case": "no-5", "index": 5, "faults": []}]
    assert told["pinned"] == [str(LOG_KEY.verifier), str(RECEIPT_KEY.verifier)]


def test_a_tampered_entry_is_caught(city: City) -> None:
    city.log.change("tile/entries/001", LEAVES[300], leaf("arrived", 9999))
    code, said = city.verify()
    assert code == FAULT
    assert fault_in(said).startswith("tile/0/001: hash 44,")
    assert fault_in(said).endswith("is not that of entry 300")
    assert not city.state.exists()


def test_an_entry_and_its_tile_tampered_with_together_are_caught(city: City) -> None:
    other = leaf("arrived", 9999)
    city.log.change("tile/entries/001", LEAVES[300], other)
    city.log.change("tile/0/001", leaf_hash(LEAVES[300]), leaf_hash(other))
    code, said = city.verify()
    assert (code, "tile/1/000.p/2: hash 1," in fault_in(said)) == (FAULT, True)


def test_tiles_that_fit_each_other_but_not_the_signed_root_are_caught(city: City, tmp_path: Path) -> None:
    note = city.log.path("checkpoint").read_bytes()
    other = log_of(tmp_path / "other", [*LEAVES[:300], leaf("arrived", 9999), *LEAVES[301:]])
    other.write("checkpoint", note)
    with serving(other.root) as city.url:
        code, said = city.verify()
    assert (code, fault_in(said)) == (FAULT, "the 700 entries served do not give the signed root")


@pytest.mark.parametrize(
    ("one", "other"), [("tile/0/000", "tile/0/001"), ("tile/entries/000", "tile/entries/001")]
)
def test_swapped_tiles_and_bundles_are_caught(city: City, one: str, other: str) -> None:
    data = city.log.path(one).read_bytes()
    city.log.write(one, city.log.path(other).read_bytes())
    city.log.write(other, data)
    code, said = city.verify()
    assert (code, fault_in(said)[:11]) == (FAULT, "tile/0/000:")


def test_a_fork_is_shown_with_both_checkpoints(city: City, tmp_path: Path) -> None:
    city.verify()
    fork = log_of(tmp_path / "fork", [LEAVES[1], LEAVES[0], *LEAVES[2:], *LEAVES[:9]])
    with serving(fork.root) as city.url:
        code, said = city.verify()
    assert code == FAULT
    assert fault_in(said) == "the log forked: its 709 leaves do not begin with the 700 of before"
    assert city.log.path("checkpoint").read_text() in said
    assert fork.path("checkpoint").read_text() in said


def test_a_fork_of_the_same_size_is_caught_by_both_commands(city: City, tmp_path: Path) -> None:
    city.verify()
    fork = log_of(tmp_path / "fork", [LEAVES[1], LEAVES[0], *LEAVES[2:]])
    with serving(fork.root) as city.url:
        for run in (city.verify, city.fairness):
            code, said = run()
            assert (code, fault_in(said)) == (FAULT, "the log forked: two roots are signed for 700 leaves")


def test_a_shrunken_log_is_shown_with_both_checkpoints(city: City, tmp_path: Path) -> None:
    city.verify()
    shrunken = log_of(tmp_path / "shrunken", LEAVES[:600])
    with serving(shrunken.root) as city.url:
        code, said = city.verify()
    assert (code, fault_in(said)) == (FAULT, "the log shrank from 700 leaves to 600")
    assert said.count(f"\n\n— {ORIGIN} ") == 2


def test_a_signed_root_of_which_the_tiles_know_nothing_is_caught(city: City) -> None:
    city.verify()
    city.log.write("checkpoint", sign_checkpoint(Checkpoint(ORIGIN, 700, bytes(32)), LOG_KEY))
    assert fault_in(city.verify()[1]) == "the log forked: two roots are signed for 700 leaves"
    city.log.add(b"more")
    city.log.write("checkpoint", sign_checkpoint(Checkpoint(ORIGIN, 701, bytes(32)), LOG_KEY))
    assert fault_in(city.verify()[1]) == "the tiles served do not give the signed root"


def test_a_checkpoint_under_another_key_is_caught(city: City) -> None:
    city.verify()
    stranger = Signer(ORIGIN, b"s" * 32)
    city.log.sign(stranger)
    city.log.write("keys", f"{stranger.verifier}\n".encode())
    code, said = city.verify()
    fault = f"checkpoint: no known key signed this note (trusted: keys pinned in {city.state})"
    assert (code, fault_in(said)) == (FAULT, fault)


def test_a_key_given_is_trusted_instead_of_those_served(city: City) -> None:
    city.log.write("keys", f"{Signer(ORIGIN, b's' * 32).verifier}\n".encode())
    assert city.verify("--key", str(LOG_KEY.verifier))[0] == GOOD
    code, said = city.verify("--key", str(Signer(ORIGIN, b"x" * 32).verifier))
    assert (code, fault_in(said)) == (FAULT, "checkpoint: no known key signed this note (trusted: --key)")


@pytest.mark.parametrize("keys", [b"", b"nonsense\n", f"{RECEIPT_KEY.verifier}\n".encode(), b"\xff\n"])
def test_keys_that_are_none_are_caught(city: City, keys: bytes) -> None:
    city.log.write("keys", keys)
    code, said = city.verify()
    assert (code, fault_in(said)[:6]) == (FAULT, "keys: ")


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b'{"keys": 3}', b"\xff"])
def test_a_damaged_state_file_is_named(city: City, damage: bytes) -> None:
    city.verify()
    city.state.write_bytes(damage)
    code, said = city.verify()
    assert (code, "is damaged" in said) == (CANNOT_CHECK, True)


def test_a_state_file_changed_by_hand_is_named(city: City) -> None:
    city.verify()
    said = json.loads(city.state.read_text())
    first = said["edge"]["0"][0]
    said["edge"]["0"] = said["edge"]["0"].replace(first, "A" if first != "A" else "B", 1)
    city.state.write_text(json.dumps(said))
    code, line = city.verify()
    assert (code, "its hashes do not give the root" in line) == (CANNOT_CHECK, True)


def test_the_state_of_another_log_is_not_overwritten(city: City) -> None:
    city.verify()
    before = city.state.read_bytes()
    code, said = city.verify("--key", str(Signer("other.example/ledger", b"o" * 32).verifier))
    assert (code, "remembers the log tongban.example/ledger" in said) == (CANNOT_CHECK, True)
    assert city.state.read_bytes() == before
    assert city.state.stat().st_mode & 0o777 == 0o600


def test_a_rewritten_past_is_noticed_though_its_tiles_are_not_read_again(city: City) -> None:
    city.verify()
    city.log.change("tile/entries/002.p/188", LEAVES[600], leaf("arrived", 9999))
    city.log.tree = Tree.restore(700, city.log.read_tile)
    city.log.add(b"more")
    code, said = city.verify()
    assert (code, fault_in(said)) == (FAULT, "an entry from 512 to 699 is not what it was at the last check")
