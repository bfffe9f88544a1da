"""`tongban ledger verify` and `fairness`: an honest log passes, and every tampering is named in one line."""

import argparse
import gzip
import json
import socket
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from tongban.cli import ledger
from tongban.cli.ledger import source
from tongban.cli.tests.served_log import (
    LOG_KEY,
    ORIGIN,
    RECEIPT_KEY,
    ServedLog,
    leaf,
    log_of,
    receipt_of,
    serving,
)
from tongban.engine.tlog import Checkpoint, Signer, Tree, leaf_hash, sign_checkpoint

GOOD, FAULT, CANNOT_CHECK = 0, 1, 2
LEAVES = [leaf("arrived", case) for case in range(700)]


@dataclass
class City:
    """A served log of 700 arrivals, and a resident who checks it with one state file."""

    log: ServedLog
    url: str
    state: Path
    screen: pytest.CaptureFixture[str]

    def verify(self, *more: str) -> tuple[int, str]:
        return self._run("verify", *more)

    def fairness(self, *more: str) -> tuple[int, str]:
        return self._run("fairness", *more)

    def _run(self, act: str, *more: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        ledger.add_to(parser.add_subparsers())
        args = parser.parse_args(["ledger", act, "--url", self.url, "--state", str(self.state), *more])
        code = args.run(args)
        return code, "".join(self.screen.readouterr())

    def receipt(self, name: str, data: bytes) -> str:
        path = self.log.root.parent / name
        path.write_bytes(data)
        return str(path)


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[City]:
    log = log_of(tmp_path / "served", LEAVES)
    with serving(log.root) as url:
        yield City(log, url, tmp_path / "state" / "city.json", capsys)


def fault_in(said: str) -> str:
    """The one fault that was told."""
    (line,) = [line for line in said.split("\n") if line.startswith("FAULT: ")]
    return line.removeprefix("FAULT: ")


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


@pytest.mark.parametrize("path", ["tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/001"])
def test_a_missing_file_is_caught(city: City, path: str) -> None:
    city.log.path(path).unlink()
    code, said = city.verify()
    assert (code, "does not serve" in fault_in(said)) == (FAULT, True)


def test_a_partial_file_may_give_way_to_the_full_one(city: City) -> None:
    note = city.log.path("checkpoint").read_bytes()
    city.log.add(*(leaf("taken", case) for case in range(200)))
    city.log.write("checkpoint", note)
    city.log.path("tile/0/002.p/188").unlink()
    city.log.path("tile/entries/002.p/188").unlink()
    assert city.verify()[0] == GOOD


def test_a_file_longer_than_its_format_allows_is_not_read(city: City) -> None:
    city.log.write("tile/0/000", bytes(8193))
    code, said = city.verify()
    assert (code, fault_in(said)) == (FAULT, "tile/0/000 has more than the 8192 bytes that its format allows")


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


def test_a_receipt_is_found_alone_and_with_its_proof(city: City) -> None:
    note = receipt_of(300).sign(RECEIPT_KEY)
    proof = city.log.proof_of(300)
    city.log.add(*(leaf("taken", case) for case in range(50)))
    city.verify()
    alone, proven = city.receipt("alone", note), city.receipt("proven", note + b"\n" + proof)
    code, said = city.verify("--receipt", alone, "--receipt", proven)
    assert code == GOOD
    assert f"receipt {alone}: case no-300 arrived at index 300" in said
    assert f"receipt {proven}: case no-300 arrived at index 300" in said


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (receipt_of(9999).sign(RECEIPT_KEY), "no arrival with its tag is in the log"),
        (receipt_of(3).sign(Signer(RECEIPT_KEY.name, b"x" * 32)), "no known key signed this note"),
        (receipt_of(3).sign(RECEIPT_KEY).replace(b"no-3", b"no-4"), "is wrong"),
        (receipt_of(3, queue="r").sign(RECEIPT_KEY), "its queue is q, the receipt says r"),
        (receipt_of(3, time="2026-11-21T02:06:00Z").sign(RECEIPT_KEY), "the receipt says 2026-11-21T02:06Z"),
        (b"not a receipt", "the note has no signature lines"),
    ],
)
def test_a_receipt_that_the_log_does_not_bear_out_is_caught(city: City, data: bytes, fault: str) -> None:
    path = city.receipt("receipt", data)
    code, said = city.verify("--receipt", path)
    assert code == FAULT
    assert fault_in(said).startswith(f"receipt {path}: ")
    assert fault in fault_in(said)


def test_a_taking_is_no_arrival(city: City) -> None:
    city.log.add(leaf("taken", 9999))
    path = city.receipt("receipt", receipt_of(9999).sign(RECEIPT_KEY))
    assert fault_in(city.verify("--receipt", path)[1]).endswith(": no arrival with its tag is in the log")


def test_a_proof_of_another_entry_is_caught(city: City) -> None:
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY) + b"\n" + city.log.proof_of(4))
    code, said = city.verify("--receipt", path)
    assert (code, "its case is" in said) == (FAULT, True)


def test_a_proof_that_does_not_hold_is_caught(city: City) -> None:
    wrong = city.log.proof_of(4).replace(b"index 4", b"index 3")
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY) + b"\n" + wrong)
    code, said = city.verify("--receipt", path)
    assert (code, "its proof does not show entry 3" in fault_in(said)) == (FAULT, True)


