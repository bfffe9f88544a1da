"""The documentation is true: its shell lines run word for word beside a demonstration of real processes."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.cli.postgres import Server

ROOT = Path(__file__).resolve().parents[1]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
API = ROOT / "docs" / "api.md"
TUTORIAL = ROOT / "docs" / "tutorial.md"
DOCUMENTS = (ENGLISH, CHINESE, *sorted((ROOT / "docs").rglob("*.md")))


def shell_block(document: Path) -> str:
    """The one block of shell lines that a document asks people to run."""
    text = document.read_text(encoding="utf-8")
    [block] = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return str(block)


def said_by(lines: str, city: dict[str, str]) -> str:
    """What these lines print, run as a person would; fails where one of them does."""
    command = ["bash", "-eu", "-o", "pipefail", "-c", lines]
    done = subprocess.run(
        command, cwd=city["HOME"], env=city, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def told_by(document: Path) -> list[tuple[str, str]]:
    """Every block of shell lines of a document, with the words that it says they print; often none."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == text.count("\n```sh\n")
    return blocks


def linked(document: Path) -> set[str]:
    """Every file of ours that a document links to."""
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    return {target for target in targets if "://" not in target}


def named_tests(document: Path) -> set[str]:
    """Every test that a document names as a proof."""
    return set(re.findall(r"::(test_\w+)", document.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def city() -> Iterator[dict[str, str]]:
    """A running demonstration of its own; the surroundings that a shell beside it has."""
    place = Path(tempfile.mkdtemp(prefix="tongban-readme-"))
    place.chmod(0o711)
    (place / "bin").mkdir()
    command = place / "bin" / "tongban"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tongban.cli "$@"\n')
    command.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    around |= {
        "HOME": str(place),
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
        "PORT": str(port),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
        "TONGBAN_VAR": str(place / "var"),
    }
    demo = subprocess.Popen(
        [command, "demo", "--cases", "60"],
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert demo.stdout is not None
        said = ""
        for line in demo.stdout:
            said += line
            if "Ctrl-C stops everything" in line:
                break
        assert "Ctrl-C stops everything" in said, said
        yield around
    finally:
        demo.terminate()
        demo.communicate(timeout=60)
        Server(place / "var" / "postgres").remove()
        shutil.rmtree(place)


@pytest.mark.xdist_group("documentation")
def test_the_lines_of_the_readme_lead_from_an_application_to_a_checked_receipt(city: dict[str, str]) -> None:
    said = said_by(shell_block(ENGLISH), city)
    assert '"stage":"granted"' in said
    assert re.search(r"^receipt receipt\.txt: case \S+ arrived at index \d+$", said, re.MULTILINE)
    assert re.search(r"^overtakings: 0 without reason, \d+ with reason$", said, re.MULTILINE)
    assert said.count("\ngood") == 2


@pytest.mark.xdist_group("documentation")
def test_the_lines_of_the_api_lead_from_an_application_sent_twice_to_its_withdrawal(
    city: dict[str, str],
) -> None:
    assert '"stage":"withdrawn"' in said_by(shell_block(API), city)


@pytest.mark.xdist_group("documentation")
def test_the_tutorial_writes_a_service_from_nothing_word_for_word(city: dict[str, str]) -> None:
    for lines, printed in told_by(TUTORIAL):
        assert said_by(lines, city) == printed


def test_both_readmes_ask_for_the_same_lines() -> None:
    assert shell_block(ENGLISH) == shell_block(CHINESE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    assert [link for link in sorted(linked(document)) if not (document.parent / link).exists()] == []


def test_every_test_that_the_documentation_names_is_there() -> None:
    files = [*(ROOT / "src").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py")]
    there = {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)}
    assert set().union(*map(named_tests, DOCUMENTS)) <= there


def test_every_requirement_stands_once_in_the_coverage() -> None:
    rows = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").split("\n## ", 1)[1]
    named = [int(number) for reference, number in re.findall(r"(as )?R(\d{3})", rows) if not reference]
    assert sorted(named) == list(range(1, 274))
