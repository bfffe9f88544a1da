"""Packs to publish, and a catalogue that starts empty in every test."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.packs.tests.copies import PACKS, copy_to

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TABLES = (
    "catalogue_currentitem, catalogue_itemversion, catalogue_guidelist, catalogue_columns, catalogue_wordlist"
    ", catalogue_searchsource, catalogue_searchentry, catalogue_searchterm, catalogue_searchsound"
)
"""Everything of the catalogue that is made by publishing."""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the project's own packs, to be changed and published."""
    return copy_to(tmp_path)


@pytest.fixture
def published(empty_catalogue: None) -> None:
    """The project's own packs, current."""
    catalogue.publish([PACKS], at=NOON)


@pytest.fixture
def empty_catalogue(db: None) -> Iterator[None]:
    """Other tests commit items of their own; here they are gone until the test is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {TABLES}")
    catalogue.forget()
    yield
    catalogue.forget()
    directory.forget()
