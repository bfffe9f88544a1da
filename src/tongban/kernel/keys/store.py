"""The ring's file: made once, whole, by whichever process comes first, and readable by its owner alone."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

_FORM = 1
_SECRET_BYTES = 32


class RingExposed(Exception):
    """Others on this machine may read the ring; nothing is sealed under keys that may be known."""


class RingDamaged(Exception):
    """The ring's file is not whole. Bring it back from its copy: a new one opens nothing of old."""


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What stands in the file: each secret in hexadecimal, the master keys by id (`m1`, `m2`, …)."""

    current: str
    masters: Mapping[str, str]
    person: str = field(default_factory=lambda: secrets.token_hex(_SECRET_BYTES))
    token: str = field(default_factory=lambda: secrets.token_hex(_SECRET_BYTES))
    django: str = field(default_factory=lambda: secrets.token_hex(_SECRET_BYTES))
    log: str = field(default_factory=lambda: secrets.token_hex(_SECRET_BYTES))
    receipt: str = field(default_factory=lambda: secrets.token_hex(_SECRET_BYTES))
    form: int = _FORM


def path_of(var: Path) -> Path:
    """Where the ring of this data folder lies."""
    return var / "keys" / "ring.json"


def made(var: Path) -> bool:
    """Whether this data folder has a ring; asking makes none."""
    return path_of(var).exists()


def changed_at(var: Path) -> datetime:
    """When this machine's ring was last written: made, rotated or copied here."""
    return datetime.fromtimestamp(path_of(var).stat().st_mtime, UTC)


def read(var: Path) -> Secrets:
    """The ring's secrets, made first where there are none; RingExposed, RingDamaged."""
    path = path_of(var)
    if not made(var):
        _create(path)
    _refuse_if_exposed(path)
    try:
        found = Secrets(**json.loads(path.read_text("ascii")))
        held = [*found.masters.values(), found.person, found.token, found.django, found.log, found.receipt]
        whole = found.form == _FORM and found.current in found.masters
        whole = whole and all(len(bytes.fromhex(secret)) == _SECRET_BYTES for secret in held)
    except (TypeError, ValueError, AttributeError) as fault:
        raise RingDamaged(f"{path} cannot be read as a key ring") from fault
    if not whole:
        raise RingDamaged(f"{path} lacks a key, or was written by a later version")
    return found


def add_master(var: Path) -> str:
    """Add a master key and make it the current one; the old ones stay, for opening. Returns its id."""
    with _changing(var) as held:
        name = f"m{max(int(known[1:]) for known in held.masters) + 1}"
        masters = {**held.masters, name: secrets.token_hex(_SECRET_BYTES)}
        _put(path_of(var), replace(held, current=name, masters=masters))
    return name


def drop_master(var: Path, name: str) -> bool:
    """Take a master key out of the ring, for ever; whether it was there. ValueError for the current one."""
    with _changing(var) as held:
        if name == held.current:
            raise ValueError(f"master key {name} is the one that wraps now")
        if name not in held.masters:
            return False
        masters = {known: key for known, key in held.masters.items() if known != name}
        _put(path_of(var), replace(held, masters=masters))
    return True


@contextmanager
def _changing(var: Path) -> Iterator[Secrets]:
    """The ring as it is while nobody else on this machine changes it."""
    read(var)
    with _alone(path_of(var).parent):
        yield read(var)


def _put(path: Path, held: Secrets) -> None:
    """Have the file hold these, whole at every moment."""
    _written_beside(path, held).replace(path)
    _settle(path.parent)


def _create(path: Path) -> None:
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    beside = _written_beside(path, Secrets(current="m1", masters={"m1": secrets.token_hex(_SECRET_BYTES)}))
    try:
        # A link fails where the name is taken: of two processes starting at once, one gives the ring to both.
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
        _settle(path.parent)
    _settle(path.parent.parent)


def _written_beside(path: Path, held: Secrets) -> Path:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as file:
        json.dump(asdict(held), file, indent=1)
        file.flush()
        os.fsync(handle)
    return beside


def _settle(folder: Path) -> None:
    """Make a new name in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_if_exposed(path: Path) -> None:
    for place in (path.parent, path):
        if place.stat().st_mode & 0o077:
            raise RingExposed(f"others may read {place}; run: chmod go= {place}")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, so that two rotations at once add two keys and lose none."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
