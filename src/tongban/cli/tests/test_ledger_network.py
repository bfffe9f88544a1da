"""`tongban ledger` reads what a host sends, within bounds, and says what stands in its way."""

import gzip
import socket
import tracemalloc
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from tongban.cli.ledger import source
from tongban.cli.tests.served_log import (
    CANNOT_CHECK,
    FAULT,
    GOOD,
    City,
    fault_in,
    leaf,
    serving,
)


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