@pytest.mark.parametrize(
    ("entries", "fault"), [(LEAVES[:600], "the log shrank"), ([*LEAVES[1:], *LEAVES], "forked")]
)
def test_a_receipt_unmasks_a_log_that_was_rewritten(
    city: City, tmp_path: Path, entries: list[bytes], fault: str
) -> None:
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY) + b"\n" + city.log.proof_of(3))
    rewritten = log_of(tmp_path / "rewritten", entries)
    with serving(rewritten.root) as city.url:
        code, said = city.verify("--receipt", path)
    assert (code, fault in fault_in(said)) == (FAULT, True)
    assert city.log.path("checkpoint").read_text() in said


def test_a_receipt_needs_a_receipt_key(city: City) -> None:
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY))
    code, said = city.verify("--key", str(LOG_KEY.verifier), "--receipt", path)
    assert (code, said) == (CANNOT_CHECK, "cannot check: no receipt key is known; give it with --key too\n")


def test_what_stands_in_the_way_is_said_in_one_line(city: City, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
    for more in (
        ["--url", nobody],
        ["--url", "ftp://127.0.0.1"],
        ["--url", "http://127.0.0.1:99999"],
        ["--url", "http://"],
        ["--key", "nonsense"],
        ["--receipt", str(tmp_path / "none")],
        ["--state", str(tmp_path)],
    ):
        code, said = city.verify(*more)
        assert (code, said[:14], said.count("\n")) == (CANNOT_CHECK, "cannot check: ", 1)


def test_a_site_without_a_log_cannot_be_checked(city: City) -> None:
    city.log.path("checkpoint").unlink()
    code, said = city.verify()
    assert (code, "serves no ledger/checkpoint" in said) == (CANNOT_CHECK, True)


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


def test_a_redirect_is_not_followed(city: City, tmp_path: Path) -> None:
    class Redirecting(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"{city.url}{self.path}")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    real = city.url
    with serving(tmp_path, Redirecting) as city_url:
        code, said = city.verify("--url", city_url)
    assert (code, "answers with status 302" in said, real in said) == (CANNOT_CHECK, True, False)


class Compressing(SimpleHTTPRequestHandler):
    """Sends every file compressed, and as it is what is compressed already."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        data = Path(self.translate_path(self.path)).read_bytes()
        data = data if data.startswith(b"\x1f\x8b") else gzip.compress(data)
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_compressed_answers_are_read(city: City) -> None:
    with serving(city.log.root, Compressing) as city.url:
        assert city.verify()[0] == GOOD


def test_a_little_answer_that_unfolds_to_much_is_left_folded(city: City) -> None:
    city.log.write("tile/0/000", gzip.compress(bytes(50_000_000)))
    with serving(city.log.root, Compressing) as city.url:
        tracemalloc.start()
        code, said = city.verify()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (code, "has more than the 8192 bytes" in fault_in(said)) == (FAULT, True)
    assert most < 10_000_000


def test_a_host_that_falls_silent_is_left(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "SILENCE_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        code, said = city.verify("--url", f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert (code, "timed out" in said) == (CANNOT_CHECK, True)


def test_a_fair_log_is_called_fair(city: City) -> None:
    city.log.add(*(leaf("taken", case) for case in range(300)))
    code, said = city.fairness()
    assert code == GOOD
    assert "queue q: 700 arrived, 300 taken, 400 waiting" in said
    assert "overtakings: 0 without reason, 0 with reason" in said


def test_overtakings_are_listed_and_only_those_without_reason_are_a_fault(city: City) -> None:
    city.log.add(leaf("taken", 6, reason="emergency"))
    code, said = city.fairness()
    assert code == GOOD
    assert f"leaf 700: case {6:032x} taken ahead of 6 waiting" in said
    city.log.add(leaf("taken", 1), leaf("taken", 1))
    code, said = city.fairness("--json")
    told = json.loads(said)
    assert (code, told["ok"], told["without_reason"], told["with_reason"]) == (FAULT, False, 2, 1)
    assert told["queues"]["q"] == {
        "arrived": 700,
        "taken": 3,
        "waiting": 698,
        "overtakings": [
            {
                "index": 700,
                "case": f"{6:032x}",
                "reason": "emergency",
                "passed": [f"{case:032x}" for case in range(5)],
                "passed_count": 6,
            },
            {"index": 701, "case": f"{1:032x}", "reason": None, "passed": [f"{0:032x}"], "passed_count": 1},
            {"index": 702, "case": f"{1:032x}", "reason": None, "passed": [f"{0:032x}"], "passed_count": 1},
        ],
    }
    assert told["faults"] == [f"leaf 702: case {1:032x} is taken after taken"]


def test_fairness_of_a_tampered_log_is_not_told(city: City) -> None:
    city.log.change("tile/entries/001", LEAVES[300], leaf("arrived", 9999))
    code, said = city.fairness("--json")
    assert (code, "queues" in json.loads(said)) == (FAULT, False)


def test_a_rewritten_past_is_noticed_though_its_tiles_are_not_read_again(city: City) -> None:
    city.verify()
    city.log.change("tile/entries/002.p/188", LEAVES[600], leaf("arrived", 9999))
    city.log.tree = Tree.restore(700, city.log.read_tile)
    city.log.add(b"more")
    code, said = city.verify()
    assert (code, fault_in(said)) == (FAULT, "an entry from 512 to 699 is not what it was at the last check")
