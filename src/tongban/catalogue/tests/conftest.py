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
SERVICES = (
    "catalogue_itemversion",
    "catalogue_currentitem",
    "catalogue_guidelist",
    "catalogue_columns",
    "catalogue_wordlist",
)
SEARCH = (
    "catalogue_searchsource",
    "catalogue_searchentry",
    "catalogue_searchterm",
    "catalogue_searchsound",
)
MADE = (*SERVICES, *SEARCH)
"""Everything of the catalogue that is made by publishing, what is referred to first."""

KEPT: dict[str, bytes] = {}
"""The rows of a table after the project's own packs were published, once in a process."""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the project's own packs, to be changed and published."""
    return copy_to(tmp_path)


@pytest.fixture
def published(empty_catalogue: None) -> None:
    """The project's own packs, current; to make them searchable takes more time, and few tests search."""
    if not KEPT:
        catalogue.publish([PACKS], at=NOON)
        _keep()
        return
    _bring_back("directory_region", "directory_body", *SERVICES)


@pytest.fixture
def searchable(published: None) -> None:
    """The project's own packs, current, and found by search."""
    _bring_back(*SEARCH)


@pytest.fixture
def empty_catalogue(db: None) -> Iterator[None]:
    """Other tests commit items of their own; here they are gone until the test is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {', '.join(MADE)}")
    catalogue.forget()
    yield
    catalogue.forget()
    directory.forget()


def _keep() -> None:
    with connection.cursor() as cursor:
        for table in ("directory_region", "directory_body", *MADE):
            with cursor.copy(f"copy {table} to stdout") as rows:
                KEPT[table] = b"".join(bytes(part) for part in rows)


def _bring_back(*tables: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"create temporary table kept (like {table}) on commit drop")
            with cursor.copy("copy kept from stdin") as all_rows:
                all_rows.write(KEPT[table])
            # Regions and bodies may be there: other tests commit theirs.
            cursor.execute(f"insert into {table} select * from kept on conflict do nothing")
            cursor.execute("drop table kept")
