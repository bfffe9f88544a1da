"""A database knows its key ring: beside a lost or a foreign one nothing starts, and none is made."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tongban.kernel.keys import ring

DATABASE = f"ring_{os.getpid()}"
COMMANDS = {
    "migrate": ("migrate",),
    "serve": ("serve", "--port", "0"),
    "worker": ("worker",),
    "token": ("token", "list"),
    "rewrap": ("keys", "rewrap"),
}


def tongban(var: Path, *command: str) -> tuple[int, str]:
    """Exit code and last words of a command of the installation in this folder, on our database."""
    surroundings = os.environ | {
        "TONGBAN_VAR": str(var),
        "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=DATABASE),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "tongban.cli", *command],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stderr


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of an installation whose database was migrated."""
    var, name = tmp_path_factory.mktemp("kept"), sql.Identifier(DATABASE)
    with psycopg.connect(
        make_conninfo(os.environ["DATABASE_URL"], dbname="postgres"), autocommit=True
    ) as server:
        server.execute(sql.SQL("create database {} template template0").format(name))
        try:
            assert tongban(var, "migrate") == (0, "")
            yield var
        finally:
            server.execute(sql.SQL("drop database {} with (force)").format(name))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A data folder with the ring of another installation."""
    ring(tmp_path)
    return tmp_path


def test_its_own_ring_fits_again_and_after_a_rotation(kept: Path) -> None:
    assert tongban(kept, "keys", "rotate") == (0, "")
    assert [tongban(kept, *COMMANDS[name]) for name in ("migrate", "token")] == [(0, ""), (0, "")]


@pytest.mark.parametrize("command", COMMANDS)
def test_beside_a_lost_ring_nothing_starts_and_none_is_made(kept: Path, tmp_path: Path, command: str) -> None:
    code, said = tongban(tmp_path, *COMMANDS[command])
    assert (code, said.count("\n")) == (1, 1)
    assert "is missing" in said and "from its backup" in said
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_beside_a_foreign_ring_nothing_starts(kept: Path, foreign: Path, command: str) -> None:
    code, said = tongban(foreign, *COMMANDS[command])
    assert (code, said.count("\n")) == (1, 1)
    assert "is another" in said and "from its backup" in said


def test_a_ring_brought_back_opens_the_house_again(kept: Path, tmp_path: Path) -> None:
    assert tongban(tmp_path, "migrate")[0] == 1
    shutil.copytree(kept / "keys", tmp_path / "keys")
    assert tongban(tmp_path, "migrate") == (0, "")


def test_a_ring_that_is_not_there_is_not_rotated(tmp_path: Path) -> None:
    code, said = tongban(tmp_path, "keys", "rotate")
    assert (code, "no key ring" in said) == (1, True)
    assert not (tmp_path / "keys").exists()
