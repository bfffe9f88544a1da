"""Two who publish at the same moment take turns."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tongban.catalogue import api as catalogue

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Statements are committed as in life: an item of a name of its own stays behind.

    Under another name pytest-django would make no test database for a run of this test alone.
    """
    with django_db_blocker.unblock():
        yield
    catalogue.forget()


def publish(folder: Path) -> list[int]:
    try:
        return [one.version for one in catalogue.publish([folder], at=NOON)]
    finally:
        connection.close()


def someone_waits(publication: "Future[list[int]]") -> bool:
    """Whether the second publisher came to wait for the first, rather than passing or failing."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            row = cursor.fetchone()
        if row and row[0]:
            return True
        if wait_for([publication], timeout=0.01).done:
            return False
    return False


@pytest.mark.usefixtures("transactional_db")
def test_a_publisher_waits_for_the_one_before_and_then_makes_the_next_version(packs: Path) -> None:
    folder = (packs / "items/residence-permit").rename(packs / f"items/permit-{uuid4().hex[:12]}")
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            first = catalogue.publish([folder], at=NOON)
            item = folder / "item.yaml"
            item.write_text(item.read_text("utf-8").replace("name: 居住证申领", "name: 申领居住证"), "utf-8")
            second = pool.submit(publish, folder)
            waited = someone_waits(second)
        assert second.result(10) == [2]
    assert waited
    assert [one.version for one in first] == [1]
