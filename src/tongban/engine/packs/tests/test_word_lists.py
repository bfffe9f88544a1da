"""Word lists: what people say, told as data, and every slip in them told with its line."""

from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def told(packs: Path, text: str, name: str = "own.yaml") -> list[tuple[str, int]]:
    (packs / "words" / name).write_text(text, "utf-8")
    return [(fault.code, fault.line) for fault in checked(packs).faults]


def test_the_projects_own_lists_are_sound_and_many() -> None:
    result = checked(PACKS)
    assert result.faults == ()
    assert sum(len(one.get("means", {})) for one in result.word_lists) > 1000


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("means:\n  看病: [门诊]\n  看牙: [看牙]\n", ("WORD-MEANS-ITSELF", 3)),
        ("means:\n  看病: [门诊, 住院, 门诊]\n", ("TWICE", 2)),
        ("means:\n  看病: []\n", ("LIST-TOO-SHORT", 2)),
        ("fillers: [我要, 我要]\n", ("TWICE", 1)),
        ("particles: [了了]\n", ("TOO-LONG", 1)),
        ("meanings:\n  看病: [门诊]\n", ("KEY-UNKNOWN", 1)),
    ],
)
def test_a_slip_is_told_with_its_line(packs: Path, text: str, fault: tuple[str, int]) -> None:
    assert fault in told(packs, text)


def test_a_list_with_an_unreadable_name_is_refused(packs: Path) -> None:
    assert told(packs, "fillers: [我要]\n", "我的.yaml") == [("SLUG-FORM", 1)]


def test_two_lists_may_tell_of_one_word(packs: Path) -> None:
    assert told(packs, "means:\n  看病: [挂号]\n") == []


def test_a_city_may_have_nothing_but_word_lists(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words/own.yaml").write_text("fillers: [我要]\n", "utf-8")
    assert checked(tmp_path).word_lists == ({"slug": "own", "fillers": ["我要"]},)
