"""The tests' throw-away server leaves nothing behind, not even when its run was killed."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tongban.cli.postgres import temporary_server

KILLED = """
import time
from tongban.cli.postgres import temporary_server
with temporary_server() as server:
    print(server.pid, server.folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def own_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A place where no other run's servers are found."""
    place = Path(tempfile.mkdtemp(prefix="tongban-place-"))
    place.chmod(0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    yield
    shutil.rmtree(place)


def test_it_is_gone_afterwards_and_its_role_may_make_the_databases_of_tests() -> None:
    with temporary_server() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("create database of_a_test")
        folder = server.folder
    assert not folder.parent.exists()


def test_what_a_killed_run_left_behind_is_ended_and_removed_by_the_next(
    spawn: Callable[..., subprocess.Popen[str]],
) -> None:
    run = spawn(KILLED)
    assert run.stdout is not None
    pid, folder = run.stdout.readline().split()
    left = Path(folder).parent
    with temporary_server():
        assert psutil.pid_exists(int(pid)), "a run that lives must be left alone"
    run.kill()
    run.wait()
    an_hour_ago = time.time() - 3600
    os.utime(left, (an_hour_ago, an_hour_ago))

    with temporary_server():
        assert not left.exists()
    assert not psutil.pid_exists(int(pid)) or psutil.Process(int(pid)).status() == psutil.STATUS_ZOMBIE
