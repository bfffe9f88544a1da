"""Announcements: our own pass and are told as samples, and each fault is told at its line."""

from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to

ONE = "announcements/housing-fund-at-once.yaml"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def test_our_own_are_samples_with_the_names_of_what_they_are_about() -> None:
    announced = {one["slug"]: one for one in checked(PACKS).announcements}
    assert len(announced) >= 3 and all(one["sample"] for one in announced.values())
    told = announced["housing-fund-at-once"]
    assert told["items"][0] == {"slug": "housing-fund-certificate", "name": "住房公积金缴存证明"}
    assert told["audience"][0]["name"] == "自然人"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("until: null", "until: 2026-11-08", "UNTIL-BEFORE-DAY"),
        ("no-criminal-record]", "no-such-item]", "ITEM-UNKNOWN"),
        ('code: "1"', 'code: "7"', "CODE-UNKNOWN"),
        ("day: 2026-11-09", "day: 11 月 9 日", "NOT-A-DAY"),
        ("pressing: false", "urgent: false", "KEY-UNKNOWN"),
    ],
)
def test_each_fault_is_told_at_its_line(packs: Path, old: str, new: str, code: str) -> None:
    text = (packs / ONE).read_text("utf-8")
    (packs / ONE).write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    result = checked(packs)
    assert (ONE.rpartition("/")[2], line, code) in [
        (Path(one.file).name, one.line, one.code) for one in result.faults
    ]
    assert result.announcements == ()


def test_the_name_of_a_file_is_its_address(packs: Path) -> None:
    (packs / ONE).rename(packs / "announcements/Housing_Fund.yaml")
    assert "SLUG-FORM" in [one.code for one in checked(packs).faults]


def test_one_item_alone_announces_nothing() -> None:
    assert checked(PACKS / "items/residence-permit").announcements == ()
