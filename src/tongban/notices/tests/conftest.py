"""Notices with a fake of each neighbour, for one test."""

from collections.abc import Iterator

import pytest

from tongban.notices import api as notices
from tongban.notices.commands import telling
from tongban.notices.rules.delivery import WAYS
from tongban.notices.tests.world import AbovesFake, Post


@pytest.fixture
def above(transactional_db: None) -> Iterator[AbovesFake]:
    """What happened above, told by the test; no message leaves the house."""
    fake, happenings, ways = AbovesFake(), telling._Supplied.happenings, dict(WAYS)
    notices.supply(happenings=fake, ways={})
    yield fake
    assert happenings is not None
    notices.supply(happenings=happenings, ways=ways)


@pytest.fixture
def post(above: AbovesFake) -> Post:
    """A channel by which messages leave."""
    post = Post()
    notices.supply(happenings=above, ways={"mail": notices.Way(post, post.address_of)})
    return post
