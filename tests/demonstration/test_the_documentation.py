"""The documentation is true: its shell lines run word for word beside a demonstration of real processes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demonstration.city import City
from tests.test_readme import ENGLISH, ROOT, shell_block

API = ROOT / "docs" / "api.md"
TUTORIAL = ROOT / "docs" / "tutorial.md"

# Last of this group, by the name of the file: these lines put cases into the city.
pytestmark = pytest.mark.xdist_group("demonstration")


def said_by(lines: str, beside: dict[str, str]) -> str:
    """What these lines print, run as a person would; fails where one of them does."""
    command = ["bash", "-eu", "-o", "pipefail", "-c", lines]
    done = subprocess.run(
        command, cwd=beside["HOME"], env=beside, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def told_by(document: Path) -> list[tuple[str, str]]:
    """Every block of shell lines of a document, with the words that it says they print; often none."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == text.count("\n```sh\n")
    return blocks


@pytest.fixture
def beside(city: City, tmp_path: Path) -> dict[str, str]:
    """The surroundings that a shell beside the demonstration has, in an empty folder of its own."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "tongban"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tongban.cli "$@"\n')
    command.chmod(0o755)
    around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return around | {
        "HOME": str(tmp_path),
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PORT": str(city.port),
        "PYTHONPATH": str(ROOT / "src"),
        "TONGBAN_VAR": str(city.var),
    }


def test_the_lines_of_the_readme_lead_from_an_application_to_a_checked_receipt(
    beside: dict[str, str],
) -> None:
    said = said_by(shell_block(ENGLISH), beside)
    assert '"stage":"granted"' in said
    assert re.search(r"^receipt receipt\.txt: case \S+ arrived at index \d+$", said, re.MULTILINE)
    assert re.search(r"^overtakings: 0 without reason, \d+ with reason$", said, re.MULTILINE)
    assert said.count("\ngood") == 2


def test_the_lines_of_the_api_lead_from_an_application_sent_twice_to_its_withdrawal(
    beside: dict[str, str],
) -> None:
    assert '"stage":"withdrawn"' in said_by(shell_block(API), beside)


def test_the_tutorial_writes_a_service_from_nothing_word_for_word(beside: dict[str, str]) -> None:
    for lines, printed in told_by(TUTORIAL):
        assert said_by(lines, beside) == printed
