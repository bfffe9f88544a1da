"""The offices of the learners, once for all tests of a process."""

from datetime import UTC, datetime

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tongban.learning import commands
from tongban.learning.tests.solving import Learner, learners


@pytest.fixture(scope="session")
def opened(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        commands.open_offices("correct horse", at=datetime(2026, 1, 5, tzinfo=UTC))


@pytest.fixture
def learner(transactional_db: None, opened: None) -> Learner:
    """A learner who has begun nothing yet."""
    return next(learners())


@pytest.fixture
def two(transactional_db: None, opened: None) -> tuple[Learner, Learner]:
    """Two learners on one server."""
    one, other, *_ = learners()
    return one, other
