"""While the past of a demonstration is being made, everything may be read and nothing done."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tongban.site.making import closed_while_being_made, come_to


@pytest.fixture
def note(settings: Any, tmp_path: Path) -> Path:
    """Where the day is noted that the past has come to."""
    settings.BEING_MADE = tmp_path / "being-made"
    return tmp_path / "being-made"


def answer(method: str, path: str) -> int:
    """The status that a request is answered with, where what lies behind says 200."""
    request = RequestFactory().generic(method, path)
    through = closed_while_being_made(_behind)
    return through(request).status_code


def _behind(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@pytest.mark.parametrize("path", ["/api/v1/cases", "/desk/queues/next", "/cases/510104-1/withdraw"])
def test_what_changes_something_is_refused_until_the_past_is_made(note: Path, path: str) -> None:
    note.write_text("2026-08-03")
    assert answer("POST", path) == 503
    assert answer("GET", path) == 200
    assert answer("GET", "/items/old-age-allowance/apply") == 503
    note.unlink()
    assert answer("POST", path) == 200


def test_signing_in_and_out_stays_open(note: Path) -> None:
    note.touch()
    assert answer("POST", "/sign-in") == answer("POST", "/sign-out") == 200


def test_the_day_it_has_come_to_is_told_in_words(note: Path) -> None:
    assert come_to() is None
    note.touch()
    assert come_to() == "刚开始"
    note.write_text("2026-08-03")
    assert come_to() == "已到 8 月 3 日"
