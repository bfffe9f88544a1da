"""A submission is committed and its answer is lost on the way: asked again, it is the same case."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from tongban.cases.tests.world import World, a_resident, a_world, kinds_of
from tongban.kernel.sql import run


class Wire:
    """Between us and the database: passes everything on but one answer, if told which.

    It stands in `folder` as a server's socket would.
    """

    def __init__(self, folder: Path, behind: str, port: str) -> None:
        self.lost, self._lose = threading.Event(), b""
        self._behind, self._port = behind, port
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / f".s.PGSQL.{port}"))
        self._door.listen()
        threading.Thread(target=self._open, daemon=True).start()

    def lose_the_answer_with(self, word: bytes) -> None:
        self._lose = word

    def close(self) -> None:
        self._door.close()

    def _open(self) -> None:
        while True:
            try:
                here = self._door.accept()[0]
            except OSError:
                return
            there = self._reach()
            threading.Thread(target=_pass_on, args=(here, there), daemon=True).start()
            threading.Thread(target=self._answer, args=(there, here), daemon=True).start()

    def _reach(self) -> socket.socket:
        if not self._behind.startswith("/"):
            return socket.create_connection((self._behind, int(self._port)))
        there = socket.socket(socket.AF_UNIX)
        there.connect(f"{self._behind}/.s.PGSQL.{self._port}")
        return there

    def _answer(self, there: socket.socket, here: socket.socket) -> None:
        while part := _received(there):
            # An answer this short comes whole, and only after the commit.
            if self._lose and self._lose in part:
                self._lose = b""
                self.lost.set()
                break
            here.sendall(part)
        for end in (here, there):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    while part := _received(here):
        there.sendall(part)


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(65536)
    except OSError:
        return b""


@pytest.fixture
def wire(transactional_db: None, tmp_path: Path) -> Iterator[Wire]:
    """A wire between Django and its database, as long as the test lasts."""
    known = dict(connection.settings_dict)
    built = Wire(tmp_path, known["HOST"] or "localhost", str(known["PORT"] or 5432))
    connection.close()
    connection.settings_dict["HOST"] = str(tmp_path)
    yield built
    connection.close()
    connection.settings_dict["HOST"] = known["HOST"]
    built.close()


def test_a_submission_whose_answer_was_lost_is_given_its_receipt(wire: Wire) -> None:
    world: World = a_world()
    resident = a_resident()
    first = world.submit(by=resident)
    wire.lose_the_answer_with(f"case {first.number[:9]}".encode())
    second = world.submit(by=resident, key="once")
    assert wire.lost.is_set()
    assert kinds_of(second.number) == ["submitted"]
    stored = run("select number from cases_case where applicant = $1::bytea order by id", (resident.person,))
    assert stored == [(first.number,), (second.number,)]
    assert world.submit(by=resident, key="once").receipt == second.receipt
