"""The embedded server keeps what it was given, whatever is killed, and lets nobody in without a password."""

import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tongban.cli.failure import Failure
from tongban.cli.postgres import Server
from tongban.cli.postgres.account import account_for

HOLDER = """
import sys, time
from pathlib import Path
from tongban.cli.postgres import Server
server = Server(Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder that the server's account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="tongban-place-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server(place: Path) -> Iterator[Server]:
    """A durable server that has not been started yet."""
    server = Server(place / "postgres")
    yield server
    server.remove()


def write_row(server: Server, text: str = "kept") -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("create table if not exists note (text text unique)")
        connection.execute("insert into note values (%s)", [text])


def rows(server: Server) -> list[str]:
    with psycopg.connect(server.url) as connection:
        return [text for (text,) in connection.execute("select text from note order by text")]


def kill(pid: int) -> None:
    """Kill a process and return when it has ended; that is left for its owner to notice."""
    ending = os.pidfd_open(pid)
    try:
        os.kill(pid, signal.SIGKILL)
        # Readable once the process has ended, and not before.
        assert select.select([ending], [], [], 20)[0], "it did not end"
    finally:
        os.close(ending)


def test_a_committed_row_outlives_the_killing_of_the_server_under_open_connections(server: Server) -> None:
    server.start()
    write_row(server)
    first = server.pid
    assert first is not None
    at_work = psycopg.connect(server.url)
    at_work.execute("select 1 from note")
    kill(first)
    server.stop()

    server.start()

    assert server.pid not in {None, first}
    assert rows(server) == ["kept"]
    at_work.close()


def test_a_server_whose_owner_was_killed_is_ended_and_nothing_is_lost(
    server: Server, spawn: Callable[..., subprocess.Popen[str]]
) -> None:
    holder = spawn(HOLDER, str(server.folder))
    assert holder.stdout is not None
    orphan = int(holder.stdout.readline())
    write_row(server)
    with pytest.raises(Failure, match="another process already runs"):
        server.start()
    holder.kill()
    holder.wait()
    assert psutil.pid_exists(orphan)

    server.start()

    assert server.pid != orphan
    assert not psutil.pid_exists(orphan) or psutil.Process(orphan).status() == psutil.STATUS_ZOMBIE
    assert rows(server) == ["kept"]


def test_two_servers_live_side_by_side_and_ending_orphans_of_one_spares_the_other(
    server: Server, place: Path
) -> None:
    server.start()
    write_row(server, "of the first")
    other = Server(place / "other")
    try:
        other.start()
        write_row(other, "of the second")
        other.stop()
        other.start()
        assert rows(server) == ["of the first"]
        assert rows(other) == ["of the second"]
    finally:
        other.remove()


def test_a_note_of_a_dead_server_that_names_a_living_stranger_does_not_stop_the_next(server: Server) -> None:
    server.start()
    write_row(server)
    server.stop()
    data = server.folder / "data"
    account = account_for(data)
    stranger = account.launch(["sleep", "600"], subprocess.DEVNULL)
    try:
        note = data / "postmaster.pid"
        note.write_text(f"{stranger.pid}\n{data}\n{int(time.time())}\n5432\n\n\n\n")
        account.own(note, 0o600)
        server.start()
        assert rows(server) == ["kept"]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_data_folder_whose_making_was_interrupted_is_made_anew(server: Server) -> None:
    (server.folder / "data.new").mkdir(parents=True)
    (server.folder / "data.new" / "half").write_text("of it")
    server.folder.chmod(0o711)
    server.start()
    write_row(server)
    assert rows(server) == ["kept"]


def test_the_application_is_no_superuser_owns_its_database_and_needs_its_password(server: Server) -> None:
    server.start()
    with psycopg.connect(server.url) as connection:
        told = connection.execute(
            "select current_user, rolsuper, rolcreatedb, rolcreaterole, pg_get_userbyid(datdba)"
            " from pg_roles, pg_database where rolname = current_user and datname = current_database()"
        ).fetchone()
        assert told == ("tongban", False, False, False, "tongban")
    for wrong in ("", "guess"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url, password=wrong)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.superuser_url, password="")


def test_the_server_commits_to_disk_and_speaks_utf8_in_a_plain_order(server: Server) -> None:
    server.start()
    with psycopg.connect(server.url) as connection:
        told = {
            name: connection.execute("select current_setting(%s)", [name]).fetchone()
            for name in ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "TimeZone")
        }
        database = connection.execute(
            "select pg_encoding_to_char(encoding), datcollate, datctype from pg_database"
            " where datname = current_database()"
        ).fetchone()
    assert told == {
        "fsync": ("on",),
        "synchronous_commit": ("on",),
        "full_page_writes": ("on",),
        "listen_addresses": ("",),
        "TimeZone": ("UTC",),
    }
    assert database == ("UTF8", "C.UTF-8", "C.UTF-8")


def test_the_log_of_the_server_holds_no_value_that_a_statement_carried(server: Server) -> None:
    server.start()
    write_row(server, "440301199001010018")
    with pytest.raises(psycopg.errors.UniqueViolation):
        write_row(server, "440301199001010018")
    with psycopg.connect(server.url) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("select '440301199001010018' from nowhere")
    log = (server.folder / "server.log").read_text()
    assert "duplicate key" in log
    assert "440301199001010018" not in log


def test_a_path_too_long_for_a_socket_gets_a_short_one(place: Path) -> None:
    deep = place / ("d" * 50) / ("e" * 50)
    deep.mkdir(parents=True)
    server = Server(deep / "postgres")
    try:
        server.start()
        write_row(server)
        assert rows(server) == ["kept"]
        socket = Path(str(psycopg.conninfo.conninfo_to_dict(server.url)["host"]))
        assert socket.parent == Path("/tmp")
        assert socket.stat().st_mode & 0o777 == 0o700
    finally:
        server.remove()
    assert not socket.exists()


def test_below_a_closed_folder_the_server_runs_all_the_same_and_leaves_nothing(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "postgres")
    try:
        server.start()
        write_row(server)
        home = server.folder.resolve()
        # Only root lends the server another account; for everybody else no folder of theirs is closed.
        assert (home != server.folder) == (os.geteuid() == 0)
        assert ("the database lives in" in capfd.readouterr().err) == (home != server.folder)
        server.stop()
        server.start()
        assert rows(server) == ["kept"]
    finally:
        server.remove()
    assert not home.exists()
    assert list(closed.iterdir()) == []


def test_only_the_owner_can_read_passwords_and_data(server: Server) -> None:
    server.start()
    assert (server.folder / "passwords.json").stat().st_mode & 0o777 == 0o600
    assert (server.folder / "data").stat().st_mode & 0o777 == 0o700
    assert (server.folder / "socket").stat().st_mode & 0o777 == 0o700
    assert not (server.folder / "password.new").exists()
