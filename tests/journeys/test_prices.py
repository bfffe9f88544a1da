"""What a page costs in statements, whatever the length of its lists."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.journeys.people import Account, City, seal
from tongban.cases.tests.world import version_of

Priced = Callable[[int], AbstractContextManager[None]]
SIGNED_IN = 3
"""The session, the account, and who that person may act for; an officer's standing is remembered: 2."""


def a_client(who: Account) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(get_user_model().objects.get(id=who.viewer.account))
    client.get("/cases/")
    return client


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_a_resident(city: City, length: int, django_assert_max_num_queries: Priced) -> None:
    number = [city.world.submit(by=city.resident.viewer).number for _ in range(length)][0]
    client = a_client(city.resident)
    for address, price in {
        "/": SIGNED_IN + 2,
        "/cases/": SIGNED_IN + 1,
        f"/cases/{number}": SIGNED_IN + 2,
        f"/items/{city.slug}": SIGNED_IN,
        f"/cases/{number}/withdrawal": SIGNED_IN + 1,
    }.items():
        client.get(address)
        with django_assert_max_num_queries(price + RENEWALS):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_an_officer(city: City, length: int, django_assert_max_num_queries: Priced) -> None:
    now = datetime.now(UTC)
    numbers = [city.world.submit(by=city.resident.viewer, at=now).number for _ in range(length + 1)]
    for _ in range(length):
        city.world.take_next(at=now)
    seal()
    client = a_client(city.handler)
    assert version_of(numbers[0]) == 2
    for address, price in {"/desk/": 2 + 3, f"/desk/cases/{numbers[0]}": 2 + 3 + 2}.items():
        client.get(address)
        with django_assert_max_num_queries(price + RENEWALS):
            assert client.get(address).status_code == 200


RENEWALS = 2
"""The catalogue and the directory ask every two seconds, by one statement each, whether anything changed."""
