"""`make guards`: break each protection in a copy of the tree, and see a test fail for it.

A guard names a protection, the one small replacement that takes it away, and the tests that must notice. A
guard whose text no longer stands where it stood, exactly once, fails as loudly as one that nobody noticed. A
protection counts as seen only where a named test failed by its own judgement: a tree that cannot be imported
or a statement that cannot be parsed proves nothing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from queue import SimpleQueue
from xml.etree import ElementTree

import psycopg
import yaml
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tongban.cli.postgres import temporary_server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LEFT_OUT = {".git", ".venv", "var", ".hypothesis"}
WORKSHOPS = 3
"""One more than the two cores this is meant for: some guards only wait."""

SOUND = "guards_sound"
PATIENCE = 150
"""Seconds for the tests of one guard; a broken lock is noticed after some ten."""

SPARED = ("-pno:schemathesis", "-pno:anyio")
"""What pytest need not load; a third of the time that a run takes to begin."""

JUDGEMENTS = (
    "assert ",
    "AssertionError",
    "Failed: ",
    "tongban.kernel.refusal.Refusal",
    "tongban.kernel.keys.sealing.Unreadable",
    "django.db.utils.IntegrityError",
)
"""How a failure begins that is a test's judgement, or one protection standing in for another."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A protection, where it stands, what stands there and what takes it away, and who must notice."""

    protects: str
    file: str
    was: str
    becomes: str
    seen_by: tuple[str, ...]

    @property
    def in_database(self) -> bool:
        """Whether the database itself gives this protection, and must be made anew without it."""
        return "/migrations/" in self.file

    def broken(self, text: str) -> str:
        """The text without the protection; ValueError unless it stands there exactly once."""
        found = text.count(self.was)
        if found != 1:
            raise ValueError(f"the text to break stands {found} times in {self.file}, not once")
        return text.replace(self.was, self.becomes)


def guards() -> list[Guard]:
    """Every guard of the lists beside this file, in their order."""
    return list(chain.from_iterable(map(_listed, sorted(HERE.glob("*.yaml")))))


