"""The documentation names what is there, in both languages; its lines are run beside the demonstration."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
DOCUMENTS = (ENGLISH, CHINESE, *sorted((ROOT / "docs").rglob("*.md")))


def shell_block(document: Path) -> str:
    """The one block of shell lines that a document asks people to run."""
    text = document.read_text(encoding="utf-8")
    [block] = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return str(block)


def linked(document: Path) -> set[str]:
    """Every file of ours that a document links to."""
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    return {target for target in targets if "://" not in target}


def named_tests(document: Path) -> set[str]:
    """Every test that a document names as a proof."""
    return set(re.findall(r"::(test_\w+)", document.read_text(encoding="utf-8")))


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
