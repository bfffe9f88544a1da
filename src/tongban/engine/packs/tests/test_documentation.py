"""docs/packs.md tells all that a pack may hold, and its example is a pack that passes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.engine.decisions import check, read, trials_of
from tongban.engine.forms import LIMITS
from tongban.engine.packs import city_shapes, joint_shapes, shapes
from tongban.engine.packs.guide import FACTS, SECTIONS
from tongban.engine.packs.shape import Maybe, Record, Row, Table, Word
from tongban.engine.packs.tests.copies import checked

DOCS = Path(__file__).resolve().parents[5] / "docs"
DOCUMENT = (DOCS / "packs.md").read_text("utf-8")
JOINT = (DOCS / "joint.md").read_text("utf-8")
SOURCES = Path(__file__).resolve().parents[1]


def words_of(shape: object) -> Iterator[str]:
    """Every key and every fixed word that a shape knows."""
    match shape:
        case Record(required, optional):
            for key, inner in {**required, **optional}.items():
                yield key
                yield from words_of(inner)
        case Row(inner, _) | Table(inner, _, _) | Maybe(inner):
            yield from words_of(inner)
        case Word(words):
            yield from words


SHAPES = {
    name: shape
    for module in (shapes, city_shapes, joint_shapes)
    for name, shape in vars(module).items()
    if re.fullmatch("[A-Z_]+", name) and not name.startswith("_") and isinstance(shape, Record | Table)
}


def test_the_shapes_are_found_in_both_places() -> None:
    assert {"ITEM", "FORM", "REGISTER", "ANNOUNCEMENT", "COLUMNS", "WORDS"} <= SHAPES.keys()


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_and_word_is_explained(name: str) -> None:
    told = set(re.findall(r"[a-z][a-z0-9_-]+", DOCUMENT + JOINT))
    assert set(words_of(SHAPES[name])) - told == set()


def test_every_limit_and_every_part_of_the_guide_is_explained() -> None:
    told = set(re.findall(r"[a-z_]+", DOCUMENT))
    assert {limit for limits in LIMITS.values() for limit in limits} - told == set()
    assert [section for section in SECTIONS if section not in DOCUMENT] == []
    assert [fact for fact in FACTS if f"{{{{{fact}}}}}" not in DOCUMENT] == []


def test_no_fault_is_documented_that_the_check_does_not_know() -> None:
    known = set(
        re.findall(r'"([A-Z][A-Z0-9-]{3,})"', "".join(p.read_text("utf-8") for p in SOURCES.glob("*.py")))
    )
    others = [SOURCES.parent / "forms" / "model.py", *(SOURCES.parent / "decisions").glob("*.py")]
    for file in others:
        known |= set(re.findall(r'"([A-Z][A-Z0-9-]{3,})"', file.read_text("utf-8")))
    for document in (DOCUMENT, JOINT):
        table = document[document.index("## What the check refuses") :]
        assert set(re.findall(r"`([A-Z][A-Z0-9-]+)`", table)) - known == set()


def example_to(folder: Path) -> Path:
    """The example's files, written out."""
    for name, content in re.findall(r"`(items/[a-z./-]+)`\n\n```[a-z]+\n(.*?)```", DOCUMENT, re.DOTALL):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder / "items" / "library-card"


def test_the_example_of_a_joint_service_passes(tmp_path: Path) -> None:
    for name, content in re.findall(r"`(joint/[a-z./-]+)`\n\n```[a-z]+\n(.*?)```", JOINT, re.DOTALL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    result = checked(tmp_path)
    assert result.faults == ()
    assert [document["slug"] for document in result.joints] == ["small-shop"]


def test_the_example_is_a_pack_that_passes(tmp_path: Path) -> None:
    result = checked(example_to(tmp_path))
    assert result.faults == ()
    assert [document["slug"] for document in result.documents] == ["library-card"]


def test_the_table_in_the_documentation_passes_with_its_tests():
    table, trials = re.findall(r"```csv\n(.*?)```", DOCUMENT, re.DOTALL)
    read_table, _, faults = read(table.encode())
    assert faults == [] and read_table is not None
    assert check(read_table) == []
    assert trials_of(trials.encode(), read_table)[2] == []
