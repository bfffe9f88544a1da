"""The real database, shared and never emptied: every world has a body of its own."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tongban.cases import commands
from tongban.cases.tests.joints import Joint, a_joint
from tongban.cases.tests.world import World, a_world
from tongban.ledger import api as ledger


@pytest.fixture(autouse=True)
def arrivals_join_their_queues(request: pytest.FixtureRequest) -> Iterator[None]:
    """The ledger hears who reacts, as wiring says it in life."""
    before = (ledger.reactions.arrived, ledger.reactions.tell)
    ledger.supply(arrived=commands.place_arrivals, tell=lambda rows: None)
    yield
    ledger.supply(arrived=before[0], tell=before[1])


@pytest.fixture
def world(transactional_db: None) -> World:
    """A licence at a body of its own."""
    return a_world()


@pytest.fixture(scope="module")
def joints() -> list[Joint]:
    """What `joint` gives, published once for a file: nothing that a test does changes what is published."""
    return []


@pytest.fixture
def joint(joints: list[Joint], transactional_db: None) -> Joint:
    """A joint service of three items, each at a body of its own."""
    if not joints:
        joints.append(a_joint())
    return joints[0]


@pytest.fixture
def at_once(transactional_db: None) -> Callable[..., list[Any]]:
    """Do several things at the same moment, each on its own connection; answers or refusals come back."""

    def run(*deeds: Callable[[], Any]) -> list[Any]:
        barrier = threading.Barrier(len(deeds))
        answers: list[Any] = [None] * len(deeds)

        def do(place: int, deed: Callable[[], Any]) -> None:
            barrier.wait(10)
            try:
                answers[place] = deed()
            except Exception as error:
                answers[place] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=do, args=(place, deed)) for place, deed in enumerate(deeds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return list(answers)

    return run
