"""One command starts everything, survives being killed, and stops everything."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tongban.cli.postgres import Server

FIRST_START_WITHIN, SECOND_START_WITHIN = 90.0, 30.0


@contextmanager
def empty_folder() -> Iterator[Path]:
    """An empty data folder that the account of the database may pass through."""
    place = Path(tempfile.mkdtemp(prefix="tongban-place-"))
    place.chmod(0o711)
    yield place / "var"
    end_everything(place / "var")
    Server(place / "var" / "postgres").remove()
    shutil.rmtree(place)


def free_port() -> int:
    """A port that nobody had a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Standing:
    """A demonstration that runs, and may be killed and started again.

    It was killed once before, in the middle of its past, when `page` was shown and a deed `refused`.
    """

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.page, self.refused = self.break_off()
        self.said = self.start(within=FIRST_START_WITHIN)

    def break_off(self) -> tuple[str, tuple[int, str]]:
        """Start it and kill it while its past is lived through; what page and what answer there was."""
        self.process = demo(self.var, self.port, cases=2000)
        words_until_ready(self.process, seconds=FIRST_START_WITHIN, sign="is being lived through")
        page = first_page(self.port)
        with pytest.raises(urllib.error.HTTPError) as closed:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/cases", data=b"{}", timeout=20)
        refused = closed.value.code, closed.value.read().decode()
        wait_until(lambda: arrived(self.var) > 0)
        self.kill()
        return page, refused

    def start(self, *, within: float) -> str:
        """Start it, until everything runs; what it said."""
        self.process = demo(self.var, self.port)
        return words_until_ready(self.process, seconds=within)

    def kill(self) -> None:
        """Kill all of it at once."""
        self.process.kill()
        end_everything(self.var)
        self.process.communicate()

    def stop(self) -> str:
        """Tell it to stop; what it said to that."""
        self.process.terminate()
        return self.process.communicate(timeout=60)[0]


@pytest.fixture(scope="module")
def running() -> Iterator[Standing]:
    """A demonstration that stands before every test and after it, but for the last."""
    with empty_folder() as folder:
        standing = Standing(folder)
        yield standing
        if standing.process.returncode is None:
            standing.stop()


def demo(var: Path, port: int, *, cases: int = 3) -> subprocess.Popen[str]:
    """Start the demonstration on a data folder and a port, with so many cases in its past."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"TONGBAN_VAR": str(var), "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "tongban.cli", "demo", "--port", str(port), "--cases", str(cases)],
        env=environment | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def words_until_ready(
    process: subprocess.Popen[str], *, seconds: float, sign: str = "Ctrl-C stops everything"
) -> str:
    """What it says until everything runs, or until a sign; fails when it ends or takes longer."""
    assert process.stdout is not None
    started, said = time.monotonic(), ""
    for line in process.stdout:
        said += line
        if sign in line:
            assert time.monotonic() - started < seconds, said
            return said
    pytest.fail(f"the demonstration ended: {said}")


def processes_of(var: Path) -> list[psutil.Process]:
    """Web, worker and all processes of the database, as long as they live."""
    run = (var / "run" / "id").read_text()
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("TONGBAN_RUN") == run:
                found.append(process)
    if number := postmaster(var):
        with suppress(psutil.Error):
            found.append(psutil.Process(number))
    return [process for process in found if process.pid != os.getpid()]


def postmaster(var: Path) -> int | None:
    """The process that is the database; None while it has ended or only begins: its note is empty first."""
    note = var / "postgres" / "data" / "postmaster.pid"
    words = note.read_text().split() if note.exists() else []
    return int(words[0]) if words else None


def end_everything(var: Path) -> None:
    """Kill all of it at once, as a power cut would."""
    if (var / "run" / "id").exists():
        for process in processes_of(var):
            with suppress(psutil.NoSuchProcess):
                process.kill()


def wait_until(done: Callable[[], object], *, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)


def tables(var: Path) -> int:
    with psycopg.connect(Server(var / "postgres").url) as connection:
        found = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert found is not None
    return int(found[0])


def arrived(var: Path) -> int:
    """How many cases there are."""
    with psycopg.connect(Server(var / "postgres").url) as connection:
        found = connection.execute("select count(*) from cases_case").fetchone()
    assert found is not None
    return int(found[0])


def first_page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
        return str(page.read().decode())


@pytest.mark.xdist_group("running")
def test_no_worker_runs_while_the_past_is_lived_through(running: Standing) -> None:
    var = running.var
    # The note of how far it has come is taken away at its end; nothing is put beside it or taken later.
    assert (var / "run" / "worker.pid").stat().st_mtime > var.stat().st_mtime


@pytest.mark.xdist_group("running")
def test_while_the_past_is_made_nothing_can_be_done_and_a_broken_one_begins_anew(running: Standing) -> None:
    assert "过去半年的办件正在生成" in running.page
    code, told = running.refused
    assert code == 503
    assert "demonstration.being-made" in told
    assert arrived(running.var) == 3
    assert "过去半年的办件正在生成" not in first_page(running.port)


@pytest.mark.xdist_group("running")
def test_a_killed_database_is_started_again_while_everything_runs(running: Standing) -> None:
    var = running.var
    killed = postmaster(var)
    assert killed is not None
    before = tables(var)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: postmaster(var) not in (None, killed))

    def answers() -> bool:
        with suppress(psycopg.OperationalError):
            return tables(var) == before
        return False

    wait_until(answers)


@pytest.mark.xdist_group("running")
def test_two_demonstrations_on_one_folder_or_one_port_are_refused_in_one_line(
    running: Standing, tmp_path: Path
) -> None:
    var, port = running.var, running.port
    same_folder = demo(var, free_port())
    said, _ = same_folder.communicate(timeout=30)
    assert said == f"tongban: an installation already runs on {var}: choose another with VAR=…\n"
    assert same_folder.returncode == 1

    same_port = demo(tmp_path, port)
    said, _ = same_port.communicate(timeout=30)
    assert said.startswith(f"tongban: port {port} cannot be had")
    assert said.endswith("choose another with PORT=…\n")
    assert same_port.returncode == 1


@pytest.mark.xdist_group("running")
def test_it_starts_again_after_everything_was_killed(running: Standing) -> None:
    assert f"http://127.0.0.1:{running.port}/" in running.said
    with psycopg.connect(Server(running.var / "postgres").url) as connection:
        connection.execute("create table kept (text text)")
    before = tables(running.var)
    running.kill()
    running.start(within=SECOND_START_WITHIN)
    assert first_page(running.port)
    assert tables(running.var) == before


@pytest.mark.xdist_group("running")
def test_orphans_of_a_killed_supervisor_are_ended_by_the_next_start(running: Standing) -> None:
    running.process.kill()
    running.process.wait()
    orphans = processes_of(running.var)
    assert len(orphans) >= 3
    assert first_page(running.port), "the orphans still answer"

    said = running.start(within=SECOND_START_WITHIN)

    assert "that an earlier run had left behind" in said
    assert not {process.pid for process in orphans} & {process.pid for process in processes_of(running.var)}


@pytest.mark.xdist_group("running")
def test_all_of_it_stops_when_told(running: Standing) -> None:
    assert running.stop().strip() == "tongban: stopped"
    assert running.process.returncode == 0
    assert processes_of(running.var) == []
