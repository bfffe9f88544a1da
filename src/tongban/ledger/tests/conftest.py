"""The real database: what these tests commit stays committed, in a log they share with all others."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from tongban.ledger import commands
from tongban.ledger.tests.world import Heard, seal_all


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Statements are committed as in life, and nothing is emptied afterwards.

    The log refuses to be emptied, which the fixture of this name in pytest-django would try. Under another
    name pytest-django would make no test database for a run of these tests alone.
    """
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def heard(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """What the ledger tells is heard here; no leaf is left behind for those who listen at other times."""
    ears = Heard()
    monkeypatch.setattr(commands, "reactions", commands.Reactions())
    commands.supply(arrived=ears.arrived, tell=ears.tell)
    seal_all()
    ears.told.clear()
    ears.arrivals.clear()
    yield ears
    ears.when_told = lambda: None
    seal_all()


@pytest.fixture
def another(transactional_db: None) -> Iterator[BaseDatabaseWrapper]:
    """A second connection to the same database, as another process would hold one."""
    with closing(connection.copy()) as other:
        yield other
