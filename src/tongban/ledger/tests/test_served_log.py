"""What is served is what tlog-tiles says, and a program of another hand finds it good."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tongban.engine.tlog import TILE_WIDTH, unpack_entries
from tongban.ledger import commands, queries
from tongban.ledger.rules import LeafKind
from tongban.ledger.tests.world import NOON, Heard, a_waiting_leaf, head, rows, seal_all


@pytest.fixture
def log(heard: Heard) -> Client:
    """A client of a log with a full tile and a partial one."""
    while head()[0] <= TILE_WIDTH or head()[0] % TILE_WIDTH < 3:
        for _ in range(TILE_WIDTH + 3):
            a_waiting_leaf()
        seal_all()
    return Client()


def test_the_checkpoint_is_text_and_is_not_kept_for_long(log: Client) -> None:
    answer = log.get("/ledger/checkpoint")
    assert answer.content.decode() == head()[1]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=1"


def test_keys_are_the_logs_and_then_the_receipts(log: Client) -> None:
    answer = log.get("/ledger/keys")
    origin = head()[1].splitlines()[0]
    names = [line.partition("+")[0] for line in answer.content.decode().splitlines()]
    assert names == [origin, f"{origin}/receipt"]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_full_tile_and_a_partial_one_are_served_for_ever(log: Client) -> None:
    index, width = divmod(head()[0], TILE_WIDTH)
    for path, count in (("tile/0/000", 256), (f"tile/0/{index:03}.p/{width}", width), ("tile/1/000.p/1", 1)):
        answer = log.get(f"/ledger/{path}")
        assert len(answer.content) == 32 * count
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_bundles_hold_the_entries_in_order_and_may_travel_compressed(log: Client) -> None:
    index, width = divmod(head()[0], TILE_WIDTH)
    stored = [text.encode() for (text,) in rows("select entry from ledger_leaf order by index")]
    full = log.get("/ledger/tile/entries/000")
    assert unpack_entries(full.content, TILE_WIDTH) == stored[:TILE_WIDTH]
    partial = log.get(f"/ledger/tile/entries/{index:03}.p/{width}", headers={"accept-encoding": "gzip"})
    assert unpack_entries(gzip.decompress(partial.content), width) == stored[-width:]
    assert partial["Cache-Control"] == full["Cache-Control"] == "public, max-age=31536000, immutable"
    assert partial["Content-Type"] == full["Content-Type"] == "application/octet-stream"


def test_what_the_log_has_not_reached_is_not_found_and_not_kept(log: Client) -> None:
    index, width = divmod(head()[0], TILE_WIDTH)
    for path in (
        f"tile/0/{index:03}",
        f"tile/0/{index:03}.p/{width + 1}",
        f"tile/entries/{index:03}",
        f"tile/entries/{index:03}.p/{width + 1}",
        "tile/63/000",
        "tile/0/x999/x999/x999/x999/999",
    ):
        answer = log.get(f"/ledger/{path}")
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    "path",
    [
        *("tile/00/000", "tile/64/000", "tile/-1/000", "tile/0/0", "tile/0/x000/000", "tile/0/000/000"),
        *("tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/", "tile/entries/0000"),
    ],
)
def test_another_spelling_is_not_an_address(path: str, log: Client) -> None:
    assert log.get(f"/ledger/{path}").status_code == 404


def test_the_log_is_only_read(log: Client) -> None:
    assert log.post("/ledger/checkpoint").status_code == 405
    assert log.head("/ledger/checkpoint").status_code == 200


def test_the_page_says_how_far_the_log_is_and_how_to_check_it(log: Client) -> None:
    page = log.get("/ledger").content.decode()
    assert f"{head()[0]} 条" in page
    assert "tongban ledger verify --url http://testserver " in page
    assert "tongban ledger fairness --url http://testserver<" in page
    assert queries.keys().splitlines()[0] in page


def test_the_verifier_finds_the_served_log_good_and_consistent_as_it_grows(
    heard: Heard, live_server: LiveServer, tmp_path: Path
) -> None:
    verify = [sys.executable, "-m", "tongban.cli", "ledger", "verify"]
    verify += ["--url", live_server.url, "--state", str(tmp_path / "state.json")]
    for kind in (LeafKind.ARRIVED, LeafKind.OTHER):
        for _ in range(TILE_WIDTH + 44):
            a_waiting_leaf(kind)
        commands.seal(NOON)
        outcome = subprocess.run(verify, capture_output=True, text=True, check=False)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
