"""One embedded PostgreSQL server: started, repaired after a crash, stopped."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg
from psycopg import sql

from tongban.cli.failure import Failure
from tongban.cli.postgres import places as at
from tongban.cli.postgres.account import Account, account_for
from tongban.cli.postgres.orphans import end_orphans
from tongban.cli.postgres.places import Places

SUPERUSER, ROLE, DATABASE = "postgres", "tongban", "tongban"

SETTINGS = {
    "listen_addresses": "",
    "port": str(at.PORT),
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "idle_in_transaction_session_timeout": "5min",
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    # A statement or the detail of an error may carry personal data; neither may reach a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
FORGETFUL = {"synchronous_commit": "off", "fsync": "off", "full_page_writes": "off"}

START_WITHIN, RECOVER_WITHIN, STOP_WITHIN = 20.0, 600.0, 60.0
LARGEST_LOG = 10_000_000


class Server:
    """A PostgreSQL of our own in `folder`, reached over a unix socket with a password.

    `durable=False` is for the tests' throw-away server alone: it forgets on a power cut, and its role may
    make databases. Raises `Failure` with one clear sentence when it cannot run.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._held: IO[str] | None = None

    @property
    def exists(self) -> bool:
        """Whether a server was ever started here, so that `url` can be told."""
        return (self.folder / "passwords.json").exists()

    @property
    def url(self) -> str:
        """The address of the application's database, for its owner, who is no superuser."""
        return self._places.url(ROLE, DATABASE)

    @property
    def superuser_url(self) -> str:
        """The address for the superuser, who keeps house; the application never uses it."""
        return self._places.url(SUPERUSER, "postgres")

    @property
    def pid(self) -> int | None:
        """The process id while the server that we started runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Return when the database answers; what a crash left behind is ended and repaired first."""
        account = account_for(at.real_home(self.folder) / "data")
        places = Places(at.make_home(self.folder, account))
        self._take_lock(places)
        try:
            end_orphans(places, account)
            programs = at.programs(places, account)
            at.make_passwords(places, (SUPERUSER, ROLE))
            at.make_socket_folder(places, account)
            _initialise(programs, places, account)
            self._run(programs, places, account)
            self._make_database()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Let running statements end as aborted, write everything out, stop. Safe to call twice."""
        if self._process is not None:
            for ending, patience in (
                (signal.SIGINT, STOP_WITHIN),
                (signal.SIGQUIT, 10.0),
                (signal.SIGKILL, None),
            ):
                self._process.send_signal(ending)
                try:
                    self._process.wait(patience)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self._process = None
        if self._held is not None:
            self._held.close()
            self._held = None

    def remove(self) -> None:
        """Stop what runs here, ours or an orphan, and delete every file; refused while another runs it."""
        self.stop()
        if not self.folder.exists():
            return
        places = self._places
        self._take_lock(places)
        end_orphans(places, account_for(places.data))
        shutil.rmtree(places.socket, ignore_errors=True)
        shutil.rmtree(places.home)
        if self.folder.is_symlink():
            self.folder.unlink()
        self.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _places(self) -> Places:
        return Places(at.real_home(self.folder))

    def _take_lock(self, places: Places) -> None:
        """Hold the folder until `stop`; the system lets go of it when this process dies."""
        if self._held is not None:
            return
        held = places.lock.open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            raise Failure(f"another process already runs the database in {self.folder}") from None
        self._held = held

    def _run(self, programs: Path, places: Places, account: Account) -> None:
        """Start until it answers; again for some seconds: memory of a killed server is freed with a delay."""
        until = time.monotonic() + START_WITHIN
        while True:
            self._process, said = _launch(programs, places, account, self._durable)
            if self._answers():
                return
            if time.monotonic() > until:
                raise Failure(
                    f"PostgreSQL does not start: {_last_line(places.log, said)} (whole log: {places.log})"
                )
            end_orphans(places, account)
            time.sleep(0.5)

    def _answers(self) -> bool:
        """Wait while the server starts or recovers; False when it ended instead."""
        until = time.monotonic() + RECOVER_WITHIN
        while self.pid is not None and time.monotonic() < until:
            try:
                psycopg.connect(self.superuser_url, connect_timeout=5).close()
                return True
            except psycopg.OperationalError:
                time.sleep(0.05)
        return False

    def _make_database(self) -> None:
        """The application's role and its database, where they are missing."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
                password = psycopg.conninfo.conninfo_to_dict(self.url)["password"]
                rights = sql.SQL("nocreatedb" if self._durable else "createdb")
                connection.execute(
                    sql.SQL("create role {} login nosuperuser nocreaterole {} password {}").format(
                        sql.Identifier(ROLE), rights, sql.Literal(password)
                    )
                )
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("create database {} owner {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(ROLE)
                    )
                )


def _initialise(programs: Path, places: Places, account: Account) -> None:
    """Make the data folder, whole or not at all."""
    if places.data.exists():
        return
    draft, secret = places.home / "data.new", places.home / "password.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    account.own(draft, 0o700)
    password = psycopg.conninfo.conninfo_to_dict(places.url(SUPERUSER, "postgres"))["password"]
    secret.touch(0o600)
    account.own(secret, 0o600)
    secret.write_text(str(password))
    options = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--auth=scram-sha-256"]
    with places.log.open("ab") as log:
        said = log.tell()
        initdb: list[str | Path] = [
            programs / "initdb",
            "-D",
            draft,
            "-U",
            SUPERUSER,
            f"--pwfile={secret}",
            *options,
        ]
        done = account.launch(initdb, log).wait()
    secret.unlink()
    if done != 0:
        raise Failure(f"PostgreSQL cannot make its data folder: {_last_line(places.log, said)}")
    draft.rename(places.data)
    _sync(places.home)


def _sync(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _launch(
    programs: Path, places: Places, account: Account, durable: bool
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server; give its process and where in the log its words begin."""
    if places.log.exists() and places.log.stat().st_size > LARGEST_LOG:
        places.log.rename(places.log.with_suffix(".log.1"))
    settings = SETTINGS | ({} if durable else FORGETFUL)
    settings |= {"cluster_name": places.name, "unix_socket_directories": str(places.socket)}
    command: list[str | Path] = [programs / "postgres", "-D", places.data]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with places.log.open("ab") as log:
        return account.launch(command, log), log.tell()


def _last_line(log: Path, begin: int) -> str:
    """The last thing said since `begin` (bytes): the reason, as PostgreSQL gives it."""
    with log.open("rb") as file:
        file.seek(begin)
        lines = file.read().decode(errors="replace").split("\n")
    said = [line.strip() for line in lines if "FATAL" in line or "error:" in line] or [
        line for line in lines if line
    ]
    return said[-1] if said else "it said nothing"
