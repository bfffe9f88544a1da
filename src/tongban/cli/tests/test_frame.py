"""The frame of the command: quick help, one clear line for every failure."""

import subprocess
import sys
from types import ModuleType

import pytest

from tongban.cli import __main__ as frame
from tongban.cli.failure import Failure
from tongban.kernel.refusal import Refusal


def failing_with(error: BaseException) -> ModuleType:
    """A command of which only the failure matters."""

    def fail(args: object) -> None:
        raise error

    module = ModuleType("failing")
    module.add_to = lambda subparsers: subparsers.add_parser("migrate").set_defaults(run=fail)  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize("command", frame.COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        frame.main([command, "--help"])
    assert end.value.code == 0
    assert f"tongban {command}" in capsys.readouterr().out


def said_by(script: str) -> str:
    """What a Python of its own prints."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{script}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_command_that_wakes_django_loads_nothing_that_few_commands_need() -> None:
    script = (
        "from tongban.cli.installation import wake_django\n"
        "wake_django()\n"
        "print({'openpyxl', 'pypinyin', 'rjieba', 'webauthn'} & set(sys.modules))"
    )
    assert said_by(script) == "set()\n"


def test_the_help_names_every_command_and_loads_neither_django_nor_a_driver() -> None:
    script = (
        "import sys; from tongban.cli.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print({'django', 'psycopg', 'granian', 'psutil'} & set(sys.modules))"
    )
    told = said_by(script)
    assert all(command in told for command in frame.COMMANDS)
    assert told.rstrip().endswith("set()")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (Failure("the port is taken: choose another"), "the port is taken: choose another"),
        (OSError(13, "Permission denied", "/x"), "[Errno 13] Permission denied: '/x'"),
        (Refusal("cases.x", "不能受理。", "请重新提交。"), "cases.x: 不能受理。请重新提交。"),
        (ValueError("two\nlines"), "ValueError: two lines (TONGBAN_DEBUG=1 shows where)"),
    ],
)
def test_a_failure_is_one_line_and_a_code_that_says_so(
    error: Exception, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(frame, "import_module", lambda name: failing_with(error))
    assert frame.main(["migrate"]) == 1
    assert capsys.readouterr().err == f"tongban: {line}\n"


def test_with_debug_a_failure_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAN_DEBUG", "1")
    monkeypatch.setattr(frame, "import_module", lambda name: failing_with(Failure("here")))
    with pytest.raises(Failure, match="here"):
        frame.main(["migrate"])


@pytest.mark.parametrize("given", [[], ["fly"], ["serve", "--port", "many"]])
def test_a_wrong_question_is_one_line_and_a_code_of_its_own(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        frame.main(given)
    told = capsys.readouterr().err
    assert end.value.code == 2
    assert told.startswith("tongban: ")
    assert told.count("\n") == 1


def test_a_database_that_does_not_answer_is_said_plainly() -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{SILENT_DATABASE}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("tongban: the database does not answer: ")
    assert done.stderr.count("\n") == 1


SILENT_DATABASE = """
import sys, os, types
import tongban.cli.__main__ as frame
import psycopg
def knock(args): psycopg.connect("host=/nowhere dbname=x")
module = types.ModuleType("m")
module.add_to = lambda subparsers: subparsers.add_parser("migrate").set_defaults(run=knock)
frame.import_module = lambda name: module
sys.exit(frame.main(["migrate"]))
"""
