"""`tongban worker`, told to stop, is gone within seconds and leaves nothing half done."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tongban.cases.tests.world import World, a_world, kinds_of
from tongban.kernel.sql import run
from tongban.site.tests.deliveries import a_granted_case, deliver, id_of, jobs_for

STOPS_WITHIN, SOON = 8.0, 60.0
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts workers on a database, the test's own unless another is named; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(database: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"DATABASE_URL": database, "TONGBAN_VAR": str(settings.VAR)}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        with (tmp_path / "said").open("ab") as said:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tongban.cli", "worker"], env=environment, stdout=said, stderr=said
                )
            )
        return started[-1]

    yield begin
    for worker in started:
        worker.kill()
        worker.wait()


def own_database() -> str:
    """The address of the test's database."""
    known = connection.get_connection_params()
    return make_conninfo(
        **{key: known[key] for key in ("dbname", "user", "password", "host", "port") if key in known}
    )


def comes_true(what: Callable[[], bool]) -> bool:
    """Look again and again, for a while."""
    pause = threading.Event()
    return any(what() or pause.wait(0.02) for _ in range(int(SOON / 0.02)))


def stop(worker: subprocess.Popen[bytes]) -> int:
    """Told politely, its exit code; TimeoutExpired where it does not end."""
    worker.send_signal(signal.SIGTERM)
    return worker.wait(STOPS_WITHIN)


def is_whole(number: str) -> bool:
    """Completed, or delivered with the one leaf or the one job that will complete it."""
    [(leaves,)] = run(
        "select count(*) from ledger_pending where case_id = $1::bigint and told = 'cases.delivered'",
        (id_of(number),),
    )
    ahead = ["leaf"] * leaves + jobs_for(number)
    if kinds_of(number)[-1] == "completed":
        return ahead == []
    return ahead in (["leaf"], ["todo"])


def test_stopped_in_the_middle_it_leaves_every_deed_done_or_still_to_do(
    transactional_db: None, start: Start
) -> None:
    world: World = a_world()
    numbers = [a_granted_case(world) for _ in range(20)]
    first = start(own_database())
    for number in numbers:
        deliver(world, number)
    assert comes_true(lambda: any(kinds_of(number)[-1] == "completed" for number in numbers))
    assert stop(first) == 0
    assert all(is_whole(number) for number in numbers)
    second = start(own_database())
    assert comes_true(lambda: all(kinds_of(number)[-1] == "completed" for number in numbers))
    assert stop(second) == 0
    assert all(kinds_of(number).count("completed") == 1 for number in numbers)


def test_it_stops_while_the_database_is_away(start: Start, tmp_path: Path) -> None:
    worker = start(make_conninfo(dbname="nowhere", host=str(tmp_path)))
    assert comes_true(lambda: "ledger.not-sealed" in (tmp_path / "said").read_text())
    assert stop(worker) == 0
