"""Packs to publish, and a catalogue that starts empty in every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.packs.tests.copies import copy_to


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the project's own packs, to be changed and published."""
    return copy_to(tmp_path)


@pytest.fixture(autouse=True)
def _what_a_process_remembers_is_rolled_back_too() -> Iterator[None]:
    yield
    catalogue.forget()
    directory.forget()