def _listed(file: Path) -> Iterator[Guard]:
    for one in yaml.safe_load(file.read_text("utf-8")):
        seen_by = tuple(one["seen_by"])
        yield Guard(one["protects"], one["in"], one["was"], one["becomes"], seen_by)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of pytest said: its exit code, its words, and by test what failed and what could not run."""

    code: int
    said: str
    failed: dict[str, str]
    erred: dict[str, str]

    @property
    def judged(self) -> str | None:
        """A test that failed by its own judgement."""
        return next((test for test, why in self.failed.items() if why.startswith(JUDGEMENTS)), None)

    @property
    def why(self) -> str:
        """The first line of whatever went wrong."""
        told = [f"{test}: {why}" for test, why in (self.failed | self.erred).items()]
        told += [line for line in self.said.splitlines() if line.startswith("ERROR")]
        return (told or [f"pytest ended with {self.code}"])[0].splitlines()[0]


class Workshop:
    """A copy of the tree in which protections are broken, one at a time, each on a database of its own."""

    def __init__(self, folder: Path, server: str) -> None:
        self._tree, self._report, self._var = folder / "tree", folder / "report.xml", folder / "var"
        self._server, self._name, self._tries = server, f"guards_{folder.name}", count(1)
        shutil.copytree(ROOT, self._tree, ignore=_left_out)

    def lay_tables(self) -> None:
        """Make the database of the unbroken tree, which is copied for every guard that breaks code."""
        # Django's own migrate: the tests come with a key ring of their own, and ours would remember another.
        settings = "--settings=tongban.site.settings"
        ended = self._run("-m", "django", "migrate", settings, database=SOUND)
        if ended.returncode:
            raise SystemExit(ended.stdout)

    def unsound(self, tests: Sequence[str]) -> str | None:
        """Why these tests do not pass while nothing is broken; None if they do."""
        outcome = self._try(tests, patience=600)
        return None if outcome.code == 0 else outcome.why

    def judge(self, guard: Guard) -> tuple[bool, str]:
        """Whether someone notices that this protection is gone: who, or why nobody."""
        file = self._tree / guard.file
        try:
            text, stood = file.read_text("utf-8"), file.stat()
            broken = guard.broken(text)
        except (OSError, ValueError) as stale:
            return False, str(stale)
        try:
            file.write_text(broken, "utf-8")
            # Python knows a compiled module by the time and size of its source: no two may be alike.
            os.utime(file, (stood.st_atime, stood.st_mtime + 100 * next(self._tries)))
            return _verdict(self._try(guard.seen_by, anew=guard.in_database))
        except subprocess.TimeoutExpired:
            return False, f"its tests did not end within {PATIENCE} s"
        finally:
            file.write_text(text, "utf-8")
            os.utime(file, ns=(stood.st_atime_ns, stood.st_mtime_ns))

    def _try(self, tests: Sequence[str], *, anew: bool = False, patience: float = PATIENCE) -> Outcome:
        """What pytest says of these tests, on a copy of the sound database or, `anew`, on this tree's own."""
        name = f"{self._name}_{next(self._tries)}"
        self._report.unlink(missing_ok=True)
        fresh = "--create-db" if anew else "--reuse-db"
        options = [fresh, "--tb=no", "-pno:cacheprovider", *SPARED, f"--junit-xml={self._report}"]
        with _database(self._server, f"test_{name}", made=not anew):
            ended = self._run("-m", "pytest", *options, *tests, database=name, patience=patience)
        return _outcome(ended, self._report)

    def _run(
        self, *arguments: str, database: str, patience: float = PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        surroundings = os.environ | {
            "PYTHONPATH": str(self._tree / "src"),
            "DATABASE_URL": make_conninfo(self._server, dbname=database),
            "TONGBAN_VAR": str(self._var),
            # Hypothesis then tries the same examples every time.
            "CI": "1",
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self._tree,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=patience,
            check=False,
        )


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What of the tree is not part of the project."""
    if Path(folder) == ROOT:
        return {name for name in names if name in LEFT_OUT or name.endswith("_cache")}
    return {name for name in names if name == "__pycache__"}


@contextmanager
def _database(server: str, name: str, *, made: bool = True, like: str = SOUND) -> Iterator[None]:
    """A database of that name, copied from another where it is to be made, and dropped afterwards."""
    known, copied = sql.Identifier(name), sql.Identifier(like)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {}").format(known))
        if made:
            connection.execute(sql.SQL("create database {} template {}").format(known, copied))
    try:
        yield
    finally:
        # One that a killed run still holds goes with its server.
        with psycopg.connect(server, autocommit=True) as connection, suppress(psycopg.errors.ObjectInUse):
            connection.execute(sql.SQL("drop database if exists {}").format(known))


def _outcome(ended: subprocess.CompletedProcess[str], report: Path) -> Outcome:
    """What the report of a run says, by test; a run that wrote none could not begin."""
    told: dict[str, dict[str, str]] = {"failure": {}, "error": {}}
    for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
        place = case.get("classname", "").rpartition(".")[2]
        for result in case:
            if result.tag in told:
                told[result.tag][f"{place}::{case.get('name')}"] = result.get("message", "")
    return Outcome(ended.returncode, ended.stdout, told["failure"], told["error"])


def _verdict(outcome: Outcome) -> tuple[bool, str]:
    if outcome.code == 0:
        return False, "its tests pass without it"
    if outcome.code == 1 and outcome.judged:
        return True, outcome.judged
    return False, f"its tests could not judge: {outcome.why}"


def main() -> int:
    """Judge the guards asked for; the exit code says whether every protection was seen."""
    parser = argparse.ArgumentParser(description="Break each protection and see a test fail for it.")
    parser.add_argument("--only", metavar="NAME", help="only guards whose name holds these words")
    parser.add_argument("--list", action="store_true", help="only say which protections are guarded")
    asked = parser.parse_args()
    chosen = [guard for guard in guards() if (asked.only or "") in guard.protects]
    if asked.list:
        print("\n".join(guard.protects for guard in chosen))
        return 0
    if not chosen:
        print(f"no guard's name holds {asked.only!r}", file=sys.stderr)
        return 2
    with ExitStack() as stack:
        server = os.environ.get("DATABASE_URL") or stack.enter_context(temporary_server()).url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongban-guards-")))
        workshops = [Workshop(folder / str(nth), server) for nth in range(WORKSHOPS)]
        stack.enter_context(_database(server, SOUND, like="template0"))
        workshops[0].lay_tables()
        return _judge_all(chosen, workshops)


def _judge_all(chosen: Sequence[Guard], workshops: Sequence[Workshop]) -> int:
    """Say of each guard whether its protection was seen; first of all its tests must pass unbroken."""
    begun, lost = time.monotonic(), 0
    tests = sorted({test for guard in chosen for test in guard.seen_by})
    free: SimpleQueue[Workshop] = SimpleQueue()
    with ThreadPoolExecutor(len(workshops)) as pool:
        shares = [tests[nth :: len(workshops)] or tests for nth in range(len(workshops))]
        if faults := [*filter(None, pool.map(Workshop.unsound, workshops, shares))]:
            print("\n".join(f"UNSOUND, nothing was broken: {fault}" for fault in faults), file=sys.stderr)
            return 1
        for workshop in workshops:
            free.put(workshop)
        for guard, (seen, told) in zip(chosen, pool.map(partial(_judged, free), chosen), strict=True):
            print(f"{'ok  ' if seen else 'LOST'} {guard.protects}: {told}", flush=True)
            lost += not seen
    took = time.monotonic() - begun
    print(f"{len(chosen) - lost} of {len(chosen)} protections seen, {took:.0f} s")
    return 1 if lost else 0


def _judged(free: SimpleQueue[Workshop], guard: Guard) -> tuple[bool, str]:
    workshop = free.get()
    try:
        return workshop.judge(guard)
    finally:
        free.put(workshop)


if __name__ == "__main__":
    sys.exit(main())
