"""Guide lists: our own are real and varied, and each fault is told at its line."""

import shutil
from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to

BIRTH = "guides/birth.yaml"
FIRST = "birth-medical-certificate-reissue: {name: 出生医学证明补发,"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def spoil(packs: Path, old: str, new: str) -> int:
    """Write `new` for the first `old` in the list of births; returns the number of its line."""
    text = (packs / BIRTH).read_text("utf-8")
    assert old in text
    (packs / BIRTH).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(*paths: Path) -> list[tuple[str, int, str]]:
    """Every fault as (name of the file, line, code)."""
    return [(Path(one.file).name, one.line, one.code) for one in checked(*paths).faults]


def test_there_are_three_hundred_and_more_for_people_and_for_enterprises_all_told_as_samples() -> None:
    lists = checked(PACKS).guide_lists
    entries = [entry for one in lists for entry in one["items"]]
    assert len(entries) >= 300
    assert len({entry["name"] for entry in entries}) == len(entries)
    assert len({entry["department"] for entry in entries}) >= 30
    assert len({one["life_event"] for one in lists}) == len(lists) >= 25
    assert {audience["name"] for entry in entries for audience in entry["audience"]} >= {"自然人", "企业法人"}
    assert all(one["sample"] for one in lists)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("department: 卫生健康部门, words: [出生证丢了,", "words: [出生证丢了,", "KEY-MISSING"),
        ("words: [出生证丢了, 补出生证]", "words: []", "LIST-TOO-SHORT"),
        ("words: [出生证丢了, 补出生证]", "words: [出生证丢了, 出生证丢了]", "TWICE"),
        ("words: [出生证丢了, 补出生证]", "word: [出生证]", "KEY-UNKNOWN"),
        ('code: "1"', 'code: "7"', "CODE-UNKNOWN"),
        ("system: gbt39554-audience", "system: audience", "CODE-SYSTEM-UNKNOWN"),
        ("  birth-medical-certificate-reissue:", "  Birth:", "CODE-FORM"),
        ("sample: true", "sample: maybe", "NOT-TRUE-FALSE"),
        (FIRST, "residence-permit: {name: 出生医学证明补发,", "GUIDE-CODE-TWICE"),
        (FIRST, "primary-enrolment: {name: 出生医学证明补发,", "GUIDE-CODE-TWICE"),
        (FIRST, "birth-medical-certificate-reissue: {name: 居住证申领,", "GUIDE-NAME-TWICE"),
        (FIRST, "birth-medical-certificate-reissue: {name: 母子健康手册办理,", "GUIDE-NAME-TWICE"),
    ],
)
def test_each_rule_refuses_its_breach(packs: Path, old: str, new: str, code: str) -> None:
    spoil(packs, old, new)
    result = checked(packs)
    assert code in {fault.code for fault in result.faults}
    assert result.guide_lists == result.documents == ()


def test_a_fault_is_told_with_its_file_and_line(packs: Path) -> None:
    line = spoil(packs, FIRST, "birth-medical-certificate-reissue: {name: 居住证申领,")
    assert found(packs) == [("birth.yaml", line, "GUIDE-NAME-TWICE")]


def test_the_name_of_a_file_is_the_name_of_its_list(packs: Path) -> None:
    (packs / BIRTH).rename(packs / "guides/生育.yaml")
    assert found(packs) == [("生育.yaml", 1, "SLUG-FORM")]


def test_one_list_cannot_come_from_two_folders(packs: Path, tmp_path: Path) -> None:
    other = tmp_path / "city"
    (other / "guides").mkdir(parents=True)
    shutil.copy(packs / BIRTH, other / BIRTH)
    assert [code for _, _, code in found(packs, other)] == ["SLUG-TWICE"]


def test_a_city_may_have_nothing_but_guide_lists(packs: Path, tmp_path: Path) -> None:
    city = tmp_path / "city"
    shutil.copytree(packs / "guides", city / "guides")
    result = checked(city)
    assert (result.faults, result.items) == ((), 0)
    assert len(result.guide_lists) == len(list((packs / "guides").iterdir()))


def test_an_item_alone_brings_no_list() -> None:
    assert checked(PACKS / "items/residence-permit").guide_lists == ()
