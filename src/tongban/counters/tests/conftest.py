"""The real database, shared and never emptied; registers next door as each test has them."""

from collections.abc import Iterator

import pytest

from tongban.cases import api as cases
from tongban.cases.tests.conftest import at_once as at_once
from tongban.cases.tests.world import World, a_world, an_officer
from tongban.counters.tests.world import Registers
from tongban.exchange import api as exchange
from tongban.kernel.access import Role, Viewer
from tongban.ledger import api as ledger


@pytest.fixture(autouse=True)
def arrivals_join_their_queues() -> Iterator[None]:
    """The ledger hears who reacts, as wiring says it in life."""
    before = (ledger.reactions.arrived, ledger.reactions.tell)
    ledger.supply(arrived=cases.place_arrivals, tell=lambda rows: None)
    yield
    ledger.supply(arrived=before[0], tell=before[1])


@pytest.fixture
def world(transactional_db: None) -> World:
    """A licence at a body of its own."""
    return a_world()


@pytest.fixture
def clerk(world: World) -> Viewer:
    """An officer who does nothing but receive."""
    return an_officer(world.body, Role.WINDOW)


@pytest.fixture
def registers(transactional_db: None) -> Iterator[Registers]:
    """The registers next door."""
    made = Registers()
    exchange.supply({"population": made, "enterprises": made})
    yield made
    exchange.supply({})
