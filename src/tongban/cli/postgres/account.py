"""The account of the operating system that the server runs under.

PostgreSQL refuses to run as root. Root therefore lends it an account that is there already; everybody else
runs it as themselves.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tongban.cli.failure import Failure

# Debian's own account of a PostgreSQL package first, then the one every system has.
UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server; `lent` when root steps down to it."""

    name: str
    uid: int
    gid: int
    lent: bool

    def launch(self, command: Sequence[str | Path], output: int | IO[bytes]) -> subprocess.Popen[bytes]:
        """Start a program of the server as this account, out of reach of the terminal's Ctrl-C."""
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            umask=0o077,
            start_new_session=True,
            user=self.uid if self.lent else None,
            group=self.gid if self.lent else None,
            extra_groups=[] if self.lent else None,
        )

    def can_run(self, command: Sequence[str | Path]) -> bool:
        """Whether this account reaches the program, loads its libraries and gets 0 from it."""
        try:
            return self.launch(command, subprocess.DEVNULL).wait() == 0
        except PermissionError:
            return False

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may pass through the folder and all folders above it."""
        return self.can_run(["test", "-x", folder])

    def own(self, path: Path, mode: int) -> None:
        """Hand a file or folder to this account, with exactly this mode."""
        path.chmod(mode)
        if self.lent:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """The owner of a data folder that is there; for a new one the caller, or what root may lend."""
    if os.geteuid() != 0:
        return Account(pwd.getpwuid(os.geteuid()).pw_name, os.geteuid(), os.getegid(), lent=False)
    if data.exists():
        owner = data.stat()
        return Account(pwd.getpwuid(owner.st_uid).pw_name, owner.st_uid, owner.st_gid, lent=True)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid, lent=True)
    raise Failure(
        f"PostgreSQL does not run as root, and there is no account named {' or '.join(UNPRIVILEGED)}: "
        "run this as an ordinary user, or set DATABASE_URL"
    )
