"""Columns: ours lead to everything there is, and what would be a dead link is refused at its line."""

import shutil
from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to

FILE = "columns.yaml"
MEDICAL = "medical: {name: 看病就医, glyph: 医, of: life, care: true, life_events: [看病就医]}"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def spoil(packs: Path, old: str, new: str) -> int:
    """Write `new` for the first `old`; returns the number of its line."""
    text = (packs / FILE).read_text("utf-8")
    assert old in text
    (packs / FILE).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(*paths: Path) -> list[tuple[str, int, str]]:
    return [(Path(one.file).name, one.line, one.code) for one in checked(*paths).faults]


def test_our_own_are_fourteen_columns_eight_glyphs_of_life_and_two_lives() -> None:
    arranged = checked(PACKS).columns
    assert arranged is not None
    families = [topic["of"] for topic in arranged["topics"]]
    assert len(arranged["columns"]) == 14
    assert "".join(one["glyph"] for one in arranged["topics"] if one["of"] == "life") == "医食住行文教旅老"
    assert min(families.count("person"), families.count("enterprise")) >= 8
    assert arranged["sample"]


def test_every_life_event_and_every_item_is_reached_from_a_topic_or_a_column() -> None:
    result = checked(PACKS)
    assert result.columns is not None
    every = [*result.columns["topics"], *result.columns["columns"]]
    reached = {event for one in every for event in one["life_events"]}
    assert {one["life_event"] for one in result.guide_lists} - reached == set()
    named = {slug for one in every for slug in one["items"]}
    assert {document["slug"] for document in result.documents} - named == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("life_events: [看病就医]}", "life_events: [看病]}", "COLUMN-NAMES-UNKNOWN"),
        ("items: [residence-permit,", "items: [residence-permits,", "COLUMN-NAMES-UNKNOWN"),
        ("departments: [发展改革部门]", "departments: [发改委]", "COLUMN-NAMES-UNKNOWN"),
        ("opens: food-operation-licence", "opens: restaurant", "COLUMN-NAMES-UNKNOWN"),
        (", page: items", "", "COLUMN-EMPTY"),
        (", life_events: [看病就医]}", "}", "COLUMN-EMPTY"),
        ("page: items", "page: items, life_events: [上学]", "COLUMN-TWO-WAYS"),
        ("page: items", "page: shop", "NOT-A-KNOWN-WORD"),
        ("  affairs:", "  medical:", "COLUMN-SLUG-TWICE"),
        (
            "life_events: [看病就医]}",
            'life_events: [看病就医], audience: [{system: gbt39554-audience, code: "6"}]}',
            "COLUMN-LISTS-NOTHING",
        ),
        (
            "life_events: [看病就医]}",
            'life_events: [看病就医], audience: [{system: gbt39554-audience, code: "7"}]}',
            "CODE-UNKNOWN",
        ),
        ("glyph: 医", "glyph: 医院", "TOO-LONG"),
        ("of: life", "of: love", "NOT-A-KNOWN-WORD"),
    ],
)
def test_each_rule_refuses_its_breach_at_its_line(packs: Path, old: str, new: str, code: str) -> None:
    line = spoil(packs, old, new)
    assert found(packs) == [(FILE, line, code)]
    assert checked(packs).columns is None


def test_a_name_that_comes_near_is_told(packs: Path) -> None:
    spoil(packs, "items: [residence-permit,", "items: [residence-permits,")
    assert ["是不是想写“residence-permit”？" in fault.says for fault in checked(packs).faults] == [True]


def test_a_city_may_have_columns_of_its_own_over_the_items_of_the_installation(tmp_path: Path) -> None:
    city = tmp_path / "city"
    city.mkdir()
    shutil.copy(PACKS / FILE, city / FILE)
    result = checked(city)
    assert (result.faults, result.items) == ((), 0)
    assert result.columns is not None
    spoil(city, MEDICAL, "")
    spoil(city, "opens: medical", "opens: eating")
    assert found(city) == []


def test_columns_cannot_come_from_two_folders(packs: Path, tmp_path: Path) -> None:
    city = tmp_path / "city"
    city.mkdir()
    shutil.copy(packs / FILE, city / FILE)
    assert [code for _, _, code in found(packs, city)] == ["COLUMNS-TWICE"]


def test_a_fault_elsewhere_is_told_alone(packs: Path) -> None:
    guides = packs / "guides/medical.yaml"
    guides.write_text(guides.read_text("utf-8").replace("place: 100", "place: none"), "utf-8")
    assert {name for name, _, _ in found(packs)} == {"medical.yaml"}


def test_an_item_alone_brings_no_columns() -> None:
    assert checked(PACKS / "items/residence-permit").columns is None
