"""The command `clock`, called as the command line calls it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tongban.cli.__main__ import main


def ask(*words: str) -> int:
    return main(["clock", "due", *words])


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert ask(*words) == 0
    said = json.loads(capsys.readouterr().out)
    assert isinstance(said, dict)
    return said


def test_it_says_due_day_excluded_days_and_every_day_between(capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(
        capsys,
        *("--start", "2026-02-09", "--limit", "20", "--unit", "workday", "--pause", "2026-02-12..2026-02-25"),
    )
    assert list(said) == ["due", "provisional", "excluded", "days"]
    assert (said["due"], said["provisional"], said["excluded"]) == ("2026-03-19", False, 4)
    kinds = {entry["day"]: entry["kind"] for entry in said["days"]}
    assert kinds["2026-02-09"] == "start"
    assert kinds["2026-02-12"] == "counted"
    assert kinds["2026-02-14"] == "excluded"
    assert kinds["2026-02-17"] == "rest"
    assert kinds["2026-03-19"] == "due"
    assert len(kinds) == 39


def test_pauses_repeat_and_overlaps_count_once(capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        "--start",
        "2025-06-03",
        "--limit",
        "20",
        "--unit",
        "workday",
        "--pause",
        "2025-06-05..2025-06-12",
    )
    said = answer(capsys, *words, "--pause", "2025-06-18..2025-06-20", "--pause", "2025-06-09..2025-06-11")
    assert (said["due"], said["excluded"]) == ("2025-07-10", 7)


@pytest.mark.parametrize(
    ("unit", "start", "limit", "due"),
    [
        ("day", "2026-02-09", "7", "2026-02-24"),
        ("month", "2025-01-31", "1", "2025-02-28"),
        ("hour", "2026-02-13T17:30", "24", "2026-02-14T17:30:00+08:00"),
        ("hour", "2026-02-13T09:30:00Z", "24", "2026-02-14T17:30:00+08:00"),
    ],
)
def test_other_units(capsys: pytest.CaptureFixture[str], unit: str, start: str, limit: str, due: str) -> None:
    assert answer(capsys, "--start", start, "--limit", limit, "--unit", unit)["due"] == due


def test_hours_pause_by_days_or_by_instants(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--start", "2026-03-02T12:00", "--limit", "24", "--unit", "hour", "--pause")
    assert answer(capsys, *words, "2026-03-02..2026-03-03")["due"] == "2026-03-04T12:00:00+08:00"
    said = answer(capsys, *words, "2026-03-02T13:00..2026-03-02T14:30")
    assert (said["due"], said["excluded"]) == ("2026-03-03T13:30:00+08:00", 1.5)


def test_past_the_published_years_the_day_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(capsys, "--start", "2026-12-30", "--limit", "5", "--unit", "workday")
    assert (said["due"], said["provisional"]) == ("2027-01-07", True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--start", "2026-02-30", "--limit", "5", "--unit", "workday"), "not a day"),
        (("--start", "20260209", "--limit", "5", "--unit", "workday"), "not a day"),
        (("--start", "2026-02-09T10:00", "--limit", "5", "--unit", "day"), "not a day"),
        (("--start", "2026-02-09", "--limit", "5", "--unit", "hour"), "hours start at a time"),
        (("--start", "2026-02-09T25:00", "--limit", "5", "--unit", "hour"), "hours start at a time"),
        (("--start", "2026-02-09", "--limit", "-5", "--unit", "workday"), "cannot be negative"),
        (("--start", "1999-02-09", "--limit", "5", "--unit", "workday"), "from 2019-01-01 to"),
        (("--start", "2026-02-09", "--limit", "99999999999", "--unit", "month"), "from 2019-01-01 to"),
        (
            ("--start", "2026-02-09", "--limit", "5", "--unit", "day", "--pause", "2026-02-12..2026-02-11"),
            "before it begins",
        ),
        (("--start", "2026-02-09", "--limit", "5", "--unit", "day", "--pause", "2026-02-12"), "FROM..TO"),
        (("--start", "2026-02-09", "--limit", "5", "--unit", "day", "--pause", "2026-02-12.."), "FROM..TO"),
        (("--start", "2026-02-09", "--limit", "5", "--unit", "day", "--pause", "a..b"), "not a day"),
        (
            (
                *("--start", "2026-02-09T10:00", "--limit", "5", "--unit", "hour"),
                *("--pause", "2026-02-09..2026-02-09T10:00"),
            ),
            "instant to instant",
        ),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_exit_code_1(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    assert ask(*words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert complaint in said.err
    assert "Error" not in said.err
    assert said.err.count("\n") == 1


def test_the_calendar_is_that_of_the_packs_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TONGBAN_PACKS", str(tmp_path))
    assert ask("--start", "2026-02-09", "--limit", "5", "--unit", "day") == 1
    assert f"{tmp_path / 'calendar'}: no year of the calendar is here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--limit", "5", "--unit", "day"), "--start"),
        (("--start", "2026-02-09", "--limit", "five", "--unit", "day"), "not a whole number: 'five'"),
        (("--start", "2026-02-09", "--limit", "5", "--unit", "week"), "invalid choice: 'week'"),
    ],
)
def test_what_cannot_be_understood_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(SystemExit) as left:
        ask(*words)
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert complaint in said
    assert said.count("\n") == 1
