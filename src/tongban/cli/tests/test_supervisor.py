"""Children are restarted when they end, ended when told, and found again after their parent was killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tongban.cli.failure import Failure
from tongban.cli.supervisor import RUN, Child, begin_run

# A child with a child of its own, which it names.
FAMILY = """
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(grandchild.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """An empty data folder."""
    (tmp_path / "run").mkdir()
    return tmp_path


@pytest.fixture(autouse=True)
def own_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a run puts into the environment ends with the test."""
    monkeypatch.setenv(RUN, "of nobody")


@pytest.fixture
def family(var: Path) -> Iterator[Child]:
    """A child that is not started yet, and has a child when it is."""
    child = Child("family", [sys.executable, "-c", FAMILY], var)
    yield child
    child.stop()


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_until(done: Callable[[], object], *, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.02)


def members(child: Child) -> list[int]:
    """The ids of the child and of its child."""
    wait_until(lambda: child.log.exists() and child.log.read_text().endswith("\n"))
    return [int((child.var / "run" / "family.pid").read_text()), int(child.log.read_text().split()[-1])]


def test_stopping_a_child_ends_its_children_too(family: Child) -> None:
    family.start()
    pids = members(family)
    family.stop()
    wait_until(lambda: not any(alive(pid) for pid in pids))
    assert not (family.var / "run" / "family.pid").exists()


def test_a_child_that_was_killed_is_started_again_without_what_it_left(family: Child) -> None:
    family.start()
    parent, grandchild = members(family)
    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: not alive(parent))

    def another_runs() -> bool:
        family.keep_running()
        return int((family.var / "run" / "family.pid").read_text()) != parent

    wait_until(another_runs)
    assert not alive(grandchild)


def test_a_child_that_ends_at_once_every_time_stops_the_lot_with_its_last_words(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = Child("broken", [sys.executable, "-c", "import sys; sys.exit('no such table')"], var)
    child.start()

    def keep_on() -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            child.keep_running()

    with pytest.raises(Failure, match=r"broken ended 5 times in a row: no such table"):
        keep_on()


def test_a_new_run_ends_all_of_a_killed_one_and_spares_every_other(var: Path, family: Child) -> None:
    begin_run(var)
    family.start()
    left = members(family)
    stranger = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"], env={**os.environ, RUN: "another"}
    )
    os.kill(left[0], signal.SIGKILL)
    wait_until(lambda: not alive(left[0]))
    try:
        ended = begin_run(var)
        assert ended == 1
        assert not alive(left[1])
        assert alive(stranger.pid)
    finally:
        stranger.kill()
        stranger.wait()


def test_a_first_run_has_nothing_to_end(var: Path) -> None:
    assert begin_run(var) == 0
    assert (var / "run" / "id").read_text() == os.environ[RUN]
